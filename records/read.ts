import DataLoader from 'dataloader';
import type pg from 'pg';
import { PUBLIC_PERSON_SCOPE, PUBLIC_SCOPE, SELF_SCOPE } from './grant.ts';
import type { RecordKind } from './kind.ts';

/** A record as its table has it, by GraphQL field names; dates and decimals as text. */
export interface RecordRow {
  id: string;
  subjectId: string;
  itemId: number;
  provider: string;
  effectiveOn: string;
  [field: string]: unknown;
}

/** Whose rows, under which scope, on which day: the whole key under which rows may be shared between requests. */
export interface ReadKey {
  subjectId: string;
  scope: number;
  today: string;
}

export interface PageKey extends ReadKey {
  first: number;
  after: Position | null;
}

/** A place in the order of answers: newest first, then by id. */
export interface Position {
  on: string;
  id: string;
}

export interface Page {
  rows: RecordRow[];
  hasNext: boolean;
}

/** Rows of one kind, read for many keys at once. */
export interface RecordReader {
  page(key: PageKey): Promise<Page>;
  count(key: ReadKey): Promise<number>;
}

const COMMON_COLUMNS: Record<string, string> = {
  subjectId: 'subject_id',
  id: 'id',
  itemId: 'item_id',
  jurisdiction: 'jurisdiction',
  provider: 'provider',
  documentNumber: 'document_number',
  title: 'title',
  formedOn: 'formed_on',
  determinedOn: 'determined_on',
  endedOn: 'ended_on',
  effectiveOn: 'effective_on',
  grade: 'grade',
  visibleUntil: 'visible_until',
  dispute: 'dispute',
  selfDeclared: 'self_declared',
  sources: 'sources',
  revision: 'revision',
  collectedAt: 'collected_at',
};

const selectList = (kind: RecordKind): string =>
  [...Object.entries(COMMON_COLUMNS), ...kind.columns.map((c) => [c.field, c.column])]
    .map(([field, column]) => `r.${column} as "${field}"`)
    .join(', ');

/**
 * The disclosure filter, the same for rows, counts and pages: the scope opens the item, the record is in term on the day, not archived,
 * not revoked, and for the public not withheld. `k` is the key, `$today` the day.
 */
export const disclosed = (today: string): string =>
  `(k.scope = ${SELF_SCOPE} or exists (select from scope_item s where s.scope = k.scope and s.item_id = r.item_id))
   and r.archived_at is null and r.revoked_at is null
   and (r.visible_until is null or r.visible_until >= ${today}::date)
   and (k.scope not in (${PUBLIC_SCOPE}, ${PUBLIC_PERSON_SCOPE}) or r.public_until is null or r.public_until >= ${today}::date)`;

const pageSql = (kind: RecordKind): string => `
select k.ord::int as ord, r.*
from unnest($1::uuid[], $2::int[], $3::date[], $4::uuid[]) with ordinality as k(subject_id, scope, after_on, after_id, ord)
cross join lateral (
  select ${selectList(kind)}
  from ${kind.table} r
  where r.subject_id = k.subject_id and ${disclosed('$5')}
    and (k.after_on is null or (r.effective_on, r.id) < (k.after_on, k.after_id))
  order by r.effective_on desc, r.id desc
  limit $6
) r
order by k.ord, r."effectiveOn" desc, r.id desc`;

const countSql = (kind: RecordKind): string => `
select k.ord::int as ord, (select count(*)::int from ${kind.table} r where r.subject_id = k.subject_id and ${disclosed('$3')}) as count
from unnest($1::uuid[], $2::int[]) with ordinality as k(subject_id, scope, ord)`;

/** Keys that may travel in one statement: those of the same day and page size. */
function groups<K>(keys: readonly K[], group: (key: K) => string): [K, number][][] {
  const found = new Map<string, [K, number][]>();
  keys.forEach((key, index) => {
    const name = group(key);
    const members = found.get(name);
    if (members) members.push([key, index]);
    else found.set(name, [[key, index]]);
  });
  return [...found.values()];
}

