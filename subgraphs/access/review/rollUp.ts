import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { CHUNK, countable } from '../report/countable.ts';
import { daysCounted, subjectsCounted } from './counting.ts';

const DAYS = `insert into review_day (day, unit, officer, matter, first_seq, last_seq, subjects, looks, caseless, last_caseless_seq, outside,
    last_outside_seq)`;
const ADD_DAYS = `on conflict (day, unit, officer, matter) do update set
  first_seq = least(review_day.first_seq, excluded.first_seq), last_seq = greatest(review_day.last_seq, excluded.last_seq),
  subjects = review_day.subjects + excluded.subjects, looks = review_day.looks + excluded.looks,
  caseless = review_day.caseless + excluded.caseless,
  last_caseless_seq = greatest(review_day.last_caseless_seq, excluded.last_caseless_seq),
  outside = review_day.outside + excluded.outside,
  last_outside_seq = greatest(review_day.last_outside_seq, excluded.last_outside_seq)`;

const SUBJECTS = 'insert into review_subject (day, subject_id, units, last_seq)';
const ADD_SUBJECTS = `on conflict (day, subject_id) do update set
  units = case when review_subject.units @> excluded.units then review_subject.units
    else array(select distinct unnest(review_subject.units || excluded.units)) end,
  last_seq = greatest(review_subject.last_seq, excluded.last_seq)`;

/**
 * Takes the next entries into `review_day` and `review_subject`, as `countNext` does into `journal_day`: sums and position are one transaction.
 * @returns whether there may be more.
 */
export const countForReview = (pool: pg.Pool): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const position = await client.query<{ seq: number }>(
      'select seq::float8 as seq from review_counted where id = 1 for update skip locked',
    );
    const at = position.rows[0]?.seq;
    if (at === undefined) return false;
    const { rows } = await client.query<{ seq: number }>(countable('journal_entry', String(at)));
    const upTo = rows[0]?.seq ?? at;
    if (upTo === at) return false;
    const range = [String(at), String(upTo)] as const;
    await client.query(`${DAYS} ${daysCounted(...range)} ${ADD_DAYS}`);
    await client.query(`${SUBJECTS} ${subjectsCounted(...range)} ${ADD_SUBJECTS}`);
    await client.query('update review_counted set seq = $1 where id = 1', [upTo]);
    return upTo - at >= CHUNK;
  });
