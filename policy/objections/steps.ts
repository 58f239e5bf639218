import { addDays } from '../dates.ts';
import type { WorkingCalendar } from '../workingDays.ts';
import { type Due, Periods } from './periods.ts';
import {
  type CaseState,
  MOVES,
  type ObjectionRules,
  type Party,
  type Remedy,
  type Stage,
  type Step,
  endsTheRecord,
  stepsFrom,
  turnOf,
} from './stages.ts';

/** What a step asks of the agency that keeps the record, in this order. */
export type Consequence =
  /** 异议标注 as of this stage. */
  | { kind: 'MARK'; stage: Stage }
  | { kind: 'UNMARK' }
  /** The public sees the record until this day at most. */
  | { kind: 'WITHHOLD'; after: string }
  | { kind: 'LIFT' }
  | { kind: 'REMEDY'; remedy: Exclude<Remedy, 'WITHHOLD'> };

/** A step that was taken: the objection after it, by when the step was due, and what follows for the record. */
export interface Taken {
  state: CaseState;
  due: Due;
  consequences: Consequence[];
}

/** NOT_YOUR_TURN: somebody else's. NO_SUCH_STEP: not from this stage; `steps` are those that can follow. */
export type NotTaken =
  | { refused: 'NOT_YOUR_TURN'; stage: Stage; turn: Party | null }
  | { refused: 'NO_SUCH_STEP'; stage: Stage; turn: Party | null; steps: Step[] };

export interface StepTaken {
  step: Step;
  by: Party;
  remedy: Remedy | null;
  today: string;
  /** An earlier objection to this record closed it to the public for good: nothing here opens it again. */
  closedForGood: boolean;
}

const due = (at: Due): Pick<CaseState, 'dueOn' | 'provisional'> => ({
  dueOn: at?.on ?? null,
  provisional: at?.provisional ?? false,
});

/** An objection on the day of its filing. */
export function filed(rules: ObjectionRules, calendar: WorkingCalendar, today: string): Taken {
  const periods = new Periods(rules, calendar);
  const state: CaseState = {
    filedOn: today,
    stage: 'FILED',
    turn: 'CENTER',
    comparedOn: null,
    ...due(periods.center({ filedOn: today, comparedOn: null })),
    reviewDueOn: periods.review({ filedOn: today })?.on ?? null,
    remedy: null,
    appealed: false,
    marked: true,
    withheld: false,
    acceptedOn: null,
    closedOn: null,
  };
  return { state, due: null, consequences: [{ kind: 'MARK', stage: 'FILED' }] };
}

/**
 * An objection after a step, or why it cannot be taken.
 * Source: SH-29, SH-30, ZD-37, ZD-38, NT-32, NT-33, SR-31.
 */
export function take(
  before: CaseState,
  { step, by, remedy, today, closedForGood }: StepTaken,
  rules: ObjectionRules,
  calendar: WorkingCalendar,
): Taken | NotTaken {
  const { stage, turn } = before;
  if (turn !== by) return { refused: 'NOT_YOUR_TURN', stage, turn };
  const steps = stepsFrom(before, rules);
  const move = MOVES[step][stage];
  if (!move || !steps.includes(step)) return { refused: 'NO_SUCH_STEP', stage, turn, steps };
  const periods = new Periods(rules, calendar);
  const after = {
    ...before,
    ...changes(before, { step, remedy, today, closedForGood }, rules, periods),
    stage: move.to,
  };
  const state = { ...after, turn: turnOf(after, rules) };
  return {
    state,
    due: periods.of(step, before, today),
    consequences: consequences(step, before, state, today),
  };
}

function changes(
  before: CaseState,
  { step, remedy, today, closedForGood }: Omit<StepTaken, 'by'>,
  { objection, overdueVerification }: ObjectionRules,
  periods: Periods,
): Partial<CaseState> {
  const closed = { ...due(null), closedOn: today, withheld: false };
  switch (step) {
    case 'COMPARE':
      return { comparedOn: today, ...due(periods.center({ ...before, comparedOn: today })) };
    case 'FORWARD':
      return {
        comparedOn: before.comparedOn ?? today,
        ...due(periods.verify(before, today)),
        withheld: overdueVerification !== undefined && !closedForGood,
      };
    case 'UPHOLD':
      return { ...closed, remedy, marked: false };
    case 'DISMISS':
      return { ...closed, marked: objection.markStays };
    case 'APPEAL':
      return { ...due(null), appealed: true, marked: true, closedOn: null };
    case 'ACCEPT':
      return { acceptedOn: today, marked: false };
  }
}

function consequences(step: Step, before: CaseState, after: CaseState, today: string): Consequence[] {
  const upheld = step === 'UPHOLD' ? after.remedy : null;
  const found: Consequence[] = [];
  if (upheld === 'WITHHOLD') found.push({ kind: 'WITHHOLD', after: addDays(today, -1) });
  else if (upheld !== null) found.push({ kind: 'REMEDY', remedy: upheld });
  if (endsTheRecord(upheld)) return found;
  if (!before.withheld && after.withheld && after.dueOn !== null)
    found.push({ kind: 'WITHHOLD', after: after.dueOn });
  if (before.withheld && !after.withheld && upheld !== 'WITHHOLD') found.push({ kind: 'LIFT' });
  if (after.marked && (!before.marked || before.stage !== after.stage))
    found.push({ kind: 'MARK', stage: after.stage });
  if (before.marked && !after.marked) found.push({ kind: 'UNMARK' });
  return found;
}
