import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';

/** Removes changes that were taken in more than these days ago. Who has not read them is told that its position is too old. @returns how many. */
export const removeOld = (pool: pg.Pool, days: number): Promise<number> =>
  inTransaction(pool, async (client) => {
    // The row that whoever takes in changes holds: nothing is put below the cut.
    await client.query('select from change_head where id = 1 for update');
    const { rowCount } = await client.query(
      `with gone as (delete from change where taken_at < now() - make_interval(days => $1) returning seq)
       update change_head set cut_seq = g.seq from (select max(seq) as seq, count(*) from gone) g where id = 1 and g.seq > cut_seq
       returning g.count`,
      [days],
    );
    return rowCount ?? 0;
  });
