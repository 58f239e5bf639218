import type pg from 'pg';
import { type AsOf, TASK, type TaskRow, type TaskState, tasksOn } from './taskRow.ts';

/** Which tasks are asked for. */
export interface QueueFilter {
  /** Unit that must implement or have initiated them; null: anyone's. */
  party: string | null;
  /** Implementing unit; null: any. */
  unit: string | null;
  state: TaskState | null;
  overdue: boolean | null;
  /** Whether those about natural persons are among them. */
  persons: boolean;
}

/** A place in the queue: by due date, those without one last. */
export interface QueuePosition {
  dueOn: string | null;
  ordinal: string;
}

const DUE = `coalesce(t.due_on, 'infinity'::date)`;

/** Only what is asked for stands in the statement: so each question is planned by its own index. */
function asked(filter: QueueFilter, { today, pausing }: AsOf): { from: string; values: unknown[] } {
  const values: unknown[] = [today, pausing];
  const at = (value: unknown): string => `$${values.push(value)}`;
  const { party, unit, state, overdue, persons } = filter;
  const conditions: string[] = [];
  if (party !== null) {
    const own = at(party);
    conditions.push(`(t.unit = ${own} or t.initiator = ${own})`);
  }
  if (unit !== null) conditions.push(`t.unit = ${at(unit)}`);
  if (state !== null) conditions.push(`s.state = ${at(state)}`);
  if (state === 'PENDING') conditions.push('t.closed_as is null and t.outcome is null');
  if (overdue !== null) conditions.push(`s.overdue = ${at(overdue)}`);
  if (!persons) conditions.push('not t.about_person');
  return {
    from: `${tasksOn('$1::date', '$2::text')} where ${['true', ...conditions].join(' and ')}`,
    values,
  };
}

/** One row more than the page where there is a next one. */
export async function queuePage(
  pool: pg.Pool,
  filter: QueueFilter,
  asOf: AsOf,
  { first, after }: { first: number; after: QueuePosition | null },
): Promise<TaskRow[]> {
  const { from, values } = asked(filter, asOf);
  const place = after
    ? `and (${DUE}, t.ordinal) > ($${values.push(after.dueOn ?? 'infinity')}::date, $${values.push(after.ordinal)}::bigint)`
    : '';
  const { rows } = await pool.query<TaskRow>(
    `select ${TASK} from ${from} ${place} order by ${DUE}, t.ordinal limit $${values.push(first + 1)}`,
    values,
  );
  return rows;
}

export async function queueCount(pool: pg.Pool, filter: QueueFilter, asOf: AsOf): Promise<number> {
  const { from, values } = asked(filter, asOf);
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from ${from}`, values);
  return rows[0]?.count ?? 0;
}