/** Runs each group as one statement and puts its answers where its keys stood. */
async function perGroup<K, V>(
  keys: readonly K[],
  group: (key: K) => string,
  read: (keys: K[]) => Promise<V[]>,
): Promise<(V | Error)[]> {
  const answers: (V | Error)[] = new Array(keys.length);
  await Promise.all(
    groups(keys, group).map(async (members) => {
      try {
        const values = await read(members.map(([key]) => key));
        members.forEach(([, index], i) => {
          answers[index] = values[i] as V;
        });
      } catch (error) {
        for (const [, index] of members) answers[index] = error as Error;
      }
    }),
  );
  return answers;
}

/** At most this many keys in one statement. */
const MAX_BATCH = 1000;

/**
 * One reader per kind for the whole process. Nothing is cached: keys of concurrent requests gather for a tick and one statement answers
 * them all. Each key carries its caller's scope and day, and a row is handed only to the key it was read for.
 */
export function recordReader(pool: pg.Pool, kind: RecordKind): RecordReader {
  const schedule = (callback: () => void) => void setImmediate(callback);
  const options = { cache: false, maxBatchSize: MAX_BATCH, batchScheduleFn: schedule };

  const readPages = async (keys: PageKey[]): Promise<Page[]> => {
    const { today, first } = keys[0] as PageKey;
    const result = await pool.query<RecordRow & { ord: number }>({
      name: `page_${kind.table}`,
      text: pageSql(kind),
      values: [
        keys.map((k) => k.subjectId),
        keys.map((k) => k.scope),
        keys.map((k) => k.after?.on ?? null),
        keys.map((k) => k.after?.id ?? null),
        today,
        first + 1,
      ],
    });
    const pages: Page[] = keys.map(() => ({ rows: [], hasNext: false }));
    for (const row of result.rows) {
      const page = pages[row.ord - 1] as Page;
      if (page.rows.length < first) page.rows.push(row);
      else page.hasNext = true;
    }
    return pages;
  };

  const readCounts = async (keys: ReadKey[]): Promise<number[]> => {
    const result = await pool.query<{ ord: number; count: number }>({
      name: `count_${kind.table}`,
      text: countSql(kind),
      values: [keys.map((k) => k.subjectId), keys.map((k) => k.scope), (keys[0] as ReadKey).today],
    });
    const counts: number[] = new Array(keys.length).fill(0);
    for (const row of result.rows) counts[row.ord - 1] = row.count;
    return counts;
  };

  const pages = new DataLoader<PageKey, Page>(
    (keys) => perGroup(keys, (k) => `${k.today} ${k.first}`, readPages),
    options,
  );
  const counts = new DataLoader<ReadKey, number>(
    (keys) => perGroup(keys, (k) => k.today, readCounts),
    options,
  );
  return { page: (key) => pages.load(key), count: (key) => counts.load(key) };
}

/** Which of the keys have anything disclosed, over all kinds of a database, in one statement. */
export async function anyDisclosed(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  keys: readonly ReadKey[],
): Promise<boolean[]> {
  if (keys.length === 0) return [];
  const exists = kinds.map(
    (kind) => `exists (select from ${kind.table} r where r.subject_id = k.subject_id and ${disclosed('$3')})`,
  );
  const result = await pool.query<{ ord: number; any: boolean }>({
    name: 'any_disclosed',
    text: `select k.ord::int as ord, (${exists.join('\n or ')}) as any
      from unnest($1::uuid[], $2::int[]) with ordinality as k(subject_id, scope, ord)`,
    values: [keys.map((k) => k.subjectId), keys.map((k) => k.scope), keys[0]?.today],
  });
  const answers = keys.map(() => false);
  for (const row of result.rows) answers[row.ord - 1] = row.any;
  return answers;
}
