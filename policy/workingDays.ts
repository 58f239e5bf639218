import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { addDays, isDate } from './dates.ts';

/** Whether a day is worked; `provisional` where its year's arrangement is not loaded and Monday to Friday stand for it. */
export interface WorkingDay {
  working: boolean;
  provisional: boolean;
}

/** A day counted to, 'YYYY-MM-DD'; `provisional` where a day on the way was. */
export interface CountedDay {
  on: string;
  provisional: boolean;
}

const day = z.string().refine(isDate, 'not a day written YYYY-MM-DD');
const year = z.int().min(1900).max(9999);

/** One year's arrangement (节假日安排). Its first days may lie in the December before (2018-12-29). */
const yearFile = z
  .strictObject({
    year,
    /** The notices of the General Office of the State Council that arrange it. */
    notices: z.array(z.string().min(1)).min(1),
    holidays: z.array(
      z
        .strictObject({ name: z.string().min(1), from: day, to: day })
        .refine(({ from, to }) => from <= to, 'ends before it begins'),
    ),
    /** 调休上班: days worked that would be a weekend's. */
    workdays: z.array(day),
  })
  .superRefine(({ year: own, holidays, workdays }, context) => {
    const first = `${own - 1}-12-01`;
    const last = `${own}-12-31`;
    const outside = (on: string, path: (string | number)[]) => {
      if (on < first || on > last)
        context.addIssue({ code: 'custom', path, message: `${on} is not of ${own}` });
    };
    for (const [at, { from, to }] of holidays.entries()) {
      outside(from, ['holidays', at, 'from']);
      outside(to, ['holidays', at, 'to']);
    }
    for (const [at, on] of workdays.entries()) {
      outside(on, ['workdays', at]);
      const holiday = holidays.find(({ from, to }) => from <= on && on <= to);
      if (holiday)
        context.addIssue({ code: 'custom', path: ['workdays', at], message: `${on} is in ${holiday.name}` });
    }
  });

type YearFile = z.infer<typeof yearFile>;

const OWN = join(import.meta.dirname, 'calendar');

/** No period of law is longer, and a wrong number must not count to the end of days. */
const MAX_DAYS = 10_000;

/**
 * Working days (工作日) of mainland China: Monday to Friday, less the public holidays and with the make-up workdays of each year's official
 * arrangement in `calendar/`. Beyond the years that are loaded Monday to Friday are taken for working days, and every answer says so.
 */
export class WorkingCalendar {
  readonly #years = new Set<string>();
  readonly #working = new Map<string, boolean>();

  /**
   * @param folder more years (*.yaml), which replace those of the same name.
   * @throws Error naming file and key of what does not fit.
   */
  constructor(folder?: string) {
    for (const file of readYears(folder === undefined ? [OWN] : [OWN, folder])) {
      this.#years.add(String(file.year));
      for (const { from, to } of file.holidays) {
        for (let on = from; on <= to; on = addDays(on, 1)) this.#working.set(on, false);
      }
      for (const on of file.workdays) this.#working.set(on, true);
    }
  }

  isWorkingDay(on: string): WorkingDay {
    if (!isDate(on)) throw new RangeError(`not a date: ${on}`);
    const arranged = this.#working.get(on);
    const provisional = arranged === undefined && !this.#years.has(on.slice(0, 4));
    return { working: arranged ?? isWeekday(on), provisional };
  }

  /**
   * The n-th working day after a date; the date itself is not counted (民法典 article 201).
   * @throws RangeError on a date that is not one and a number that is not whole, or negative.
   */
  addWorkingDays(date: string, n: number): CountedDay {
    if (!Number.isInteger(n) || n < 0 || n > MAX_DAYS) throw new RangeError(`not a number of days: ${n}`);
    let on = addDays(date, 0);
    let anyProvisional = false;
    for (let left = n; left > 0; ) {
      on = addDays(on, 1);
      const { working, provisional } = this.isWorkingDay(on);
      if (working) left -= 1;
      anyProvisional ||= provisional;
    }
    return { on, provisional: anyProvisional };
  }
}

function isWeekday(on: string): boolean {
  const weekday = new Date(on).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function readYears(folders: readonly string[]): YearFile[] {
  const files = new Map<string, YearFile>();
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
      files.set(name, readYear(join(folder, name)));
    }
  }
  // In order of years: what a later notice says of the December before it holds.
  return [...files.values()].sort((a, b) => a.year - b.year);
}

function readYear(path: string): YearFile {
  const name = basename(path);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${name}: not readable as YAML`, { cause: error });
  }
  const read = yearFile.safeParse(content);
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path: key, message }) => `${key.join('.') || '(file)'}: ${message}`,
    );
    throw new Error(`${name}: ${faults.join('; ')}`);
  }
  if (name !== `${read.data.year}.yaml`)
    throw new Error(`${name}: year: is ${read.data.year}, not the name of the file`);
  return read.data;
}
