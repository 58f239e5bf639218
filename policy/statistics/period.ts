import { addDays } from '../dates.ts';

/** Days from one to another, both included, 'YYYY-MM-DD'. */
export interface ReportPeriod {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const daysOf = ({ from, to }: ReportPeriod): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/**
 * The period that growth is measured against: whole years against as many years before, whole months against as many months before, anything
 * else against as many days.
 */
export function periodBefore(period: ReportPeriod): ReportPeriod {
  const { from, to } = period;
  const last = addDays(from, -1);
  const after = addDays(to, 1);
  if (!from.endsWith('-01') || !after.endsWith('-01'))
    return { from: addDays(from, -daysOf(period)), to: last };
  const month = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const begin = 2 * month(from) - month(after);
  const year = String(Math.floor(begin / 12)).padStart(4, '0');
  return { from: `${year}-${String((begin % 12) + 1).padStart(2, '0')}-01`, to: last };
}
