import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarOf } from '../../gateway/calendar.ts';
import { addDays } from '../../policy/dates.ts';
import { WorkingCalendar } from '../../policy/workingDays.ts';

const calendar = new WorkingCalendar();
const isWorked = (on: string): boolean => calendar.isWorkingDay(on).working;

describe('[ZD-11] the official calendar', () => {
  test.each([
    // 春节
    ['2016-02-06', true],
    ['2016-02-08', false],
    ['2020-01-31', false],
    ['2020-02-01', false],
    ['2020-02-03', true],
    ['2024-02-09', true],
    ['2024-02-16', false],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    // 劳动节, as it was arranged anew in 2019
    ['2019-04-28', true],
    ['2019-05-03', false],
    ['2019-05-05', true],
    // 国庆节
    ['2017-09-30', true],
    ['2017-10-08', false],
    ['2026-09-20', true],
    ['2026-10-07', false],
    ['2026-10-10', true],
    // Leap days and ends of years, which another year's notice may arrange
    ['2016-02-29', true],
    ['2020-02-29', false],
    ['2024-02-29', true],
    ['2018-12-29', true],
    ['2018-12-31', false],
    ['2022-12-30', true],
    ['2023-01-02', false],
    ['2026-12-31', true],
  ])('%s is worked: %s', (on, worked) => {
    expect(calendar.isWorkingDay(on)).toEqual({ working: worked, provisional: false });
  });

  test.each([2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])(
    'in %d what is off beyond weekends and what is made up differ by the public holidays, 11 or since 2025 13',
    (year) => {
      let off = 0;
      for (let on = `${year}-01-01`; on <= `${year}-12-31`; on = addDays(on, 1)) {
        const isWeekday = ![0, 6].includes(new Date(on).getUTCDay());
        off += Number(isWeekday) - Number(isWorked(on));
      }
      // Spring Festival of 2020 was made longer by a Friday, and by a Saturday that was to be made up.
      expect(off).toBe(year >= 2025 ? 13 : year === 2020 ? 13 : 11);
    },
  );
});

