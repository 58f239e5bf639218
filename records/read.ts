import type pg from 'pg';
import { plainArray } from '../platform/postgres/arrays.ts';
import { ColumnSets, type Columns } from './columns.ts';
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
  /** Items that the subject opened to this caller beside the scope, whatever their tier. */
  items?: readonly number[] | undefined;
  /** The district whose records alone may come back. */
  district?: string | undefined;
  today: string;
}

/** What is asked of one list: a page of it. */
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

/** Rows of one kind. */
export interface RecordReader {
  columns: ColumnSets;
  page(key: PageKey): Promise<Page>;
  count(key: ReadKey): Promise<number>;
}

/** The column of the keys' further items, in a statement where any key has some. */
const OPENED = 'r.item_id = any(k.items::int[])';

/**
 * The disclosure filter, the same for rows, counts and pages: the scope opens the item, the record is in term on the day, not archived,
 * not revoked, and for the public not withheld. `k` is the key, `today` its day. The scope is asked by a scalar subquery, one probe of its
 * key a row: for `exists` PostgreSQL hashes the whole scope again for every key.
 *
 * Items that a subject authorized come in with the key [SH-20]: `opened` is the same filter for statements in which some key has them, and
 * in these a key without any (null) is filtered as before. What the public is withheld from is not withheld from whom the subject authorized.
 *
 * The district that a caller is bound to comes in with the key likewise [SP-sub]: `bound` is for statements in which some key has one. It is
 * asked of the record itself and of every record, those that are public or authorized included. So a key carries its caller's exact scope and
 * bound, and existing scopes pay nothing.
 */
export const disclosed = (today: string, opened = false, bound = false): string =>
  `(k.scope = ${SELF_SCOPE} or (select true from scope_item s where s.scope = k.scope and s.item_id = r.item_id)${opened ? ` or ${OPENED}` : ''})
   and r.archived_at is null and r.revoked_at is null
   and (r.visible_until is null or r.visible_until >= ${today}::date)
   and (k.scope not in (${PUBLIC_SCOPE}, ${PUBLIC_PERSON_SCOPE})${opened ? ` or ${OPENED}` : ''} or r.public_until is null or r.public_until >= ${today}::date)${bound ? '\n   and (k.district is null or r.jurisdiction = k.district)' : ''}`;

/** Whether any of the keys is bound to a district. */
export const isBound = (keys: readonly ReadKey[]): boolean =>
  keys.some(({ district }) => district !== undefined);

export const itemsLiteral = ({ items }: ReadKey): string | null => (items ? `{${items.join(',')}}` : null);

/**
 * What some of a statement's keys carry beside scope and day: its filter, the end of its name, and its further arrays from parameter `$from`
 * on. Nothing, where no key carries anything: the statement is then to the letter what it is without.
 */
function further(keys: readonly ReadKey[], from: number, today: string) {
  const opened = keys.some(({ items }) => items !== undefined);
  const bound = isBound(keys);
  const columns = [
    ...(opened ? [{ name: 'items', values: keys.map(itemsLiteral) }] : []),
    ...(bound ? [{ name: 'district', values: keys.map(({ district }) => district ?? null) }] : []),
  ];
  return {
    opened,
    filter: disclosed(today, opened, bound),
    suffix: `${opened ? '_opened' : ''}${bound ? '_bound' : ''}`,
    arrays: columns.map((_, i) => `, $${from + i}::text[]`).join(''),
    names: columns.map(({ name }) => `${name}, `).join(''),
    values: columns.map(({ values }) => values),
  };
}

type Further = ReturnType<typeof further>;

/** Whose rows, under which scope, on which day. */
export const keyArrays = (keys: readonly ReadKey[]): string[] => [
  plainArray(keys.map((k) => k.subjectId)),
  plainArray(keys.map((k) => k.scope)),
  plainArray(keys.map((k) => k.today)),
];

/**
 * Whoever asks for the first page pays for no more: neither for places in lists, nor for a sort of all rows. Rows come key by key, in the order of
 * the keys, and each key's as its own subquery sorts and limits them.
 */
