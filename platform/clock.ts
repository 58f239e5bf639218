import type { Settings } from './settings.ts';

export interface Clock {
  /** The date that rules see, 'YYYY-MM-DD' in Asia/Shanghai; CREDIT_TODAY where set. */
  today(): string;
  /** The real instant, also where CREDIT_TODAY is set: for the journal, tokens and leases. */
  now(): Date;
}

const SHANGHAI_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** The only source of time. Functions of the law take its dates as arguments. */
export function createClock({ creditToday }: Pick<Settings, 'creditToday'>): Clock {
  return {
    today: () => creditToday ?? SHANGHAI_DAY.format(Date.now()),
    now: () => new Date(),
  };
}
