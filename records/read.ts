import type pg from 'pg';
import type { Columns } from './columns.ts';
import { gathering } from './gather.ts';
import { PUBLIC_PERSON_SCOPE, PUBLIC_SCOPE, SELF_SCOPE } from './grant.ts';
import type { RecordKind } from './kind.ts';

/** A record as its table has it, by GraphQL field names, as far as columns were asked for; dates and decimals as text. */
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
  columns: Columns;
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

/**
 * The disclosure filter, the same for rows, counts and pages: the scope opens the item, the record is in term on the day, not archived,
 * not revoked, and for the public not withheld. `k` is the key, `$today` the day. The scope is asked by a scalar subquery, one probe of its
 * key a row: for `exists` PostgreSQL hashes the whole scope again for every key.
 */
export const disclosed = (today: string): string =>
  `(k.scope = ${SELF_SCOPE} or (select true from scope_item s where s.scope = k.scope and s.item_id = r.item_id))
   and r.archived_at is null and r.revoked_at is null
   and (r.visible_until is null or r.visible_until >= ${today}::date)
   and (k.scope not in (${PUBLIC_SCOPE}, ${PUBLIC_PERSON_SCOPE}) or r.public_until is null or r.public_until >= ${today}::date)`;

const pageSql = (kind: RecordKind, columns: Columns): string => `
select k.ord::int as ord, r.*
from unnest($1::uuid[], $2::int[], $3::date[], $4::uuid[]) with ordinality as k(subject_id, scope, after_on, after_id, ord)
cross join lateral (
  select ${columns.list}
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

/**
 * Runs keys that may travel in one statement together, and puts the answers where the keys stood. A group that fails fails alone.
 * @param alike whether two keys agree in what a statement takes once for all of its keys
 */
async function perGroup<K, V>(
  keys: readonly K[],
  alike: (one: K, other: K) => boolean,
  read: (keys: readonly K[]) => Promise<V[]>,
): Promise<(V | Error)[]> {
  const [first] = keys as [K];
  if (keys.every((key) => alike(first, key))) return read(keys);
  const groups: number[][] = [];
  keys.forEach((key, index) => {
    const group = groups.find(([member]) => alike(keys[member as number] as K, key));
    if (group) group.push(index);
    else groups.push([index]);
  });
  const answers: (V | Error)[] = new Array(keys.length);
  await Promise.all(
    groups.map(async (members) => {
      const found = await read(members.map((index) => keys[index] as K)).catch((error: Error) => error);
      members.forEach((index, i) => {
        answers[index] = found instanceof Error ? found : (found[i] as V);
      });
    }),
  );
  return answers;
}

/** One reader per kind for the whole process: keys of concurrent requests share statements (records/gather.ts). */
export function recordReader(pool: pg.Pool, kind: RecordKind): RecordReader {
  const readPages = async (keys: readonly PageKey[]): Promise<Page[]> => {
    const { today, first, columns } = keys[0] as PageKey;
    const result = await pool.query<RecordRow & { ord: number }>({
      name: `page_${kind.table}_${columns.id}`,
      text: pageSql(kind, columns),
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

  const readCounts = async (keys: readonly ReadKey[]): Promise<number[]> => {
    const result = await pool.query<{ ord: number; count: number }>({
      name: `count_${kind.table}`,
      text: countSql(kind),
      values: [keys.map((k) => k.subjectId), keys.map((k) => k.scope), (keys[0] as ReadKey).today],
    });
    const counts: number[] = new Array(keys.length).fill(0);
    for (const row of result.rows) counts[row.ord - 1] = row.count;
    return counts;
  };

  return {
    page: gathering((keys: readonly PageKey[]) =>
      perGroup(
        keys,
        (a, b) => a.today === b.today && a.first === b.first && a.columns === b.columns,
        readPages,
      ),
    ),
    count: gathering((keys: readonly ReadKey[]) => perGroup(keys, (a, b) => a.today === b.today, readCounts)),
  };
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
