import { daysOfBlocks } from '../../../policy/statistics/blocks.ts';
import type { Reading } from '../../../records/report/reader.ts';

/** The first day of a month 2016-03, and its last. */
export const firstOf = (month: string): string => `${month}-01`;
export const lastOf = (month: string): string => daysOfBlocks([month])?.to as string;
const monthOf = (day: string): string => day.slice(0, 7);
const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * Which months a report takes whole, and of which it needs the days.
 * @param known months of which there is anything.
 */
export function calendarOf({ period, before }: Reading, known: Iterable<string>) {
  const months = [...known].filter((month) => lastOf(month) <= period.to).sort();
  const cut = new Set([period.from, before.from].filter((day) => day !== firstOf(monthOf(day))).map(monthOf));
  const isIn = (month: string, from: string, to: string): boolean =>
    firstOf(month) >= from && lastOf(month) <= to;
  /** The month in which the period ends, where it ends before it. */
  const last = lastOf(monthOf(period.to)) > period.to ? monthOf(period.to) : null;
  const days = [...cut]
    .filter((month) => month !== last)
    .map((month) => [later(firstOf(month), before.from), lastOf(month)] as const);
  if (last !== null) days.push([firstOf(last), period.to]);
  return {
    months,
    last,
    days,
    isCut: (month: string): boolean => month === last || cut.has(month),
    isNow: (month: string): boolean => isIn(month, period.from, period.to),
    isBefore: (month: string): boolean => isIn(month, before.from, before.to),
  };
}
