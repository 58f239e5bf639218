import type pg from 'pg';
import { type AsOf, TASK, type TaskRow, tasksOn } from './taskRow.ts';

/** A unit's month, as days: from the first to the last. */
export interface CaseFilter {
  unit: string;
  from: string;
  to: string;
  /** Whether those about natural persons are among them. */
  persons: boolean;
}

/** A place in the list: the day, the task, what came first of two on one day. */
export type CasePosition = [on: string, ordinal: string, step: string];

/** What happened to a task on a day, with the task as it stands. */
export interface CaseRow extends TaskRow {
  event: 'DETERMINED' | 'REPORTED' | 'WITHDRAWN' | 'LAPSED';
  on: string;
  step: number;
}

/** A task is determined once, answered once at most, and ended once at most; one that was declined is not ended. */
const CASES = `${tasksOn('$1::date', '$2::text')} cross join lateral (values
    ('DETERMINED', t.determined_on, 1), ('REPORTED', t.reported_on, 2),
    (t.closed_as, case when t.outcome is null or t.outcome = 'EXECUTED' then t.closed_on end, 3)) as e(event, happened_on, step)
  where (t.unit = $3 or t.initiator = $3) and t.determined_on <= $5::date and e.happened_on between $4::date and $5::date
    and ($6 or not t.about_person)`;
const valuesOf = ({ today, pausing }: AsOf, { unit, from, to, persons }: CaseFilter): unknown[] => [
  today,
  pausing,
  unit,
  from,
  to,
  persons,
];

/** Oldest first; one row more than the page where there is a next one. */
export async function casePage(
  pool: pg.Pool,
  filter: CaseFilter,
  asOf: AsOf,
  { first, after }: { first: number; after: CasePosition | null },
): Promise<CaseRow[]> {
  const { rows } = await pool.query<CaseRow>(
    `select ${TASK}, e.event, e.happened_on::text as "on", e.step from ${CASES}
       and ($7::date is null or (e.happened_on, t.ordinal, e.step) > ($7::date, $8::bigint, $9::int))
     order by e.happened_on, t.ordinal, e.step limit $10`,
    [...valuesOf(asOf, filter), ...(after ?? [null, null, null]), first + 1],
  );
  return rows;
}

export async function caseCount(pool: pg.Pool, filter: CaseFilter, asOf: AsOf): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from ${CASES}`,
    valuesOf(asOf, filter),
  );
  return rows[0]?.count ?? 0;
}
