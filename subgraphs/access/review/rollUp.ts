import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { CHUNK, countable } from '../report/countable.ts';
import { daysCounted, famousOf } from './counting.ts';

const INSERT = `insert into review_day (day, unit, officer, matter, first_seq, last_seq, subjects, looks, caseless, last_caseless_seq, outside,
    last_outside_seq)`;
const ADD = `on conflict (day, unit, officer, matter) do update set
  first_seq = least(review_day.first_seq, excluded.first_seq), last_seq = greatest(review_day.last_seq, excluded.last_seq),
  subjects = review_day.subjects + excluded.subjects, looks = review_day.looks + excluded.looks,
  caseless = review_day.caseless + excluded.caseless,
  last_caseless_seq = greatest(review_day.last_caseless_seq, excluded.last_caseless_seq),
  outside = review_day.outside + excluded.outside,
  last_outside_seq = greatest(review_day.last_outside_seq, excluded.last_outside_seq)`;
/** SQL: adds the days of entries to the sums, and says which they were. */
const add = (which: string): string => `
  with added as (${INSERT} ${daysCounted(which)} ${ADD} returning day) select distinct day::text as day from added`;

const SPANS = `(select day, min(first_seq) as first_seq, max(last_seq) as last_seq from review_day where day = any($1::date[]) group by day)`;
const FAMOUS = `insert into review_subject (day, subject_id, units, last_seq) ${famousOf(SPANS)}`;

interface Position {
  seq: number;
  newest: string | null;
}

/** Groups of 100,000 entries are hashed in memory, and not sorted on disk. */
const SETTINGS = `set local work_mem = '64MB'`;

/**
 * Takes the next entries into `review_day`, as `countNext` does into `journal_day`: sums and position are one transaction. Days that are over
 * by then, and such as an entry came late for, have their famous subjects found anew: units by subject are not kept along the way, since
 * hardly any of them ever matters and each would be a row of its own.
 * @returns whether there may be more.
 */
export const countForReview = (pool: pg.Pool): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const position = await client.query<Position>(
      'select seq::float8 as seq, newest::text from review_counted where id = 1 for update skip locked',
    );
    const at = position.rows[0];
    if (!at) return false;
    const { rows } = await client.query<{ seq: number }>(countable('journal_entry', String(at.seq)));
    const upTo = rows[0]?.seq ?? at.seq;
    if (upTo === at.seq) return false;
    await client.query(SETTINGS);
    const added = await client.query<{ day: string }>(add(`seq > ${at.seq} and seq <= ${upTo}`));
    const days = new Set([...added.rows.map(({ day }) => day), ...(at.newest === null ? [] : [at.newest])]);
    const newest = [...days].sort().at(-1) ?? null;
    const over = [...days].filter((day) => day !== newest);
    if (over.length > 0) {
      await client.query('delete from review_subject where day = any($1::date[])', [over]);
      await client.query(FAMOUS, [over]);
    }
    await client.query('update review_counted set seq = $1, newest = $2 where id = 1', [upTo, newest]);
    return upTo - at.seq >= CHUNK;
  });
