import { Problem } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import { WorkingCalendar } from '../policy/workingDays.ts';

/** Working days, with the years an operator has added. @throws Problem naming file and key of a year that does not fit. */
export function calendarOf({ calendars }: Pick<Settings, 'calendars'>): WorkingCalendar {
  try {
    return new WorkingCalendar(calendars);
  } catch (error) {
    const { message } = error as Error;
    throw new Problem({
      zh: `工作日历有误：${message}`,
      en: `the calendar of working days does not fit: ${message}`,
    });
  }
}
