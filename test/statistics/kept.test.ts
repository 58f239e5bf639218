import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { ToldBlocks, toldBlock } from '../../policy/statistics/told.ts';
import { startEmbedded } from '../../gateway/embedded/start.ts';
import { figuresOf, textOf } from '../../subgraphs/access/report/figures.ts';
import { type Answer, post } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { countAll } from './counting.ts';
import { Office, type Row } from './reports.ts';

/* What months that are over come to, kept for processes that start later. */

const MARCH = '2020-03';
const APRIL = '2020-04';

let office: Office;
let pool: pg.Pool;
beforeAll(async () => {
  office = await Office.open();
  pool = office.city.database('access');
  for (const month of [MARCH, APRIL]) {
    for (const unit of [UNIT.market, UNIT.court])
      await office.look({ day: `${month}-05`, unit, organizations: 3, persons: 40 });
    await office.look({ day: `${month}-06`, unit: UNIT.enforcement, organizations: 1, persons: 3 });
  }
  await countAll(pool, office);
}, 120_000);
afterAll(() => office.close());

interface Told {
  total: { organizations: number; persons: number };
  byUnit: Pick<Row, 'key' | 'organizations' | 'persons'>[];
  byJurisdiction: Pick<Row, 'key' | 'organizations'>[];
}

const QUERY = `query ($from: Date!, $to: Date!) { operatingReport(from: $from, to: $to) { queries {
  total { organizations persons } byUnit { key organizations persons } byJurisdiction { key organizations } } } }`;

async function asked(url: string, month: string): Promise<Told> {
  const variables = { from: `${month}-01`, to: month === MARCH ? `${month}-31` : `${month}-30` };
  const response = await post(url, QUERY, { token: office.center, variables });
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  return data.operatingReport.queries;
}

/** By a process that starts now. */
async function later(...months: string[]): Promise<Told[]> {
  const running = await startEmbedded(office.city.running.house.settings);
  try {
    const told: Told[] = [];
    for (const month of months) told.push(await asked(running.url, month));
    return told;
  } finally {
    await running.close();
  }
}

const unitOf = ({ byUnit }: Told, unit: string) => byUnit.find(({ key }) => key === unit);

describe('[SP-stat] figures that are kept of a month', () => {
  test('are what a later process tells, until the month or the place of a unit is another', async () => {
    const { url } = office.city.running;
    const before = { march: await asked(url, MARCH), april: await asked(url, APRIL) };
    expect(before.march.total.organizations).toBe(7);
    expect(unitOf(before.march, UNIT.enforcement)).toMatchObject({ organizations: 1, persons: null });

    // Without a new revision, as nothing of the application's does: whoever works a month out tells it.
    await office.sql(
      'access',
      `update journal_month set organizations = organizations + 100 where unit = $1`,
      [UNIT.market],
    );
    expect(await later(MARCH, APRIL)).toEqual([before.march, before.april]);

    await office.look({ day: `${APRIL}-07`, unit: UNIT.enforcement, persons: 2 });
    const [, uncounted] = (await later(MARCH, APRIL)) as [Told, Told];
    await countAll(pool, office);
    const [march, april] = (await later(MARCH, APRIL)) as [Told, Told];
    expect(march).toEqual(before.march);
    expect(april).toEqual(uncounted);
    expect(unitOf(april, UNIT.enforcement)).toMatchObject({ organizations: 1, persons: 5 });
    expect(april.total.organizations).toBeGreaterThan(100);

    const places = before.march.byJurisdiction.map(({ key }) => key);
    expect(places).not.toContain('310101');
    await office.sql('catalogue', `update unit set jurisdiction = '310101' where code = $1`, [UNIT.market]);
    const [moved] = (await later(MARCH)) as [Told];
    expect(moved.byJurisdiction).toContainEqual({ key: '310101', organizations: expect.any(Number) });
    expect(moved.total.organizations).toBeGreaterThan(100);
  }, 120_000);

  test('are no business of those who write the journal and seal it', async () => {
    for (const role of ['access_journal', 'journal_sealer']) {
      const { rows } = await pool.query(
        `select has_table_privilege($1, 'journal_month_figures', 'select, insert, update, delete') as may`,
        [role],
      );
      expect([role, rows[0].may]).toEqual([role, false]);
    }
  });

  test('tell what the month tells, and do not have what it withholds', async () => {
    const cell = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null });
    const atom = fc.record({ cells: fc.tuple(cell, cell, cell), persons: fc.integer({ min: 1, max: 9 }) });
    const counts = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'e'), fc.integer({ min: 1 })), {
      minLength: 3,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(atom, { maxLength: 12 }), counts, async (atoms, byTable) => {
        const organizations = byTable.map((own) => new Map(Object.entries(own)));
        const told = await toldBlock(atoms, 3);
        const text = textOf({ organizations, told });
        const kept = await figuresOf(text);
        expect(kept.organizations).toEqual(organizations);
        expect(kept.told.withheld.map((own) => own === 'ALL')).toEqual(
          told.withheld.map((own) => own === 'ALL'),
        );
        const [one, other] = [told, kept.told].map((block) => new ToldBlocks(new Map([[MARCH, block]])));
        const sums = told.sums.map((own, table) => {
          expect([...(other?.cells(MARCH, table) ?? [])]).toEqual(expect.arrayContaining([...own.keys()]));
          for (const name of ['a', 'b', 'c', 'd'])
            expect(other?.over([MARCH], table, name)).toEqual(one?.over([MARCH], table, name));
          const withheld = told.withheld[table];
          return new Map(
            [...own].map(([name, n]) => [name, withheld === 'ALL' || withheld?.has(name) ? 77 : n]),
          );
        });
        expect(textOf({ organizations, told: { ...told, sums } })).toBe(text);
      }),
    );
  });
});
