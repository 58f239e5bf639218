import type pg from 'pg';
import { addDays } from '../../../policy/dates.ts';

/** Habit is taken over four weeks before the day: with every day of the week in it, and short enough for new tasks to become habit. */
export const HABIT_DAYS = 28;

/**
 * Five years: as long as a negative record is shown, it may be asked who looked at it [SH-27]. At ten million looks a year by 757 officers that is
 * some 3 million rows of `review_day`.
 */
const REVIEWED_DAYS = 5 * 366;

/** The first day that a review may ask for. @param today YYYY-MM-DD */
export const firstReviewed = (today: string): string => addDays(today, -REVIEWED_DAYS);

/** Rows in one statement: none waits for long on what it locks, and what is broken off is little. */
const AT_ONCE = 10_000;

const prune = (table: 'review_day' | 'review_subject'): string =>
  `delete from ${table} where ctid = any(array(select ctid from ${table} where day < $1 limit ${AT_ONCE}))`;

/**
 * Forgets sums of days that no review can ask for, neither for themselves nor for the habit; the journal stays.
 * @param today YYYY-MM-DD
 * @returns whether there may be more.
 */
export async function forgetOldSums(pool: pg.Pool, today: string): Promise<boolean> {
  const first = addDays(firstReviewed(today), -HABIT_DAYS);
  let more = false;
  for (const table of ['review_day', 'review_subject'] as const)
    more = (await pool.query(prune(table), [first])).rowCount === AT_ONCE || more;
  return more;
}
