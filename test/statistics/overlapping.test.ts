import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blocksIn, daysOfBlocks } from '../../policy/statistics/blocks.ts';
import { periodBefore } from '../../policy/statistics/period.ts';
import { LEAST_PERSONS } from '../../policy/statistics/withhold.ts';
import type { Reading } from '../../records/report/reader.ts';
import type { ReportRow } from '../../records/report/row.ts';
import type { Fact } from '../../records/report/fact.ts';
import { reportTables } from '../../records/report/tables.ts';
import { isCombination } from './combination.ts';

/* Reports of any periods, of all places and of one: what can be worked out from them together. */

const UNITS = ['a', 'b', 'c'];
const KINDS = ['approval', 'supervision'];
const MONTHS = ['2016-01', '2016-02', '2016-03', '2016-04'];
const PLACES = ['west', 'east'];
const placeOf = (unit: string): string => (unit === 'c' ? 'east' : 'west');

type Table = 'total' | 'byUnit' | 'byMonth' | 'byKind' | 'byUnitAndMonth';
const names = (key: string): string => key;
const TABLES: Record<Table, { names: typeof names }> = {
  total: { names },
  byUnit: { names },
  byMonth: { names },
  byKind: { names },
  byUnitAndMonth: { names },
};
const keysOf = (unit: string, kind: string, month: string): Record<Table, string> => ({
  total: 'TOTAL',
  byUnit: unit,
  byMonth: month,
  byKind: kind,
  byUnitAndMonth: `${unit} ${month}`,
});

/** What no table divides further, wherever and whenever it is. */
const SPOTS = UNITS.flatMap((unit) =>
  KINDS.flatMap((kind) => MONTHS.map((month) => ({ unit, kind, month }))),
);

const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 }));
const worlds = fc.array(count, { minLength: SPOTS.length, maxLength: SPOTS.length });

const firstOf = (month: string): string => `${month}-01`;
const lastOf = (month: string): string => daysOfBlocks([month])?.to as string;
const RANGES = MONTHS.flatMap((from, at) => MONTHS.slice(at).map((to) => ({ from, to })));
const LATER = '2017-06-15';

function tablesOf(
  world: readonly number[],
  period: { from: string; to: string },
  jurisdiction: string | null,
  today = LATER,
) {
  const before = periodBefore(period);
  const facts = SPOTS.map(({ unit, kind, month }, at): Fact<Table> => {
    // All in the middle of its month.
    const day = `${month}-15`;
    return {
      month,
      isNow: day >= period.from && day <= period.to,
      isBefore: day >= before.from && day <= before.to,
      organizations: 1,
      persons: world[at] as number,
      place: placeOf(unit),
      keys: keysOf(unit, kind, month),
    };
  }).filter(({ month }) => `${month}-15` <= period.to);
  const asked: Reading = { period, before, jurisdiction, unit: null, today };
  return reportTables(TABLES, facts, asked, 'MONTH');
}

/** A figure by the spots that count in it. */
const vectorOf = (range: { from: string; to: string }, place: string | null, table: Table, key: string) =>
  SPOTS.map(({ unit, kind, month }) =>
    Number(
      month >= range.from &&
        month <= range.to &&
        (place === null || placeOf(unit) === place) &&
        keysOf(unit, kind, month)[table] === key,
    ),
  );

const sumOf = (world: readonly number[], vector: readonly number[]): number =>
  vector.reduce((sum, n, at) => sum + n * (world[at] as number), 0);

interface Figure {
  vector: number[];
  sum: number;
  told: number | null;
  atLeast: number;
  range: { from: string; to: string };
}

/** Figures of every report that there can be of whole months. */
async function figuresOf(world: readonly number[]): Promise<Figure[]> {
  const all = RANGES.flatMap((range) =>
    [null, ...PLACES].map(async (place) => {
      const { tables } = await tablesOf(world, { from: firstOf(range.from), to: lastOf(range.to) }, place);
      return (Object.entries(tables) as [Table, ReportRow[]][]).flatMap(([table, rows]) =>
        rows.map(({ key, persons, personsAtLeast }) => {
          const vector = vectorOf(range, place, table, key);
          return { vector, sum: sumOf(world, vector), told: persons, atLeast: personsAtLeast, range };
        }),
      );
    }),
  );
  return (await Promise.all(all)).flat();
}

