import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { openPool } from '../../platform/postgres/pool.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { countAll } from './counting.ts';
import { Office, ROW, type Row } from './reports.ts';

/** 应用篇，四、政府信用联合奖惩情况: information of courts, industry and taxes used up to the end of 2016, by purpose. */
const USED: Record<string, readonly [organizations: number, persons: number]> = {
  ADMINISTRATIVE_APPROVAL: [18_204, 39_517],
  DAILY_SUPERVISION: [576_863, 954_291],
  GOVERNMENT_PROCUREMENT: [41, 3_264],
  FUNDING: [5_708, 4_052],
  COMMENDATION: [14_750, 14_766],
  RECRUITMENT: [0, 81_638],
};
const ALL = { organizations: 615_566, persons: 1_097_528 };
const TAXES = '11310116MBY0211614';
const PROVIDERS = [UNIT.court, UNIT.market, TAXES];
/** Subjects of an entry at most. */
const EACH = 20_000;

let office: Office;
let pool: pg.Pool;
let items: Map<string, string[]>;
const matterOf = new Map<string, string>();

/** An entry as the journal's writer leaves it: subjects, and what each of them was told of. */
async function entry(
  day: string,
  matter: string,
  subjects: readonly string[],
  told: readonly (readonly string[])[],
  persons: number,
  unit: string | null = UNIT.construction,
): Promise<void> {
  const codes = [...new Set(told.flat())];
  await office.sql(
    'access',
    `with entry as (
       insert into journal_entry (id, at, unit, role, channel, matter, operation, subjects, items, counts, outcome, persons)
       values (gen_random_uuid(), ($1 || 'T10:00:00+08:00')::timestamptz, $7, 'agency', 'government', $2, 'Load', $3::uuid[], $4::text[],
         array_fill(1, array[cardinality($4::text[])]), 'ANSWERED', $5) returning seq
     )
     insert into journal_subject (subject_id, seq, items)
     select distinct on (s.id) s.id, entry.seq, string_to_array(s.items, ' ') from entry, unnest($3::uuid[], $6::text[]) s(id, items)`,
    [day, matter, subjects, codes, persons, subjects.map((_, at) => told[at % told.length]?.join(' ')), unit],
  );
}

beforeAll(async () => {
  office = await Office.open();
  pool = openPool(office.city.running.house.databases.access.appUrl, { max: 2 });
  const snapshot = office.city.running.house.follower.current();
  items = Map.groupBy(
    [...(snapshot?.items.values() ?? [])].filter(({ inForce }) => inForce),
    ({ provider }) => provider,
  )
    .values()
    .reduce(
      (all, own) =>
        all.set(
          own[0]?.provider as string,
          own.map(({ code }) => code),
        ),
      new Map(),
    );
  for (const { code, kind, unit } of snapshot?.matters.values() ?? [])
    if (unit.startsWith('11310116') && !matterOf.has(kind)) matterOf.set(kind, code);
  for (const [kind, figures] of Object.entries(USED)) {
    for (const [share, sum] of figures.entries()) {
      for (const [at, provider] of PROVIDERS.entries()) {
        // A third each, what is over with the first.
        let left = Math.floor(sum / 3) + (at === 0 ? sum % 3 : 0);
        for (let n = 0; left > 0; left -= n) {
          n = Math.min(left, EACH);
          const subjects = Array<string>(n).fill(randomUUID());
          const item = items.get(provider)?.[0] as string;
          await entry('2016-05-10', matterOf.get(kind) as string, subjects, [[item]], share * n);
        }
      }
    }
  }
  await countAll(pool, office);
}, 240_000);
afterAll(async () => {
  await pool.end();
  await office.close();
});

async function uses(period: { from: string; to: string; jurisdiction?: string }, token = office.center) {
  const { data, errors } = await office.report(
    `queries { usesByProvider { ${ROW} } usesByProviderAndPurpose { ${ROW} } }`,
    period,
    token,
  );
  expect(errors).toBeUndefined();
  return data.operatingReport.queries as Record<'usesByProvider' | 'usesByProviderAndPurpose', Row[]>;
}

const short = (rows: readonly Row[]) =>
  rows.map(({ key, organizations, persons }) => [key, organizations, persons]);

describe('[SP-measures][SP-stat] uses of information by who provided it', () => {
  test('of courts, industry and taxes to the end of 2016, by purpose', async () => {
    const told = await uses({ from: '2016-01-01', to: '2016-12-31' });
    const sum = (rows: readonly Row[], of: 'organizationsTotal' | 'personsTotal') =>
      rows.reduce((all, row) => all + (row[of] as number), 0);
    expect(sum(told.usesByProvider, 'organizationsTotal')).toBe(ALL.organizations);
    expect(sum(told.usesByProvider, 'personsTotal')).toBe(ALL.persons);
    expect(told.usesByProvider.map(({ key }) => key).sort()).toEqual([...PROVIDERS].sort());
    for (const [kind, [organizations, persons]] of Object.entries(USED)) {
      const rows = told.usesByProviderAndPurpose.filter(({ key }) => key.endsWith(` ${kind}`));
      expect([kind, sum(rows, 'organizationsTotal'), sum(rows, 'personsTotal')]).toEqual([
        kind,
        organizations,
        persons,
      ]);
    }
    const names = told.usesByProviderAndPurpose.map(({ name }) => name);
    expect(names.some((name) => name.endsWith('日常监管'))).toBe(true);
  }, 60_000);

  test('a look counts once for each provider, whatever the number of its items; in a batch by what each subject was told', async () => {
    const [court = [], market = []] = [UNIT.court, UNIT.market].map((unit) => items.get(unit));
    const ids = (n: number) => Array.from({ length: n }, () => randomUUID());
    await entry('2014-03-03', MATTER.supervision, ids(1), [[...market.slice(0, 3), court[0] as string]], 0);
    // Every other was told of by the court; there is a person among them, so that all are guarded as persons.
    await entry('2014-03-04', MATTER.supervision, ids(16), [[court[0] as string], [market[0] as string]], 1);
    // Told of nothing, of what is in no catalogue, and to nobody's unit.
    await entry('2014-03-05', MATTER.supervision, ids(1), [[]], 0);
    await entry('2014-03-05', MATTER.supervision, ids(1), [['gone']], 0);
    await entry('2014-03-05', MATTER.supervision, ids(1), [[court[0] as string]], 0, null);
    const expected = [
      [UNIT.market, 1, 8],
      [UNIT.court, 1, 8],
    ].sort();
    const march = { from: '2014-03-01', to: '2014-03-31' };
    const untold = await uses(march);
    expect(short(untold.usesByProvider).sort()).toEqual(expected);
    await countAll(pool, office);
    expect(await uses(march)).toEqual(untold);
    const days = await uses({ from: '2014-03-03', to: '2014-03-03' });
    expect(short(days.usesByProvider).sort()).toEqual(
      [
        [UNIT.market, 1, null],
        [UNIT.court, 1, null],
      ].sort(),
    );
  });

  test('few persons are withheld; a unit reads what it used itself', async () => {
    const court = items.get(UNIT.court)?.[0] as string;
    const supervision = { from: '2013-03-01', to: '2013-03-31' };
    await entry('2013-03-03', MATTER.supervision, [randomUUID()], [[court]], 1, UNIT.market);
    expect((await uses(supervision)).usesByProvider).toEqual([]);
    const token = await office.city.token({ role: 'agency', unit: UNIT.personnel, name: '王五' });
    expect((await uses({ from: '2016-01-01', to: '2016-12-31' }, token)).usesByProvider).toEqual([]);
  });
});
