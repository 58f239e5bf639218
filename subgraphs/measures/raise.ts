import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Measure } from '../../policy/measures.ts';
import type { RecordFacts } from '../../records/orders/order.ts';
import { type AsOf, TASK, type TaskRow, tasksOn } from './taskRow.ts';

/** A task on its way in. */
export interface TaskDraft {
  measure: Measure;
  unit: string;
  dueOn: string | null;
  dueProvisional: boolean;
  termUntil: string | null;
}

/** What all tasks of a determination have in common. */
export interface Determination {
  facts: RecordFacts;
  grade: string | null;
  aboutPerson: boolean;
  initiator: string;
  reason: string;
}

/**
 * Determinations and orders about one record take turns: a determination looks at the record only once it has its turn, so that no order about
 * what it saw can have come and gone before its tasks are there.
 */
export const takeTurn = (client: pg.PoolClient, recordId: string): Promise<unknown> =>
  client.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [recordId]);

const INSERT = `insert into measure_task (id, unit, measure, basis, due_on, due_provisional, term_until, subject_id, about_person, record_type,
    record_id, item_id, jurisdiction, revision, grade, initiator, reason, determined_on, record_until, disputed)
  select n.*, $8::uuid, $9, $10, $11::uuid, $12, $13, $14, $15, $16, $17, $18::date, $19::date, $20
  from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::date[], $6::bool[], $7::date[]) as n
  on conflict (record_id, measure, unit) where closed_as is null do nothing`;

/** @returns the tasks in the order of the drafts, and how many of them are new. */
export async function raiseTasks(
  client: pg.PoolClient,
  { facts, grade, aboutPerson, initiator, reason }: Determination,
  drafts: readonly TaskDraft[],
  { today, pausing }: AsOf,
): Promise<{ tasks: TaskRow[]; raised: number }> {
  const { rowCount } = await client.query(INSERT, [
    drafts.map(() => randomUUID()),
    drafts.map(({ unit }) => unit),
    drafts.map(({ measure }) => measure.code),
    drafts.map(({ measure }) => JSON.stringify(measure)),
    drafts.map(({ dueOn }) => dueOn),
    drafts.map(({ dueProvisional }) => dueProvisional),
    drafts.map(({ termUntil }) => termUntil),
    facts.subjectId,
    aboutPerson,
    facts.recordType,
    facts.id,
    facts.itemId,
    facts.jurisdiction,
    facts.revision,
    grade,
    initiator,
    reason,
    today,
    facts.visibleUntil,
    facts.disputed,
  ]);
  const { rows } = await client.query<TaskRow>(
    `select ${TASK} from ${tasksOn('$1::date', '$2::text')} where t.record_id = $3 and t.closed_as is null`,
    [today, pausing, facts.id],
  );
  const found = new Map(rows.map((row) => [`${row.measure.code} ${row.unit}`, row]));
  return {
    tasks: drafts.map(({ measure, unit }) => found.get(`${measure.code} ${unit}`) as TaskRow),
    raised: rowCount ?? 0,
  };
}
