import { addDays, addPeriod } from './dates.ts';
import { endOfNextMonth } from './dueDates.ts';
import type { CountedDay, WorkingCalendar } from './workingDays.ts';

/** 更新周期: how often something comes, where it comes at set times. */
export const CYCLES = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const;
export type Cycle = (typeof CYCLES)[number];

const WORDS: readonly [RegExp, Cycle][] = [
  [/^(?:每|按)?半年(?:度)?$/, 'HALF_YEAR'],
  [/^(?:每个?|按)(?:工作日|日|天)$/, 'DAY'],
  [/^(?:每个?|按)(?:周|星期)$/, 'WEEK'],
  [/^(?:每个?|按)月(?:度)?$|^月度$/, 'MONTH'],
  [/^(?:每个?|按)季(?:度)?$|^季度$/, 'QUARTER'],
  [/^(?:每|按)年(?:度)?$|^年度$/, 'YEAR'],
];

/**
 * An update cycle as catalogues write it (每月, 按季度); null for what comes as it arises (实时, 7个工作日内) and for words that are not known:
 * of these nobody is reminded. Source: NT-8.
 */
export function parseCycle(text: string): Cycle | null {
  const word = text.normalize('NFKC').replace(/\s|更新|报送|一次/g, '');
  return WORDS.find(([words]) => words.test(word))?.[1] ?? null;
}

/**
 * The last day of the period after the one in which something came: what came in January is due again by the end of February. Weeks end
 * on Sunday; what comes daily is due on the next working day.
 */
export function dueAfter(day: string, cycle: Cycle, calendar: WorkingCalendar): CountedDay {
  switch (cycle) {
    case 'DAY':
      return calendar.addWorkingDays(day, 1);
    case 'WEEK':
      return { on: addDays(day, 14 - (new Date(day).getUTCDay() || 7)), provisional: false };
    case 'MONTH':
      return { on: endOfNextMonth(day), provisional: false };
    case 'QUARTER':
      return { on: endOfNext(day, 3), provisional: false };
    case 'HALF_YEAR':
      return { on: endOfNext(day, 6), provisional: false };
    case 'YEAR':
      return { on: endOfNext(day, 12), provisional: false };
  }
}

/** Last day of the period of so many months after the one that the day is in; periods begin with the year. */
function endOfNext(day: string, months: number): string {
  const begun = Math.floor((Number(day.slice(5, 7)) - 1) / months) * months + 1;
  const first = `${day.slice(0, 4)}-${String(begun).padStart(2, '0')}-01`;
  return addDays(addPeriod(first, `P${2 * months}M`), -1);
}
