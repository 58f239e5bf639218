import type pg from 'pg';
import { plainArray } from '../../platform/postgres/arrays.ts';
import type { SubjectInput } from '../../records/delivery.ts';
import { gathering } from '../../records/gather.ts';

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
  /** Null: not for the caller to know. */
  status: string | null;
  jurisdiction: string | null;
}

const COLUMNS = `id, kind, code_kind as "codeKind", code, sealed_code as "sealedCode", name, name_key as "nameKey", status, jurisdiction`;

/** Subjects by id. */
export type SubjectLoader = (id: string) => Promise<SubjectRow | null>;

export const subjectLoader = (pool: pg.Pool): SubjectLoader =>
  gathering(async (ids) => {
    const { rows } = await pool.query<SubjectRow>({
      name: 'subjects',
      text: `select ${COLUMNS} from subject where id = any($1::uuid[])`,
      values: [plainArray(ids)],
    });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
