import { addDays, addPeriod } from './dates.ts';
import type { Rules } from './packs/rules.ts';
import type { CountedDay, WorkingCalendar } from './workingDays.ts';

/** Until when a record is to be submitted, and the provision that says so. */
export interface DueDate extends CountedDay {
  source: string;
}

/** What a due date follows from. */
export interface Formed {
  /** GraphQL type of the record. */
  recordType: string;
  formedOn: string | null;
  determinedOn: string | null;
}

/** 双公示: permits and penalties. */
const PUBLISHED_TWICE = new Set(['AdministrativePenalty', 'Permit']);
/** 红黑名单 */
const LISTS = new Set(['AbnormalListing', 'SevereListing', 'RedListing']);

export const isList = (recordType: string): boolean => LISTS.has(recordType);

/** Last day of the month after a day's. A deadline by the calendar does not move where that day is a holiday. */
export const endOfNextMonth = (day: string): string => addDays(addPeriod(`${day.slice(0, 7)}-01`, 'P2M'), -1);

/**
 * The strictest due date (报送期限) that a pack states for a record; null where it states none, or the record has no date to count from.
 * Source: ZD-11 and SH-9 from formation, PD-13 from the decision, NT-17 from the finding.
 */
export function dueDate(record: Formed, rules: Rules, calendar: WorkingCalendar): DueDate | null {
  const { submission, doublePublicity, cadence, listReport } = rules;
  const formed = record.formedOn ?? record.determinedOn;
  const decided = record.determinedOn ?? record.formedOn;
  if (formed === null || decided === null) return null;
  const due: DueDate[] = [];
  if (submission)
    due.push({ ...calendar.addWorkingDays(formed, submission.workingDays), source: submission.source });
  if (doublePublicity && PUBLISHED_TWICE.has(record.recordType))
    due.push({
      ...calendar.addWorkingDays(decided, doublePublicity.workingDays),
      source: doublePublicity.source,
    });
  if (cadence) due.push({ on: endOfNextMonth(formed), provisional: false, source: cadence.source });
  if (listReport && LISTS.has(record.recordType))
    due.push({ on: endOfNextMonth(decided), provisional: false, source: listReport.source });
  return due.reduce<DueDate | null>((least, one) => (least && least.on <= one.on ? least : one), null);
}
