import type { Settings } from './settings.ts';

export interface Clock {
  /** The date that rules see, 'YYYY-MM-DD' in Asia/Shanghai; CREDIT_TODAY where set. */
  today(): string;
  /** The real instant, also where CREDIT_TODAY is set: for the journal, tokens and leases. */
  now(): Date;
}

const SHANGHAI_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

const DAY_MS = 86_400_000;
/** Shanghai is 8 hours ahead of UTC, and has kept no summer time since 1991. */
const AHEAD_MS = 8 * 3_600_000;

/** The formatter is slow and the day seldom changes. */
function shanghaiDay(): () => string {
  let day = Number.NaN;
  let text = '';
  return () => {
    const now = Date.now();
    const today = Math.floor((now + AHEAD_MS) / DAY_MS);
    if (today !== day) [day, text] = [today, SHANGHAI_DAY.format(now)];
    return text;
  };
}

/** The only source of time. Functions of the law take its dates as arguments. */
export function createClock({ creditToday }: Pick<Settings, 'creditToday'>): Clock {
  const day = shanghaiDay();
  return {
    today: () => creditToday ?? day(),
    now: () => new Date(),
  };
}
