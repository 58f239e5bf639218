import DataLoader from 'dataloader';
import type pg from 'pg';
import { nameGrams, nameKey } from '../../policy/names.ts';
import type { Sealer } from '../../platform/crypto/seal.ts';
import type { SubjectInput, SubjectRefusal, SubjectSink } from '../../records/delivery.ts';

/** A subject as its table has it. */
export interface SubjectRow {
  id: string;
  kind: 'NATURAL_PERSON' | 'LEGAL_PERSON' | 'UNINCORPORATED_ORGANIZATION';
  codeKind: SubjectInput['codeKind'];
  /** Null for a natural person, whose code is in `sealedCode`. */
  code: string | null;
  sealedCode: Buffer | null;
  name: string;
  nameKey: string;
  status: string;
  jurisdiction: string | null;
}

const COLUMNS = `id, kind, code_kind as "codeKind", code, sealed_code as "sealedCode", name, name_key as "nameKey", status, jurisdiction`;

const MAX_BATCH = 1000;

/** Subjects by id: those asked for in one tick are read by one statement. */
export function subjectLoader(pool: pg.Pool): DataLoader<string, SubjectRow | null> {
  return new DataLoader<string, SubjectRow | null>(
    async (ids) => {
      const { rows } = await pool.query<SubjectRow>({
        name: 'subjects',
        text: `select ${COLUMNS} from subject where id = any($1::uuid[])`,
        values: [ids],
      });
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { cache: false, maxBatchSize: MAX_BATCH, batchScheduleFn: (callback) => void setImmediate(callback) },
  );
}

const isPerson = (subject: { kind: string }): boolean => subject.kind === 'NATURAL_PERSON';

/**
 * Takes in the subjects of a submission. A natural person's code is sealed before it is written; a known one under another name is
 * refused, because the number or the name must be wrong. An organization may have changed its name: the registrar's word on it holds.
 */
export function subjectSink(pool: pg.Pool, pseudonym: (code: string) => string, sealer: Sealer): SubjectSink {
  return {
    async register(subjects) {
      const ids = subjects.map((s) => pseudonym(s.code));
      const first = new Map<string, SubjectInput>();
      subjects.forEach((s, i) => {
        const id = ids[i] as string;
        if (!first.has(id) || s.authoritative) first.set(id, s);
      });
      const rows = [...first].sort(([a], [b]) => (a < b ? -1 : 1));
      const { rows: known } = await pool.query<{ id: string; name_key: string }>({
        name: 'register_subjects',
        text: `
          with sent as (
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bool[])
              as s(id, kind, code_kind, code, sealed_code, name, name_key, name_grams, jurisdiction, authoritative)
          ), added as (
            insert into subject (id, kind, code_kind, code, sealed_code, name, name_key, name_grams, jurisdiction)
            select id, kind, code_kind, code, sealed_code, name, name_key, string_to_array(name_grams, E'\\u001f'), jurisdiction from sent
            on conflict (id) do nothing
          ), renamed as (
            update subject t set kind = s.kind, name = s.name, name_key = s.name_key,
              name_grams = string_to_array(s.name_grams, E'\\u001f'), jurisdiction = coalesce(s.jurisdiction, t.jurisdiction)
            from sent s
            where s.id = t.id and s.authoritative
              and (t.kind, t.name, t.jurisdiction) is distinct from (s.kind, s.name, coalesce(s.jurisdiction, t.jurisdiction))
          )
          select t.id, t.name_key from subject t join sent s on s.id = t.id
          where t.kind = 'NATURAL_PERSON' and t.name_key <> s.name_key`,
        values: [
          rows.map(([id]) => id),
          rows.map(([, s]) => s.kind),
          rows.map(([, s]) => s.codeKind),
          rows.map(([, s]) => (isPerson(s) ? null : s.code)),
          rows.map(([id, s]) => (isPerson(s) ? sealer.seal(s.code, id) : null)),
          rows.map(([, s]) => s.name),
          rows.map(([, s]) => nameKey(s.name)),
          rows.map(([, s]) => (isPerson(s) ? null : nameGrams(nameKey(s.name)).join('\u001f'))),
          rows.map(([, s]) => s.jurisdiction),
          rows.map(([, s]) => s.authoritative === true && !isPerson(s)),
        ],
      });
      return { ids, refusals: refusals(subjects, ids, first, new Map(known.map((k) => [k.id, k.name_key]))) };
    },
  };
}

function refusals(
  subjects: readonly SubjectInput[],
  ids: readonly string[],
  first: ReadonlyMap<string, SubjectInput>,
  onFile: ReadonlyMap<string, string>,
): SubjectRefusal[] {
  const found: SubjectRefusal[] = [];
  subjects.forEach((subject, position) => {
    if (!isPerson(subject)) return;
    const id = ids[position] as string;
    const name = onFile.get(id) ?? nameKey(first.get(id)?.name ?? subject.name);
    if (name === nameKey(subject.name)) return;
    found.push({
      position,
      rule: 'SUBJECT_NAME_DIFFERS',
      reason: {
        zh: '该身份证号已以另一姓名登记，号码或姓名有误',
        en: 'this identity number is on file under another name: the number or the name is wrong',
      },
    });
  });
  return found;
}
