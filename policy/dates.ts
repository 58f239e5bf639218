/** Every date here is 'YYYY-MM-DD', a calendar day in Asia/Shanghai, from the year 1900 on. */

import type { Message } from './message.ts';

const LONG_TERM_FROM = '2099-12-31';
const LONG_TERM_WORDS = /^(?:长期|永久)(?:有效)?$/;
const DAY_FORMS = [
  /-(\d{1,2})-(\d{1,2})/,
  /\/(\d{1,2})\/(\d{1,2})/,
  /\.(\d{1,2})\.(\d{1,2})/,
  /(\d{2})(\d{2})/,
  /年(\d{1,2})月(\d{1,2})日/,
];
const DAY = new RegExp(`^(\\d{4})(?:${DAY_FORMS.map(({ source }) => source).join('|')})`);
const TIME = /^(?:T|\s+)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const SHANGHAI_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

export type ParsedDate = { ok: true; date: string | null } | { ok: false; reason: Message };

/**
 * Reads a date as units write it: 2018-03-05, 2018/3/5, 2018.3.5, 20180305 or 2018年3月5日, any width, with or
 * without a time of day after it. An instant with a zone (…T16:00:00Z) is the day it then is in
 * Asia/Shanghai.
 * `date: null` is long-term (长期): the word, or 2099-12-31 and any later day, which is how files write it.
 * Refused with the reason: days that do not exist, years before 1900, anything else. A bare number is never
 * taken for a spreadsheet's serial day.
 */
export function parseDate(raw: string): ParsedDate {
  const text = raw.normalize('NFKC').trim();
  if (LONG_TERM_WORDS.test(text)) return { ok: true, date: null };
  const day = INSTANT.test(text) ? dayOfInstant(text) : dayOfText(text);
  if (day === null) {
    return refused(
      `“${raw}”不是日期，应为 YYYY-MM-DD 或 YYYY/MM/DD`,
      `"${raw}" is not a date such as YYYY-MM-DD or YYYY/MM/DD`,
    );
  }
  if (day < '1900-01-01') return refused(`日期“${raw}”早于 1900 年`, `the date "${raw}" is before 1900`);
  if (!isDate(day)) return refused(`日期“${raw}”不存在`, `there is no such day as "${raw}"`);
  return { ok: true, date: day >= LONG_TERM_FROM ? null : day };
}

/** Whether the text is a day that exists, written 'YYYY-MM-DD', not before 1900. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1900-01-01') return false;
  const { year, month, day } = parts(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/**
 * The day a period of years, months and days ('P5Y', 'P1Y6M', 'P10D') after a date. The day of the month is
 * kept; where the month has no such day it is the month's last (2020-02-29 + P1Y = 2021-02-28). Source: Civil
 * Code (民法典) article 202. Years and months count first, then days. Throws RangeError on a date or period that
 * is not one.
 */
export function addPeriod(date: string, period: string): string {
  const match = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(period);
  if (!match) throw new RangeError(`not a period such as P5Y: ${period}`);
  const { year, month, day } = parts(checked(date));
  const months = year * 12 + (month - 1) + Number(match[1] ?? 0) * 12 + Number(match[2] ?? 0);
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
  return addDays(written(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth))), Number(match[3] ?? 0));
}

/**
 * The day so many calendar days after a date; before it, if negative. Throws RangeError on a date that is not
 * one.
 */
export function addDays(date: string, days: number): string {
  const { year, month, day } = parts(checked(date));
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return checked(written(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()));
}

/** Negative, zero or positive as `a` is before, on or after `b`. */
export function compareDates(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function dayOfInstant(text: string): string | null {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : SHANGHAI_DAY.format(instant);
}

function dayOfText(text: string): string | null {
  const match = DAY.exec(text);
  if (!match) return null;
  const rest = text.slice(match[0].length);
  if (rest !== '' && !TIME.test(rest)) return null;
  const [year = '', month = '', day = ''] = match.slice(1).filter((part) => part !== undefined);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function parts(date: string): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function written(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function checked(date: string): string {
  if (!isDate(date)) throw new RangeError(`not a date: ${date}`);
  return date;
}

function refused(zh: string, en: string): ParsedDate {
  return { ok: false, reason: { zh, en } };
}
