import type pg from 'pg';
import { PUBLIC_SCOPE } from '../../../records/grant.ts';
import type { Reader } from './reader.ts';

export interface AlertRow {
  id: string;
  /** As text. */
  seq: string;
  subjectId: string;
  person: boolean;
  itemId: number;
  recordType: string;
  recordId: string;
  jurisdiction: string;
  change: string;
  at: string;
  raisedAt: string;
  readAt: string | null;
}

const COLUMNS = `a.id, a.seq, a.subject_id as "subjectId", a.person, a.item_id as "itemId", a.record_type as "recordType",
  a.record_id as "recordId", a.jurisdiction, a.change, a.at, a.raised_at as "raisedAt", a.read_at as "readAt"`;

/**
 * What the reader may be told of today, whatever it was when the alert was raised: the list is its unit's and for the matter of its purpose,
 * the matter still opens the item, the record is in term, and a person shows only where the matter concerns persons.
 */
const SHOWN = `from alert a join watch_list l on l.id = a.list_id
where l.unit = $1 and l.matter_id = $2
  and (select true from scope_item s where s.scope = $2 and s.item_id = a.item_id)
  and (a.visible_until is null or a.visible_until >= $3::date)
  and ($4::bool or not a.person)
  and ($5::text is null or a.jurisdiction = $5)
  and (not ($6::bool or l.public_only)
    or (a.public_until is null or a.public_until >= $3::date)
      and (select true from scope_item s where s.scope = ${PUBLIC_SCOPE} and s.item_id = a.item_id))`;

const valuesOf = ({ unit, matterId, today, persons, district, publicOnly }: Reader): unknown[] => [
  unit,
  matterId,
  today,
  persons,
  district,
  publicOnly,
];

/** Alerts of one list, newest first. */
export interface AlertFilter {
  list: string;
  unread: boolean;
}

export class Alerts {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Whether the reader has such a list. */
  async has(reader: Reader, list: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'select from watch_list where id = $1 and unit = $2 and matter_id = $3',
      [list, reader.unit, reader.matterId],
    );
    return (rowCount ?? 0) > 0;
  }

  /** One row more than the page where there is a next one. */
  async page(
    reader: Reader,
    { list, unread }: AlertFilter,
    { first, after }: { first: number; after: number | null },
  ): Promise<AlertRow[]> {
    const { rows } = await this.#pool.query<AlertRow>({
      name: 'alerts_page',
      text: `select ${COLUMNS} ${SHOWN} and a.list_id = $7 and (not $8::bool or a.read_at is null) and ($9::bigint is null or a.seq < $9)
        order by a.list_id, a.seq desc limit $10`,
      values: [...valuesOf(reader), list, unread, after, first + 1],
    });
    return rows;
  }

  async count(reader: Reader, { list, unread }: AlertFilter): Promise<number> {
    return (await this.counts(reader, [list], unread))[0] ?? 0;
  }

  /** Of several lists at once, in their order. */
  async counts(reader: Reader, lists: readonly string[], unread: boolean): Promise<number[]> {
    const { rows } = await this.#pool.query<{ list: string; count: number }>({
      name: 'alerts_count',
      text: `select a.list_id as list, count(*)::int as count ${SHOWN} and a.list_id = any($7::uuid[]) and (not $8::bool or a.read_at is null)
        group by a.list_id`,
      values: [...valuesOf(reader), lists, unread],
    });
    const found = new Map(rows.map(({ list, count }) => [list, count]));
    return lists.map((list) => found.get(list) ?? 0);
  }

  /** Notes that alerts were read; those that the reader is not shown are left as they are. @returns how many were unread. */
  async read(reader: Reader, ids: readonly string[]): Promise<number> {
    const { rowCount } = await this.#pool.query({
      name: 'alerts_read',
      text: `update alert set read_at = now() where read_at is null and id in (select a.id ${SHOWN} and a.id = any($7::uuid[]))`,
      values: [...valuesOf(reader), ids],
    });
    return rowCount ?? 0;
  }
}

/** Alerts about records past their term, which nobody is shown any more. @returns how many. */
export async function removeOver(pool: pg.Pool, today: string): Promise<number> {
  const { rowCount } = await pool.query('delete from alert where visible_until < $1', [today]);
  return rowCount ?? 0;
}

/**
 * Alerts about records of these types, whose agency's log was lost: the records may stand otherwise than was told, or not at all. What the log
 * has is told anew as it is read from its beginning.
 */
export async function removeOf(
  client: Pick<pg.PoolClient, 'query'>,
  types: readonly string[],
): Promise<void> {
  await client.query('delete from alert where record_type = any($1::text[])', [types]);
}
