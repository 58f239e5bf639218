import { createHash } from 'node:crypto';
import type { Remember } from '../../policy/statistics/told.ts';
import type { Withheld } from '../../policy/statistics/withhold.ts';

/** Blocks kept at most: of all parts, over the years and the places of a city. */
const MOST = 5_000;
const known = new Map<string, Withheld>();

/** Months and years that are over do not change: what is withheld of them is worked out once a process. */
export const remembered: Remember = async (key, find) => {
  const digest = createHash('sha256').update(key).digest('base64');
  let withheld = known.get(digest);
  if (withheld === undefined) {
    withheld = await find();
    if (known.size >= MOST) known.delete(known.keys().next().value as string);
    known.set(digest, withheld);
  }
  return withheld;
};
