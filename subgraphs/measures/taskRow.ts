import type { Measure } from '../../policy/measures.ts';
import type { Grade } from '../../policy/terms.ts';

export type TaskState =
  | 'PENDING'
  | 'PAUSED'
  | 'EXECUTED'
  | 'DECLINED'
  | 'NOT_APPLICABLE'
  | 'WITHDRAWN'
  | 'LAPSED';
export type Outcome = 'EXECUTED' | 'NOT_APPLICABLE' | 'DECLINED';

/** A task as it stands on a day; dates are 'YYYY-MM-DD'. */
export interface TaskRow {
  id: string;
  ordinal: string;
  subjectId: string;
  recordType: string;
  record: string;
  itemId: number;
  jurisdiction: string;
  grade: Grade | null;
  initiator: string;
  unit: string;
  measure: Measure;
  reason: string;
  determinedOn: string;
  dueOn: string | null;
  dueProvisional: boolean;
  endsOn: string | null;
  outcome: Outcome | null;
  outcomeOn: string | null;
  reportedOn: string | null;
  note: string | null;
  closedOn: string | null;
  state: TaskState;
  overdue: boolean;
}

/** The day as of which tasks are read. */
export interface AsOf {
  today: string;
  /** Jurisdictions that pause measures while a record is disputed, separated by commas. */
  pausing: string;
}

/**
 * What a task's state follows from: what was answered, what became of the record, and the day. No job has to run: the day after the last one a
 * task has lapsed. An answer that nothing was done stays what it is.
 */
const stateOn = (today: string, pausing: string): string => `case
  when t.outcome in ('DECLINED', 'NOT_APPLICABLE') then t.outcome
  when t.closed_as is not null then t.closed_as
  when least(t.record_until, t.term_until) < ${today} then 'LAPSED'
  when t.disputed and t.jurisdiction = any(string_to_array(${pausing}, ',')) then 'PAUSED'
  when t.outcome = 'EXECUTED' then 'EXECUTED'
  else 'PENDING' end`;

/**
 * Tasks `t` with their state `s.state` and `s.overdue`.
 * @param today, pausing SQL of a date and a text
 */
export const tasksOn = (today: string, pausing: string): string =>
  `measure_task t cross join lateral (
     select x.state, x.state = 'PENDING' and coalesce(t.due_on < ${today}, false) as overdue
     from (select ${stateOn(today, pausing)} as state) x) s`;

/** Columns of a TaskRow. */
export const TASK = `t.id, t.ordinal::text as ordinal, t.subject_id as "subjectId", t.record_type as "recordType", t.record_id as record,
  t.item_id as "itemId", t.jurisdiction, t.grade, t.initiator, t.unit, t.basis as measure, t.reason, t.determined_on::text as "determinedOn",
  t.due_on::text as "dueOn", t.due_provisional as "dueProvisional", least(t.record_until, t.term_until)::text as "endsOn", t.outcome,
  t.outcome_on::text as "outcomeOn", t.reported_on::text as "reportedOn", t.note,
  case when s.state in ('WITHDRAWN', 'LAPSED') then t.closed_on::text end as "closedOn", s.state, s.overdue`;