describe('[SP-stat] reports that overlap', () => {
  test('no figures of any reports of any periods and places, added and subtracted, come to a count from 1 to 4', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const figures = await figuresOf(world);
        const told = figures.filter((figure) => figure.told !== null);
        for (const { told: persons, sum } of told) expect(persons).toBe(sum);
        // Where zero is told there is nobody: that is known of each spot.
        const empty = SPOTS.map((_, at) =>
          told.some(({ told: persons, vector }) => persons === 0 && vector[at] === 1),
        );
        const open = (vector: number[]) => vector.filter((_, at) => !empty[at]);
        const known = told.filter(({ sum }) => sum > 0).map(({ vector }) => open(vector));
        const small = figures.filter(({ sum }) => sum > 0 && sum < LEAST_PERSONS);
        for (const figure of small) {
          expect(figure.told).toBeNull();
          expect(isCombination(open(figure.vector), known)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('a lower bound is the sum of months that are told one by one', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const figures = await figuresOf(world);
        const key = (vector: readonly number[]) => vector.join('');
        const months = new Map(
          figures.filter(({ range }) => range.from === range.to).map((one) => [key(one.vector), one.told]),
        );
        for (const { vector, atLeast } of figures) {
          const parts = MONTHS.map((month) => vector.map((n, at) => (SPOTS[at]?.month === month ? n : 0)));
          expect(atLeast).toBe(parts.reduce((sum, part) => sum + (months.get(key(part)) ?? 0), 0));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('days more or less change nothing of persons until they make a month', async () => {
    const days = fc.integer({ min: 0, max: 120 }).map((n) => {
      const day = new Date(Date.UTC(2016, 0, 1 + n));
      return day.toISOString().slice(0, 10);
    });
    const ofPersons = (tables: Record<Table, ReportRow[]>) =>
      Object.values(tables).map((rows) =>
        rows
          .filter(({ withheld, persons }) => withheld || persons !== 0)
          .map(({ key, persons, personsAtLeast, personsTotal }) => ({
            key,
            persons,
            personsAtLeast,
            personsTotal,
          }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      );
    await fc.assert(
      fc.asyncProperty(worlds, days, days, async (world, one, other) => {
        const [from = '', to = ''] = [one, other].sort();
        const answer = await tablesOf(world, { from, to }, null);
        const months = blocksIn({ from, to }, 'MONTH', LATER);
        const whole = daysOfBlocks(months);
        expect([answer.personsFrom, answer.personsTo]).toEqual([whole?.from ?? null, whole?.to ?? null]);
        const rows = Object.values(answer.tables).flat();
        if (whole === null) {
          for (const row of rows)
            expect(row).toMatchObject({ persons: null, personsAtLeast: 0, withheld: true });
          return;
        }
        const exact = await tablesOf(world, whole, null);
        const keys = new Set(Object.values(exact.tables).flatMap((own) => own.map(({ key }) => key)));
        const same = ofPersons(answer.tables).map((own) => own.filter(({ key }) => keys.has(key)));
        const figures = (all: ReturnType<typeof ofPersons>) =>
          all.map((own) => own.map(({ key, persons, personsAtLeast }) => ({ key, persons, personsAtLeast })));
        expect(figures(same)).toEqual(figures(ofPersons(exact.tables)));
      }),
      { numRuns: 100 },
    );
  });

  test('a month is told when it is over, and then as it stays', async () => {
    const world = SPOTS.map((_, at) => at + 5);
    const march = { from: '2016-03-01', to: '2016-03-31' };
    const on = async (today: string) => (await tablesOf(world, march, null, today)).tables.total[0];
    expect(await on('2016-03-31')).toMatchObject({ persons: null, withheld: true });
    expect(await on('2016-04-01')).toMatchObject({ withheld: false });
    expect(await on('2016-04-01')).toEqual(await on(LATER));
  });

  test('a quarter less the quarter without its last day tells nothing', async () => {
    const world = SPOTS.map(({ unit, month }) => (month === '2016-03' && unit === 'a' ? 1 : 30));
    const quarter = await tablesOf(world, { from: '2016-01-01', to: '2016-03-31' }, null);
    const shorter = await tablesOf(world, { from: '2016-01-01', to: '2016-03-30' }, null);
    expect(shorter.personsTo).toBe('2016-02-29');
    expect(quarter.tables.total[0]).toMatchObject({ persons: 482, withheld: false });
    const unit = (rows: readonly ReportRow[]) => rows.find(({ key }) => key === 'a');
    expect(unit(quarter.tables.byUnit)).toMatchObject({ persons: null, personsAtLeast: 120 });
    expect(unit(shorter.tables.byUnit)).toMatchObject({ persons: 120, personsAtLeast: 120 });
  });
});
