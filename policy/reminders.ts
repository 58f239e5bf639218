import { type Cycle, dueAfter, parseCycle } from './cycles.ts';
import { isList } from './dueDates.ts';
import { REMIND_WORKING_DAYS } from './light.ts';
import type { Rules } from './packs/rules.ts';
import type { CountedDay, WorkingCalendar } from './workingDays.ts';

/** Why an item's next submission is due. */
export const REMINDER_RULES = ['CADENCE', 'LIST_REPORT', 'UPDATE_CYCLE'] as const;
export type ReminderRule = (typeof REMINDER_RULES)[number];

/** What is expected of a provider under one item. */
export interface Expected {
  /** GraphQL type of its records. */
  recordType: string;
  /** 更新周期 as the catalogue has it. */
  updateCycle: string;
  /** Day of the last submission; the item's first day where nothing has come yet. */
  lastOn: string;
}

export interface Reminder extends CountedDay {
  rule: ReminderRule;
  /** Provision, such as SH-9. */
  source: string;
  overdue: boolean;
}

/**
 * The reminder (报送提示) of an item: that its next submission is due within the days that remind, or is overdue; null while there is
 * time, and for an item that comes at no set times. A cycle that the catalogue sets for the item goes before the pack's general cadence;
 * a list is reported monthly wherever the pack says so. Source: JS-21, NT-8, NT-17, SH-9.
 */
export function reminderOf(
  expected: Expected,
  rules: Rules | null,
  today: string,
  calendar: WorkingCalendar,
): Reminder | null {
  const cycles: { cycle: Cycle; rule: ReminderRule; source: string }[] = [];
  const own = parseCycle(expected.updateCycle);
  if (own) cycles.push({ cycle: own, rule: 'UPDATE_CYCLE', source: 'NT-8' });
  else if (rules?.cadence) cycles.push({ cycle: 'MONTH', rule: 'CADENCE', source: rules.cadence.source });
  if (rules?.listReport && isList(expected.recordType))
    cycles.push({ cycle: 'MONTH', rule: 'LIST_REPORT', source: rules.listReport.source });
  let soonest: Reminder | null = null;
  for (const { cycle, rule, source } of cycles) {
    const due = dueAfter(expected.lastOn, cycle, calendar);
    // What comes daily is always due within days: it reminds on its day.
    const from = cycle === 'DAY' ? today : calendar.addWorkingDays(today, REMIND_WORKING_DAYS).on;
    if (due.on > from || (soonest && soonest.on <= due.on)) continue;
    soonest = { ...due, rule, source, overdue: due.on < today };
  }
  return soonest;
}