const pageSql = (
  kind: RecordKind,
  columns: Columns,
  after: boolean,
  { filter, arrays, names }: Further,
): string => `
select k.ord::int as ord, r.*
from unnest($1::uuid[], $2::int[], $3::date[], $4::int[]${after ? ', $5::date[], $6::uuid[]' : ''}${arrays})
  with ordinality as k(subject_id, scope, today, size, ${after ? 'after_on, after_id, ' : ''}${names}ord)
cross join lateral (
  select ${columns.list}
  from ${kind.table} r
  where r.subject_id = k.subject_id and ${filter}${after ? '\n    and (k.after_on is null or (r.effective_on, r.id) < (k.after_on, k.after_id))' : ''}
  order by r.effective_on desc, r.id desc
  limit k.size
) r`;

const countSql = (kind: RecordKind, { filter, arrays, names }: Further): string => `
select k.ord::int as ord, c.count
from unnest($1::uuid[], $2::int[], $3::date[]${arrays}) with ordinality as k(subject_id, scope, today, ${names}ord)
cross join lateral (
  select count(*)::int as count from ${kind.table} r where r.subject_id = k.subject_id and ${filter}
) c`;

/** The columns that any of the keys needs. */
const columnsOf = (sets: ColumnSets, keys: readonly PageKey[]): Columns =>
  keys.reduce<Columns>((columns, key) => sets.together(key.columns, columns), sets.least);

/**
 * One reader per kind for the whole process: keys of concurrent requests share statements (records/gather.ts), whatever page or columns
 * each of them asks for.
 */
export function recordReader(pool: pg.Pool, kind: RecordKind): RecordReader {
  const sets = new ColumnSets(kind);
  const readPages = async (keys: readonly PageKey[]): Promise<Page[]> => {
    const columns = columnsOf(sets, keys);
    const isAfter = keys.some(({ after }) => after !== null);
    const more = further(keys, isAfter ? 7 : 5, 'k.today');
    const result = await pool.query<RecordRow & { ord: number }>({
      name: `page_${kind.table}_${columns.id}${isAfter ? '_after' : ''}${more.suffix}`,
      text: pageSql(kind, columns, isAfter, more),
      values: [
        ...keyArrays(keys),
        // One more than the page holds tells whether there is a next one.
        plainArray(keys.map((k) => k.first + 1)),
        ...(isAfter ? [keys.map((k) => k.after?.on ?? null), keys.map((k) => k.after?.id ?? null)] : []),
        ...more.values,
      ],
    });
    const pages: Page[] = keys.map(() => ({ rows: [], hasNext: false }));
    for (const row of result.rows) {
      const key = keys[row.ord - 1] as PageKey;
      const page = pages[row.ord - 1] as Page;
      // The guard goes by whose record it is, whether or not its subject was asked for.
      if (more.opened) row.subjectId = key.subjectId;
      if (page.rows.length < key.first) page.rows.push(row);
      else page.hasNext = true;
    }
    return pages;
  };
  const readCounts = async (keys: readonly ReadKey[]): Promise<number[]> => {
    const more = further(keys, 4, 'k.today');
    const result = await pool.query<{ ord: number; count: number }>({
      name: `count_${kind.table}${more.suffix}`,
      text: countSql(kind, more),
      values: [...keyArrays(keys), ...more.values],
    });
    const counts = keys.map(() => 0);
    for (const { ord, count } of result.rows) counts[ord - 1] = count;
    return counts;
  };
  return {
    columns: sets,
    page: gathering(readPages),
    count: gathering(readCounts),
  };
}

/** Which of the keys have anything disclosed, over all kinds of a database, in one statement. */
export async function anyDisclosed(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  keys: readonly ReadKey[],
): Promise<boolean[]> {
  if (keys.length === 0) return [];
  const more = further(keys, 4, '$3');
  const exists = kinds.map(
    (kind) => `exists (select from ${kind.table} r where r.subject_id = k.subject_id and ${more.filter})`,
  );
  const result = await pool.query<{ ord: number; any: boolean }>({
    name: `any_disclosed${more.suffix}`,
    text: `select k.ord::int as ord, (${exists.join('\n or ')}) as any
      from unnest($1::uuid[], $2::int[]${more.arrays}) with ordinality as k(subject_id, scope, ${more.names}ord)`,
    values: [keys.map((k) => k.subjectId), keys.map((k) => k.scope), keys[0]?.today, ...more.values],
  });
  const answers = keys.map(() => false);
  for (const row of result.rows) answers[row.ord - 1] = row.any;
  return answers;
}
