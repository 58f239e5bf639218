import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { badInput } from '../../../records/errors.ts';

/** What one unit may have under watch for one matter: what a change costs and what is kept are bounded by it. */
const MOST_LISTS = 100;
const MOST_ON_A_LIST = 100_000;

/** Whose lists. */
export interface Owner {
  unit: string;
  /** Number of the matter, which is that of its scope. */
  matterId: number;
}

export interface NewList extends Owner {
  matter: string;
  name: string;
  publicOnly: boolean;
}

/** Subjects by pseudonymous id, and which of them were named by the code of a natural person. */
export interface Subjects {
  ids: readonly string[];
  persons: readonly boolean[];
}

export interface WatchedNow {
  id: string;
  name: string;
  /** How many of the named subjects were not on the list before. */
  added: number;
  /** How many are on it. */
  subjects: number;
}

export interface ListRow {
  id: string;
  /** As text. */
  ordinal: string;
  name: string;
  matter: string;
  subjects: number;
  createdAt: string;
}

const noList = () => badInput('list', { zh: '没有这个监测名单', en: 'there is no such watch list' });

/** Lists of watched subjects, by unit and matter. */
export class WatchLists {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Puts subjects on the list of this name, which is made where there is none. Who is on it already stays on it once. */
  watch(list: NewList, { ids, persons }: Subjects): Promise<WatchedNow> {
    return inTransaction(this.#pool, async (client) => {
      const { unit, matterId, matter, name, publicOnly } = list;
      // Holds the row until the end: two that add to one list at the same time are counted one after the other.
      const { rows } = await client.query<{ id: string }>(
        `insert into watch_list (id, unit, matter_id, matter, name, public_only) values ($1, $2, $3, $4, $5, $6)
         on conflict (unit, matter_id, name) do update set matter = excluded.matter returning id`,
        [randomUUID(), unit, matterId, matter, name, publicOnly],
      );
      const { id } = rows[0] as { id: string };
      const { rowCount: added } = await client.query(
        `insert into watched (subject_id, list_id, person) select s.id, $1, s.person from unnest($2::uuid[], $3::bool[]) as s(id, person)
         on conflict do nothing`,
        [id, ids, persons],
      );
      const { rows: counted } = await client.query<{ lists: number; subjects: number }>(
        `select (select count(*)::int from watch_list where unit = $1 and matter_id = $2) as lists,
           (select count(*)::int from watched where list_id = $3) as subjects`,
        [unit, matterId, id],
      );
      const { lists, subjects } = counted[0] as { lists: number; subjects: number };
      if (lists > MOST_LISTS)
        throw badInput('name', {
          zh: `每个应用事项最多 ${MOST_LISTS} 个监测名单`,
          en: `at most ${MOST_LISTS} watch lists for a matter`,
        });
      if (subjects > MOST_ON_A_LIST)
        throw badInput('codes', {
          zh: `每个监测名单最多 ${MOST_ON_A_LIST} 个主体`,
          en: `at most ${MOST_ON_A_LIST} subjects on a watch list`,
        });
      return { id, name, added: added ?? 0, subjects };
    });
  }

  /**
   * Takes subjects off a list with the alerts about them; null: the whole list is given up.
   * @returns how many were on it. @throws BAD_USER_INPUT where there is no such list of this owner's.
   */
  unwatch(owner: Owner, listId: string, ids: readonly string[] | null): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      const held = await client.query(
        'select from watch_list where id = $1 and unit = $2 and matter_id = $3 for update',
        [listId, owner.unit, owner.matterId],
      );
      if (held.rowCount === 0) throw noList();
      const of = 'list_id = $1 and ($2::uuid[] is null or subject_id = any($2::uuid[]))';
      const { rowCount: removed } = await client.query(`delete from watched where ${of}`, [listId, ids]);
      await client.query(`delete from alert where ${of}`, [listId, ids]);
      if (ids === null) await client.query('delete from watch_list where id = $1', [listId]);
      return removed ?? 0;
    });
  }

  async page(owner: Owner, { first, after }: { first: number; after: number | null }): Promise<ListRow[]> {
    const { rows } = await this.#pool.query<ListRow>({
      name: 'watch_lists',
      text: `select l.id, l.ordinal, l.name, l.matter, l.created_at as "createdAt", w.subjects
        from watch_list l cross join lateral (select count(*)::int as subjects from watched where list_id = l.id) w
        where l.unit = $1 and l.matter_id = $2 and ($3::bigint is null or l.ordinal < $3) order by l.ordinal desc limit $4`,
      values: [owner.unit, owner.matterId, after, first + 1],
    });
    return rows;
  }

  async count(owner: Owner): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      'select count(*)::int as count from watch_list where unit = $1 and matter_id = $2',
      [owner.unit, owner.matterId],
    );
    return rows[0]?.count ?? 0;
  }
}
