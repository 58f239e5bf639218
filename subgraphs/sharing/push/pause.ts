const FIRST_MS = 1_000;
const LONGEST_MS = 600_000;

/**
 * How long a receiver that failed is left alone: twice as long every time, up to ten minutes, and from half of that to all of it by chance, so
 * that receivers that failed together do not come back together.
 * @param attempts failures in a row before this one
 * @param chance from 0 to 1
 */
export function pauseAfter(attempts: number, chance: number): number {
  const longest = Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), LONGEST_MS);
  return Math.round(longest * (0.5 + chance / 2));
}
