import type { Reading } from './reader.ts';

/** What `dated` and `upToPeriod` are about, as the first four values of a statement. */
export const datedValues = ({ period, before }: Reading): [string, string, string, string] => [
  period.from,
  period.to,
  before.from,
  before.to,
];

/** SQL: when something happened, as `Counted` has it. @param day a date. */
export const dated = (day: string): string =>
  `${day} between $1::date and $2::date as "isNow", ${day} between $3::date and $4::date as "isBefore", to_char(${day}, 'YYYY-MM') as month`;

/** SQL: up to the last day of the period, from the beginning. */
export const upToPeriod = (day: string): string => `${day} <= $2::date`;

/** SQL: the day on which a moment was, in Shanghai. */
export const dayOf = (moment: string): string => `(${moment} at time zone 'Asia/Shanghai')::date`;