describe('[ZD-11][ZD-19] counting working days', () => {
  test.each([
    // 2026: the eve of Spring Festival with a Saturday worked before and after
    ['2026-02-05', 7, '2026-02-14'],
    ['2026-02-07', 7, '2026-02-24'],
    ['2026-02-09', 7, '2026-02-25'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-23', 5, '2026-02-28'],
    ['2026-02-27', 1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-02'],
    // National Day after Mid-Autumn, and a Saturday made up
    ['2026-09-22', 7, '2026-10-09'],
    ['2026-09-23', 7, '2026-10-10'],
    ['2026-09-24', 7, '2026-10-12'],
    // Eight days off at a stretch
    ['2023-09-28', 1, '2023-10-07'],
    ['2020-01-23', 7, '2020-02-11'],
    // A leap day counts like any other
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    // Over the turn of the year
    ['2018-12-28', 1, '2018-12-29'],
    ['2018-12-29', 1, '2019-01-02'],
    ['2025-12-31', 2, '2026-01-05'],
    ['2026-03-02', 0, '2026-03-02'],
  ])('%s and %d working days: %s', (date, n, on) => {
    expect(calendar.addWorkingDays(date, n)).toEqual({ on, provisional: false });
  });

  test('beyond the years that are known Monday to Friday count, and the day is marked provisional', () => {
    expect(calendar.addWorkingDays('2026-12-30', 1)).toEqual({ on: '2026-12-31', provisional: false });
    expect(calendar.addWorkingDays('2026-12-31', 1)).toEqual({ on: '2027-01-01', provisional: true });
    expect(calendar.isWorkingDay('2027-10-01')).toEqual({ working: true, provisional: true });
    expect(calendar.isWorkingDay('2027-10-02')).toEqual({ working: false, provisional: true });
    expect(calendar.isWorkingDay('2015-12-31')).toEqual({ working: true, provisional: true });
  });

  test('a day that does not exist and a number that is not whole are refused', () => {
    expect(() => calendar.addWorkingDays('2026-02-29', 1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays('2026-02-28', -1)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays('2026-02-28', 1.5)).toThrow(RangeError);
  });

  const date = fc.integer({ min: 0, max: 4_200 }).map((n) => addDays('2016-01-01', n));
  const number = fc.nat({ max: 60 });

  test('ends on a working day, and has so many of them in between', () => {
    fc.assert(
      fc.property(date, number, (from, n) => {
        const { on } = calendar.addWorkingDays(from, n);
        let worked = 0;
        for (let day = addDays(from, 1); day <= on; day = addDays(day, 1)) if (isWorked(day)) worked += 1;
        expect(worked).toBe(n);
        if (n > 0) expect(isWorked(on)).toBe(true);
      }),
    );
  });

  test('is additive: five days and then two are seven', () => {
    fc.assert(
      fc.property(date, number, number, (from, a, b) => {
        const first = calendar.addWorkingDays(from, a);
        const then = calendar.addWorkingDays(first.on, b);
        const whole = calendar.addWorkingDays(from, a + b);
        expect(whole).toEqual({ on: then.on, provisional: first.provisional || then.provisional });
      }),
    );
  });

  test('is monotonic: who begins later is not due earlier, nor who has more days', () => {
    fc.assert(
      fc.property(date, fc.nat({ max: 30 }), number, (from, later, n) => {
        const { on } = calendar.addWorkingDays(from, n);
        expect(calendar.addWorkingDays(addDays(from, later), n).on >= on).toBe(true);
        expect(calendar.addWorkingDays(from, n + 1).on > on).toBe(true);
      }),
    );
  });
});

describe('[ZD-11] a year that an operator adds', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  const withYear = (text: string, name = '2027.yaml'): WorkingCalendar => {
    const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
    folders.push(folder);
    writeFileSync(join(folder, name), text);
    return calendarOf({ calendars: folder });
  };
  const YEAR = `year: 2027
notices: [国务院办公厅关于2027年部分节假日安排的通知]
holidays:
  - { name: 元旦, from: 2026-12-31, to: 2027-01-02 }
workdays: [2027-01-03]
`;

  test('is counted by, and the days it arranges are no longer provisional', () => {
    const extended = withYear(YEAR);
    expect(extended.addWorkingDays('2026-12-30', 1)).toEqual({ on: '2027-01-03', provisional: false });
    expect(extended.isWorkingDay('2027-12-31')).toEqual({ working: true, provisional: false });
    expect(extended.isWorkingDay('2028-01-03')).toEqual({ working: true, provisional: true });
  });

  test('of the same name replaces the one that comes with the project', () => {
    const without = YEAR.replaceAll('2027', '2026').replace('2026-12-31', '2026-01-01');
    expect(withYear(without, '2026.yaml').isWorkingDay('2026-10-01').working).toBe(true);
  });

  test.each([
    ['workdays: [2027-01-03]', 'workdays: [2027-02-30]', '2027.yaml: workdays.0'],
    ['workdays: [2027-01-03]', 'workdays: [2027-01-02]', '2027.yaml: workdays.0: 2027-01-02 is in 元旦'],
    ['workdays: [2027-01-03]', 'workdays: [2028-01-01]', '2027.yaml: workdays.0: 2028-01-01 is not of 2027'],
    ['to: 2027-01-02', 'to: 2026-12-30', '2027.yaml: holidays.0'],
    ['from: 2026-12-31', 'from: 2026-11-30', '2027.yaml: holidays.0.from'],
    ['holidays:', 'holiday:', '2027.yaml: holidays'],
    ['notices: [国务院办公厅关于2027年部分节假日安排的通知]', 'notices: []', '2027.yaml: notices'],
    ['year: 2027', 'year: 2028', '2027.yaml'],
    ['year: 2027', 'year: [', '2027.yaml: not readable as YAML'],
  ])('with %s as %s is refused by file and key', (right, wrong, told) => {
    expect(() => withYear(YEAR.replace(right, wrong))).toThrow(told);
  });
});
