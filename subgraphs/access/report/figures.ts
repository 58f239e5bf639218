import type pg from 'pg';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import type { Reading } from '../../../records/report/reader.ts';
import type { Counted } from '../../../records/report/tables.ts';
import { DIMENSIONS, type Kinds, entriesCounted, looksCounted } from './counting.ts';

/** Queries of a month by what reports count by; texts are empty where there is none. */
export interface QueryCount extends Counted {
  unit: string;
  role: string;
  channel: string;
  matter: string;
  kind: string;
  batch: boolean;
  outcome: string;
  entries: number;
}

/** Days of all years are summed in memory: the planner takes their sums for many more than they are, and would sort 220 MB on disk. */
const SETTINGS = `set local work_mem = '128MB'; set local enable_sort = off`;

/**
 * Counts up to the last day of the period, exact at any moment: what is counted by day, and from the journal what came after. The position
 * stands in the statement as a number, or the planner would read all of the journal to find its end; one snapshot holds for both. As
 * float8: this pool gives bigint as text.
 */
export async function queryCounts(pool: pg.Pool, asked: Reading, kinds: Kinds): Promise<QueryCount[]> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(SETTINGS);
    const { rows: counted } = await client.query<{ seq: number; lookSeq: number }>(
      'select seq::float8 as seq, look_seq::float8 as "lookSeq" from journal_counted where id = 1',
    );
    const { seq, lookSeq } = counted[0] ?? { seq: 0, lookSeq: 0 };
    const { rows } = await client.query<QueryCount>(
      `select ${dated('day')}, unit, role, channel, matter, kind, batch, outcome,
         sum(entries)::float8 as entries, sum(organizations)::float8 as organizations, sum(persons)::float8 as persons
       from (
         select ${DIMENSIONS}, entries, organizations, persons from journal_day where ${upToPeriod('day')}
         union all ${entriesCounted(String(seq), null, '$5', '$6')}
         union all ${looksCounted(String(lookSeq), null)}
       ) d
       where ${upToPeriod('day')} and ($7::text is null or unit = $7)
       group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
      [...datedValues(asked), kinds.matters, kinds.kinds, asked.unit],
    );
    await client.query('commit');
    return rows;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
