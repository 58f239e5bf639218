import { addDays } from '../policy/dates.ts';

/**
 * The days on which something happens in the demonstration data. They do not move with the clock: what lies after today has not happened yet and
 * is left out, so a run on a later day adds to an earlier one and doubles nothing.
 */
export const FIRST_DAY = '2019-01-01';
const DAYS_LONG = 3653;

const DAYS: readonly string[] = Array.from({ length: DAYS_LONG + 800 }, (_, i) => addDays(FIRST_DAY, i));

/** How many days the history has in which new facts may arise. */
export const HISTORY = DAYS_LONG;

/** A day of the history by its number; up to two years past it, for what ends later than it began. */
export const dayAt = (n: number): string => DAYS[n] as string;
