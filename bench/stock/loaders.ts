import DataLoader from 'dataloader';
import pg from 'pg';
import type { RecordKind } from '../../records/kind.ts';

// Dates as the database writes them: a JavaScript Date would move them to another zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Row = Record<string, unknown> & { subjectId: string };

/** One loader for subjects and one for each list, made anew for every request, as Apollo's documentation advises. */
export interface Loaders {
  subject: DataLoader<string, Row | null>;
  lists: Record<string, DataLoader<string, Row[]>>;
}

export interface StoreOptions {
  pool: pg.Pool;
  kinds: readonly RecordKind[];
  /** Number of the matter whose items are shown. */
  scope: number;
  today: string;
}

const COMMON = [
  'id',
  'subject_id',
  'item_id',
  'provider',
  'document_number',
  'title',
  'determined_on',
  'ended_on',
  'grade',
  'visible_until',
  'dispute',
];
const camelCase = (column: string): string =>
  column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The rows of some subjects, newest first, as far as the matter's scope and the term go. */
const listSql = ({ table, columns }: RecordKind): string => {
  const list = [...COMMON, ...columns.map((c) => c.column)].map((c) => `r.${c} as "${camelCase(c)}"`);
  return `select ${list.join(', ')} from ${table} r join scope_item s on s.item_id = r.item_id and s.scope = $2
    where r.subject_id = any($1::uuid[]) and r.archived_at is null and r.revoked_at is null
      and (r.visible_until is null or r.visible_until >= $3::date)
    order by r.effective_on desc, r.id desc`;
};

const SUBJECTS = `select id as "subjectId", id, kind, code, name, status, jurisdiction from subject
  where id = any($1::uuid[]) and kind <> 'NATURAL_PERSON'`;

export function loadersOver({ pool, kinds, scope, today }: StoreOptions): () => Loaders {
  const statements = kinds.map((kind) => ({ name: kind.table, text: listSql(kind), field: kind.field }));
  const read = async (name: string, text: string, values: unknown[]) =>
    (await pool.query<Row>({ name, text, values })).rows;
  return () => ({
    subject: new DataLoader(async (ids) => {
      const found = new Map((await read('subject', SUBJECTS, [ids])).map((row) => [row.subjectId, row]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    lists: Object.fromEntries(
      statements.map(({ name, text, field }) => [
        field,
        new DataLoader(async (ids: readonly string[]) => {
          const rows = Map.groupBy(await read(name, text, [ids, scope, today]), (row) => row.subjectId);
          return ids.map((id) => rows.get(id) ?? []);
        }),
      ]),
    ),
  });
}
