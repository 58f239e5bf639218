import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { addDays } from '../../policy/dates.ts';
import { periodBefore } from '../../policy/statistics/period.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { countAll } from './counting.ts';
import { Office, ROW, type Row } from './reports.ts';

/* Sums by month and by day, and what is not counted yet, against the journal itself. */

const UNITS = [UNIT.market, UNIT.court, UNIT.construction];
const CHANNELS = ['government', 'window'];
const FIRST = '2019-11-10';
const DAYS = 280;
const dayAt = (n: number): string => addDays(FIRST, n);

let office: Office;
let pool: pg.Pool;
beforeAll(async () => {
  office = await Office.open();
  pool = openPool(office.city.running.house.databases.access.appUrl, { max: 2 });
  const looks = (n: number) =>
    office.look({
      day: dayAt(n),
      unit: UNITS[Math.floor(n / 2) % 3],
      channel: CHANNELS[n % 2],
      matter: n % 4 === 0 ? MATTER.supervision : null,
      organizations: (n % 7) + 1,
      persons: (n % 5) * 4,
      each: 3,
    });
  const far = 200;
  for (let n = 0; n < far; n += 3) await looks(n);
  await countAll(pool, office);
  // Some of them are late, and some are in months of which nothing is counted yet.
  for (let n = 1; n < DAYS; n += 3) await looks(n);
}, 120_000);
afterAll(async () => {
  await pool.end();
  await office.close();
});

async function queries(from: string, to: string, token = office.center) {
  const { data, errors } = await office.report(
    `queries { personsFrom personsTo total { ${ROW} } byUnit { ${ROW} } byChannel { ${ROW} } byMonth { ${ROW} } byUnitAndMonth { ${ROW} } }`,
    { from, to },
    token,
  );
  expect(errors).toBeUndefined();
  return data.operatingReport.queries;
}

type Sums = Record<string, [organizations: number, persons: number]>;

async function journal(key: string, from: string, to: string): Promise<Sums> {
  const { rows } = await pool.query<{ key: string; organizations: number; persons: number }>(
    `select ${key} as key, sum(cardinality(subjects) - persons)::int as organizations, sum(persons)::int as persons
     from (select *, (at at time zone 'Asia/Shanghai')::date as day from journal_entry) e where day between $1 and $2 group by 1`,
    [from, to],
  );
  return Object.fromEntries(rows.map((row) => [row.key, [row.organizations, row.persons]]));
}

const KEYS = {
  total: `'TOTAL'`,
  byUnit: 'unit',
  byChannel: 'channel',
  byMonth: `to_char(day, 'YYYY-MM')`,
  byUnitAndMonth: `unit || ' ' || to_char(day, 'YYYY-MM')`,
} as const;

async function expectAsJournal(from: string, to: string): Promise<void> {
  const told = await queries(from, to);
  const before = periodBefore({ from, to });
  for (const [table, key] of Object.entries(KEYS)) {
    const rows: Row[] = table === 'total' ? [told.total].filter(Boolean) : told[table];
    const now = await journal(key, from, to);
    const then = await journal(key, before.from, before.to);
    const total = await journal(key, '1900-01-01', to);
    const whole = told.personsFrom ? await journal(key, told.personsFrom, told.personsTo) : {};
    for (const row of rows) {
      expect([row.key, row.organizations]).toEqual([row.key, now[row.key]?.[0] ?? 0]);
      expect([row.key, row.organizationsBefore]).toEqual([row.key, then[row.key]?.[0] ?? 0]);
      expect([row.key, row.organizationsTotal]).toEqual([row.key, total[row.key]?.[0] ?? 0]);
      const persons = whole[row.key]?.[1] ?? 0;
      if (row.persons !== null) expect([row.key, row.persons]).toEqual([row.key, persons]);
      expect(row.personsAtLeast).toBeLessThanOrEqual(persons);
    }
    const keys = rows.map((row) => row.key);
    for (const [name, [organizations]] of Object.entries(now))
      if (organizations > 0) expect(keys).toContain(name);
  }
}

describe('[SP-stat] months and days', () => {
  test('agree with the journal for any period, counted or not', async () => {
    const day = fc.integer({ min: -40, max: DAYS + 40 });
    const periods = fc.tuple(day, day).map(([one, other]) => ({
      from: dayAt(Math.min(one, other)),
      to: dayAt(Math.max(one, other)),
    }));
    const asked = fc.assert(
      fc.asyncProperty(periods, ({ from, to }) => expectAsJournal(from, to)),
      { numRuns: 25 },
    );
    await asked;
    for (const [from, to] of [
      ['2020-01-01', '2020-01-31'],
      ['2020-01-01', '2020-12-31'],
      ['2020-02-01', '2020-02-28'],
      ['2020-01-15', '2020-03-14'],
    ] as const)
      await expectAsJournal(from, to);
    await countAll(pool, office);
    await expectAsJournal('2020-01-01', '2020-06-30');
    await expectAsJournal('2019-12-10', '2020-05-20');
  }, 120_000);

  test('a look that comes late into a month that is over, counted or not, shows up at once', async () => {
    const march = async () => (await queries('2020-03-01', '2020-03-31')).total;
    const before = await march();
    expect(await march()).toEqual(before);
    expect(before.persons).toBeGreaterThan(0);
    await office.look({ day: '2020-03-31', unit: UNIT.market, organizations: 2, persons: 6 });
    const late = await march();
    expect(late).toMatchObject({ organizations: before.organizations + 2, persons: before.persons + 6 });
    await countAll(pool, office);
    expect(await march()).toEqual(late);
  });

  test('what was withheld of a month is told when there are enough, and not before', async () => {
    const of = async () => {
      const told = await queries('2018-05-01', '2018-05-31');
      const { organizations, persons } = told.byUnit.find(({ key }: Row) => key === UNIT.enforcement);
      return [organizations, persons];
    };
    for (const unit of [UNIT.market, UNIT.court])
      await office.look({ day: '2018-05-05', unit, organizations: 1, persons: 30 });
    await office.look({ day: '2018-05-06', unit: UNIT.enforcement, organizations: 1, persons: 3 });
    await countAll(pool, office);
    expect(await of()).toEqual([1, null]);
    await office.look({ day: '2018-05-07', unit: UNIT.enforcement, persons: 1 });
    expect(await of()).toEqual([1, null]);
    await countAll(pool, office);
    expect(await of()).toEqual([1, null]);
    await office.look({ day: '2018-05-08', unit: UNIT.enforcement, persons: 1 });
    expect(await of()).toEqual([1, 5]);
    await countAll(pool, office);
    expect(await of()).toEqual([1, 5]);
  });

  test('a unit reads its own, whatever is remembered of all', async () => {
    await queries('2020-01-01', '2020-06-30');
    const token = await office.city.token({ role: 'agency', unit: UNIT.court, name: '王五' });
    const own = await queries('2020-01-01', '2020-06-30', token);
    expect(own.byUnit.map(({ key }: Row) => key)).toEqual([UNIT.court]);
    const sums = await journal('unit', '2020-01-01', '2020-06-30');
    expect(own.total.organizations).toBe(sums[UNIT.court]?.[0]);
    expect((await queries('2020-01-01', '2020-06-30')).byUnit).toHaveLength(UNITS.length);
  });
});
