import type pg from 'pg';
import type { Snapshot } from '../../records/snapshot.ts';
import { countNext } from '../../subgraphs/access/report/rollUp.ts';
import type { Office } from './reports.ts';

/** Counts all that is in the journal; the city's own counting may be at it, too. */
export async function countAll(pool: pg.Pool, office: Office): Promise<void> {
  const LEFT = `select count(*)::int as left from journal_entry where seq > (select least(seq, use_seq) from journal_counted)`;
  for (;;) {
    while (await countNext(pool, office.city.running.house.follower.current() as Snapshot));
    if ((await pool.query<{ left: number }>(LEFT)).rows[0]?.left === 0) return;
  }
}
