import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, addPeriod, compareDates, isDate, parseDate } from '../../policy/dates.ts';

const dates = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2098-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

describe('parseDate', () => {
  test.each([
    '2018-03-05',
    '2018-3-5',
    '2018/03/05',
    '2018/3/5',
    '2018.3.5',
    '20180305',
    '2018年3月5日',
    '2018年03月05日',
    ' 2018-03-05 ',
    '２０１８／３／５',
    '2018-03-05 00:00:00',
    '2018-03-05 00:00:00.0',
    '2018/3/5 0:00',
    '2018-03-05T00:00:00',
    '2018-03-05T00:00:00.000+08:00',
    '2018-03-04T16:00:00.000Z',
  ])('“%s” is 5 March 2018', (raw) => {
    expect(parseDate(raw)).toEqual({ ok: true, date: '2018-03-05' });
  });

  test.each(['2099/12/31', '2099-12-31', '20991231', '2100-01-01', '9999-12-31', '长期', '长期有效', '永久'])(
    '“%s” is long-term',
    (raw) => {
      expect(parseDate(raw)).toEqual({ ok: true, date: null });
    },
  );

  test('the day before the end of 2099 is a day like others', () => {
    expect(parseDate('2099-12-30')).toEqual({ ok: true, date: '2099-12-30' });
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2018-13-01',
    '2018-00-10',
    '2018-04-31',
    '2018-04-00',
    '2100-02-29',
    '1899-12-31',
    '0000-01-01',
    '43101',
    '43101.5',
    '2018-03',
    '2018年3月',
    '2018-03/05',
    '2018-03-051',
    '18-03-05',
    '05/03/2018',
    '2018-03-05 25:00:00',
    '2018-03-05 to 2019-03-05',
    '2018-03-05T99:00:00Z',
    '',
    '无',
  ])('“%s” is refused', (raw) => {
    const parsed = parseDate(raw);
    expect(parsed).toMatchObject({
      ok: false,
      reason: { zh: expect.stringContaining(raw), en: expect.stringContaining(raw) },
    });
  });

  test('29 February of a leap year is a day', () => {
    expect(parseDate('2024/2/29')).toEqual({ ok: true, date: '2024-02-29' });
    expect(parseDate('2000-02-29')).toEqual({ ok: true, date: '2000-02-29' });
  });

  test('every way to write a date gives the date back', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom('-', '/', '.', ''), (date, separator) => {
        expect(parseDate(date.replaceAll('-', separator))).toEqual({ ok: true, date });
      }),
    );
  });
});

test('isDate takes what exists and is written in full', () => {
  expect(['2024-02-29', '1900-01-01'].every(isDate)).toBe(true);
  expect(['2023-02-29', '2024-2-9', '1899-12-31', '2024-02-29 ', ''].some(isDate)).toBe(false);
});

describe('addPeriod', () => {
  test.each([
    ['2019-03-01', 'P5Y', '2024-03-01'],
    ['2020-02-29', 'P1Y', '2021-02-28'],
    ['2020-02-29', 'P4Y', '2024-02-29'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2024-12-31', 'P2M', '2025-02-28'],
    ['2024-01-31', 'P1M1D', '2024-03-01'],
    ['2024-12-31', 'P10D', '2025-01-10'],
    ['2024-05-05', 'P1Y6M', '2025-11-05'],
    ['2024-05-05', 'P0D', '2024-05-05'],
  ])('%s and %s is %s', (date, period, result) => {
    expect(addPeriod(date, period)).toBe(result);
  });

  test.each([
    ['2023-02-29', 'P1Y'],
    ['2023-02-28', 'P'],
    ['2023-02-28', '5Y'],
    ['2023-02-28', 'P-1Y'],
    ['2023-02-28', 'PT5H'],
  ])('%s and %s is refused', (date, period) => {
    expect(() => addPeriod(date, period)).toThrow(RangeError);
  });

  test('a later start never ends earlier, and a longer period never ends earlier', () => {
    const period = fc.tuple(fc.nat(9), fc.nat(11)).map(([years, months]) => ({ years, months }));
    fc.assert(
      fc.property(dates, dates, period, (a, b, { years, months }) => {
        const [early, late] = [a, b].sort(compareDates) as [string, string];
        const length = `P${years}Y${months}M`;
        expect(compareDates(addPeriod(early, length), addPeriod(late, length))).toBeLessThanOrEqual(0);
        expect(compareDates(addPeriod(a, length), addPeriod(a, `P${years + 1}Y${months}M`))).toBeLessThan(0);
      }),
    );
  });
});

test('adding and taking away days leads back', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 5000 }), (date, days) => {
      fc.pre(compareDates(date, '1914-01-01') > 0);
      expect(addDays(addDays(date, -days), days)).toBe(date);
    }),
  );
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
  expect(() => addDays('1900-01-01', -1)).toThrow(RangeError);
});

test('compareDates orders by time', () => {
  expect(['2024-10-01', '2019-12-31', '2024-02-29'].sort(compareDates)).toEqual([
    '2019-12-31',
    '2024-02-29',
    '2024-10-01',
  ]);
  expect(compareDates('2024-02-29', '2024-02-29')).toBe(0);
});
