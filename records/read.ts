import type pg from 'pg';
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

/** What is asked of one list: a page of it, its count, or both. */
export interface ListKey extends ReadKey {
  page: { columns: Columns; first: number; after: Position | null } | null;
  counted: boolean;
}

/** A place in the order of answers: newest first, then by id. */
export interface Position {
  on: string;
  id: string;
}

export interface List {
  rows: RecordRow[];
  hasNext: boolean;
  /** Null where it was not asked for. */
  count: number | null;
}

/** Rows of one kind. */
export interface RecordReader {
  columns: ColumnSets;
  read(key: ListKey): Promise<List>;
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

/** A key without a page has size 0, and gets one row for its count, which is counted once and not for every row of the page. */
const listSql = (kind: RecordKind, columns: Columns, { filter, arrays, names }: Further): string => `
select k.ord::int as ord, case when k.counted then c.count end as count, r.*
from unnest($1::uuid[], $2::int[], $3::date[], $4::date[], $5::uuid[], $6::int[], $7::bool[]${arrays})
  with ordinality as k(subject_id, scope, today, after_on, after_id, size, counted, ${names}ord)
left join lateral (
  select count(*)::int as count
  from ${kind.table} r
  where k.counted and r.subject_id = k.subject_id and ${filter}
) c on true
left join lateral (
  select ${columns.list}
  from ${kind.table} r
  where r.subject_id = k.subject_id and ${filter}
    and (k.after_on is null or (r.effective_on, r.id) < (k.after_on, k.after_id))
  order by r.effective_on desc, r.id desc
  limit k.size
) r on true
order by k.ord, r."effectiveOn" desc, r.id desc`;

/** The columns that any of the keys needs. */
function columnsOf(sets: ColumnSets, keys: readonly ListKey[]): Columns {
  let columns: Columns | null = null;
  for (const { page } of keys) {
    if (page) columns = columns ? sets.together(columns, page.columns) : page.columns;
  }
  return columns ?? sets.least;
}

/**
 * One reader per kind for the whole process: keys of concurrent requests share statements (records/gather.ts), whatever page, columns
 * or count each of them asks for.
 */
export function recordReader(pool: pg.Pool, kind: RecordKind): RecordReader {
  const sets = new ColumnSets(kind);
  const readLists = async (keys: readonly ListKey[]): Promise<List[]> => {
    const columns = columnsOf(sets, keys);
    const more = further(keys, 8, 'k.today');
    const result = await pool.query<RecordRow & { ord: number; count: number | null }>({
      name: `list_${kind.table}_${columns.id}${more.suffix}`,
      text: listSql(kind, columns, more),
      values: [
        keys.map((k) => k.subjectId),
        keys.map((k) => k.scope),
        keys.map((k) => k.today),
        keys.map((k) => k.page?.after?.on ?? null),
        keys.map((k) => k.page?.after?.id ?? null),
        // One more than the page holds tells whether there is a next one.
        keys.map((k) => (k.page ? k.page.first + 1 : 0)),
        keys.map((k) => k.counted),
        ...more.values,
      ],
    });
    const lists: List[] = keys.map(() => ({ rows: [], hasNext: false, count: null }));
    for (const row of result.rows) {
      const list = lists[row.ord - 1] as List;
      list.count = row.count;
      if (row.id === null) continue;
      // The guard goes by whose record it is, whether or not its subject was asked for.
      if (more.opened) row.subjectId = (keys[row.ord - 1] as ListKey).subjectId;
      if (list.rows.length < (keys[row.ord - 1]?.page?.first ?? 0)) list.rows.push(row);
      else list.hasNext = true;
    }
    return lists;
  };
  return {
    columns: sets,
    read: gathering(readLists),
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
