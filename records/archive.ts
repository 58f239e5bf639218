import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ArchivePage, ArchiveQuestion, ArchivedRow } from './delivery.ts';
import { COMMON_COLUMNS } from './columns.ts';
import { type RecordKind, archiveTable } from './kind.ts';

/** All columns but the one that the archive has a say in. */
const columnsOf = (kind: RecordKind): string =>
  [
    ...Object.values(COMMON_COLUMNS),
    'public_until',
    'revoked_at',
    'digest',
    ...kind.columns.map(({ column }) => column),
  ].join(', ');

/**
 * Takes records that a delivery or an amendment is about out of the archive and back into their table, where it finds them as if they had
 * never left; the next tidy-up moves them again. So whether it has run makes no difference to what comes in.
 * @param keys a table of (subject_id, id)
 */
export const backFromArchive = (kind: RecordKind, keys: string): string => `
with due as (
  select a.subject_id, a.id from ${archiveTable(kind)} a join ${keys} k using (subject_id, id)
  order by a.subject_id, a.id for update of a),
back as (
  delete from ${archiveTable(kind)} a using due where a.subject_id = due.subject_id and a.id = due.id returning a.*)
insert into ${kind.table} (${columnsOf(kind)}) select ${columnsOf(kind)} from back on conflict (subject_id, id) do nothing`;

/** Blocks of a table that one batch looks at, 8 MB: some 20,000 rows. */
const BLOCKS = 1024;

/** Batches at a time, where somebody waits for the end of it: one alone takes one processor of the database's. */
const WORKERS = 2;

/**
 * In the background, as many times as long as a batch took. Looking through the tables of 31 million records took half of the database's time for
 * minutes, a minute after every start: queries took three times as long.
 */
const RESTS = 4;

/** Rows that someone holds are left for the next time: a tidy-up waits for nobody, and nobody for it. */
const moveSql = (kind: RecordKind): string => `
with gone as (
  delete from ${kind.table} where ctid = any(array(
    select ctid from ${kind.table}
    where ctid >= $1::tid and ctid < $2::tid and visible_until < $3::date and archived_at is null for update skip locked))
  returning *)
insert into ${archiveTable(kind)} (${columnsOf(kind)}, archived_at) select ${columnsOf(kind)}, now() from gone
on conflict (subject_id, id) do nothing`;

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal, ref: false }).catch(() => {});

/** Records moved, by type. */
export type Tidied = Record<string, number>;

/**
 * Moves records past their term into the archive [SH-27], table by table and block by block, each batch a transaction of its own: broken
 * off anywhere it can be run again. No answer hangs on it: what is past its term is invisible by its date.
 * @param background ends it when aborted, and makes way for queries: one batch at a time, with rests in which four more would have been done
 */
export async function tidy(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  today: string,
  background?: AbortSignal,
): Promise<Tidied> {
  const tidied: Tidied = {};
  for (const kind of kinds) {
    const { rows } = await pool.query<{ blocks: number }>(
      `select (pg_relation_size('${kind.table}') / current_setting('block_size')::int)::int as blocks`,
    );
    const blocks = rows[0]?.blocks ?? 0;
    let next = 0;
    let moved = 0;
    const work = async () => {
      while (next < blocks) {
        if (background?.aborted) return;
        const from = next;
        const begun = performance.now();
        next += BLOCKS;
        const values = [`(${from},0)`, `(${from + BLOCKS},0)`, today];
        const { rowCount } = await pool.query(moveSql(kind), values);
        moved += rowCount ?? 0;
        if (background) await rest(RESTS * (performance.now() - begun), background);
      }
    };
    await Promise.all(Array.from({ length: background ? 1 : WORKERS }, work));
    if (moved > 0) tidied[kind.type] = moved;
  }
  return tidied;
}

/** A row by GraphQL field; decimals and dates as text, so that none is rounded. */
function contentOf(kind: RecordKind): string {
  const common = Object.entries(COMMON_COLUMNS).map(([field, column]) => `'${field}', r.${column}`);
  const own = kind.columns.map(
    ({ field, column, type }) => `'${field}', r.${column}${type === 'decimal' ? '::text' : ''}`,
  );
  return `jsonb_build_object(${[...common, ...own].join(', ')})`;
}

const outOfTerm = (kind: RecordKind): string => `
select r.id, '${kind.type}' as type, r.item_id, r.visible_until, r.archived_at, ${contentOf(kind)} as content from (
  select ${columnsOf(kind)}, archived_at from ${kind.table}
  where subject_id = $1 and revoked_at is null and (visible_until < $2::date or archived_at is not null)
  union all
  select ${columnsOf(kind)}, archived_at from ${archiveTable(kind)} where subject_id = $1) r
where r.jurisdiction = any($5::text[])`;

/** What the archive has of a subject: moved there or not, since dates decide. */
export async function readArchive(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  { subjectId, recordType, jurisdictions, first, after }: ArchiveQuestion,
  today: string,
): Promise<ArchivePage> {
  const asked = kinds.filter(({ type }) => recordType === null || type === recordType);
  if (asked.length === 0) return { rows: [], total: 0 };
  const all = asked.map(outOfTerm).join('\nunion all\n');
  const { rows } = await pool.query<ArchivedRow & { total: number }>(
    `with archive as (${all})
     select t.total, a.id, a.type as "recordType", a.item_id as "itemId", a.visible_until::text as "visibleUntil",
       a.archived_at as "archivedAt", a.content
     from (select count(*)::int as total from archive) t
     left join lateral (
       select * from archive where $3::uuid is null or id > $3 order by id limit $4) a on true
     order by a.id`,
    [subjectId, today, after, first, jurisdictions],
  );
  return {
    // A page past the end is one row with the total alone.
    rows: rows.filter((row) => row.id !== null),
    total: rows[0]?.total ?? 0,
  };
}
