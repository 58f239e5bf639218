import type pg from 'pg';
import type { Sealer } from '../../platform/crypto/seal.ts';
import { nameGrams, nameKey } from '../../policy/names.ts';
import type { SubjectInput, SubjectDoor, SubjectRefusal } from '../../records/delivery.ts';

/** A subject as far as a submission is compared with it. */
interface OnFile {
  id: string;
  kind: string;
  name: string;
  nameKey: string;
  jurisdiction: string | null;
}

type Sent = readonly [id: string, subject: SubjectInput];

/** Organizations remembered as being on file: subjects are never deleted, and a file names the same ones again and again. */
const REMEMBERED = 200_000;

const isPerson = (subject: { kind: string }): boolean => subject.kind === 'NATURAL_PERSON';

const SELECT = `select id, kind, name, name_key as "nameKey", jurisdiction from subject where id = any($1::uuid[])`;

const INSERT = `
insert into subject (id, kind, code_kind, code, sealed_code, name, name_key, name_grams, jurisdiction)
select id, kind, code_kind, code, sealed_code, name, name_key, string_to_array(name_grams, E'\\u001f'), jurisdiction
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[])
  as s(id, kind, code_kind, code, sealed_code, name, name_key, name_grams, jurisdiction)
on conflict (id) do nothing`;

const UPDATE = `
update subject t set kind = s.kind, name = s.name, name_key = s.name_key, name_grams = string_to_array(s.name_grams, E'\\u001f'),
  jurisdiction = coalesce(s.jurisdiction, t.jurisdiction)
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as s(id, kind, name, name_key, name_grams, jurisdiction)
where s.id = t.id`;

const gramsOf = (key: string): string => nameGrams(key).join('\u001f');

/**
 * Takes in the subjects of a submission. A natural person's code is sealed before it is written; a known one under another name is
 * refused, because the number or the name must be wrong. An organization may have changed its name: the registrar's word on it holds.
 */
export function subjectSink(pool: pg.Pool, pseudonym: (code: string) => string, sealer: Sealer): SubjectDoor {
  const remembered = new Set<string>();
  const remember = (id: string): void => {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.add(id);
  };

  const onFile = async (ids: readonly string[]): Promise<Map<string, OnFile>> => {
    if (ids.length === 0) return new Map();
    // Planned each time: a plan that is kept from when the table was empty reads the whole of it for every chunk.
    const { rows } = await pool.query<OnFile>(SELECT, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  };

  const insert = async (sent: readonly Sent[]): Promise<number> => {
    const keys = sent.map(([, s]) => nameKey(s.name));
    const { rowCount } = await pool.query({
      name: 'insert_subjects',
      text: INSERT,
      values: [
        sent.map(([id]) => id),
        sent.map(([, s]) => s.kind),
        sent.map(([, s]) => s.codeKind),
        sent.map(([, s]) => (isPerson(s) ? null : s.code)),
        sent.map(([id, s]) => (isPerson(s) ? sealer.seal(s.code, id) : null)),
        sent.map(([, s]) => s.name),
        keys,
        sent.map(([, s], i) => (isPerson(s) ? null : gramsOf(keys[i] as string))),
        sent.map(([, s]) => s.jurisdiction),
      ],
    });
    return rowCount ?? 0;
  };

  const update = async (sent: readonly Sent[]): Promise<void> => {
    const keys = sent.map(([, s]) => nameKey(s.name));
    await pool.query({
      name: 'update_subjects',
      text: UPDATE,
      values: [
        sent.map(([id]) => id),
        sent.map(([, s]) => s.kind),
        sent.map(([, s]) => s.name),
        keys,
        keys.map(gramsOf),
        sent.map(([, s]) => s.jurisdiction),
      ],
    });
  };

  return {
    async register(subjects) {
      const ids = subjects.map((s) => pseudonym(s.code));
      const first = new Map<string, SubjectInput>();
      subjects.forEach((s, i) => {
        const id = ids[i] as string;
        if (!first.has(id) || s.authoritative) first.set(id, s);
      });
      // In one order everywhere, so that concurrent submissions wait for one another instead of deadlocking.
      const sent = [...first].sort(([a], [b]) => (a < b ? -1 : 1));
      const asked = sent.filter(([id, s]) => isPerson(s) || s.authoritative || !remembered.has(id));
      let known = await onFile(asked.map(([id]) => id));
      const missing = asked.filter(([id]) => !known.has(id));
      if (missing.length > 0 && (await insert(missing)) < missing.length) {
        // Somebody else was faster with some of them, perhaps under another name.
        known = new Map([...known, ...(await onFile(missing.map(([id]) => id)))]);
      }
      const renamed = asked.filter(([id, s]) => s.authoritative && !isPerson(s) && differs(s, known.get(id)));
      if (renamed.length > 0) await update(renamed);
      for (const [id, s] of sent) if (!isPerson(s)) remember(id);
      return { ids, refusals: refusals(subjects, ids, first, known) };
    },
    idOf: async (code) => pseudonym(code),
  };
}

const differs = (sent: SubjectInput, onFile: OnFile | undefined): boolean =>
  onFile !== undefined &&
  (sent.kind !== onFile.kind ||
    sent.name !== onFile.name ||
    (sent.jurisdiction !== null && sent.jurisdiction !== onFile.jurisdiction));

function refusals(
  subjects: readonly SubjectInput[],
  ids: readonly string[],
  first: ReadonlyMap<string, SubjectInput>,
  onFile: ReadonlyMap<string, OnFile>,
): SubjectRefusal[] {
  const found: SubjectRefusal[] = [];
  subjects.forEach((subject, position) => {
    if (!isPerson(subject)) return;
    const id = ids[position] as string;
    const key = onFile.get(id)?.nameKey ?? nameKey(first.get(id)?.name ?? subject.name);
    if (key === nameKey(subject.name)) return;
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
