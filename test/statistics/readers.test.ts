import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Office, ROW, type Row } from './reports.ts';

const Y = { from: '2020-01-01', to: '2020-12-31' };
const TABLES = `catalogue { items { ${ROW} } itemsByUnit { ${ROW} } }
  collection { total { ${ROW} } byUnit { ${ROW} } byClass { ${ROW} } quality { unit { code } linkRate received rejected withheld } fulfilment { unit { code } listed fulfilled rate } }
  queries { total { ${ROW} } byUnit { ${ROW} } byMonth { ${ROW} } byUnitAndMonth { ${ROW} } }
  objections { filed { ${ROW} } filedByUnit { ${ROW} } filedByMonth { ${ROW} } closed { ${ROW} } }`;

let office: Office;
let item: { code: string; provider: string };
let personItem: { code: string; provider: string };
beforeAll(async () => {
  office = await Office.open();
  const items = [...(office.city.running.house.follower.current()?.items.values() ?? [])];
  const of = (aboutPersons: boolean) =>
    items.find(
      (i) => i.aboutPersons === aboutPersons && i.jurisdiction === '310116' && i.inForce,
    ) as typeof item;
  item = of(false);
  personItem = of(true);
  await office.batch('2020-03-02', item.provider, { [item.code]: 40 }, { unlinked: 10 });
  await office.batch('2020-03-02', personItem.provider, { [personItem.code]: 30 });
  await office.look({ day: '2020-05-05', unit: UNIT.market, organizations: 50, persons: 60 });
  await office.look({ day: '2020-05-06', unit: UNIT.court, organizations: 70, persons: 80 });
  await office.look({ day: '2020-05-06', unit: UNIT.construction, organizations: 6, persons: 90 });
  await office.objections('2020-06-01', { organizations: 7, persons: 20 }, UNIT.market);
  await office.objections('2020-06-01', { organizations: 1, persons: 30 }, UNIT.court);
});
afterAll(() => office.close());

const tokenOf = (role: 'agency' | 'provider' | 'service' | 'authority', unit: string) =>
  office.city.token({ role, unit, name: '王五' });

describe('[SP-stat][NT-40] who reads the report', () => {
  test('the center and the authority: all of it, without a purpose', async () => {
    const authority = await tokenOf('authority', UNIT.market);
    const { data, errors } = await office.report(TABLES, Y, authority);
    expect(errors).toBeUndefined();
    expect(data).toEqual((await office.report(TABLES, Y)).data);
    const { queries, collection, objections } = data.operatingReport;
    expect(queries.byUnit).toHaveLength(3);
    expect(
      objections.filedByUnit.map(({ key, organizations, persons }: Row) => [key, organizations, persons]),
    ).toEqual([
      [UNIT.market, 7, 20],
      [UNIT.court, 1, 30],
    ]);
    const quality = collection.quality.find((q: { unit: { code: string } }) => q.unit.code === item.provider);
    expect(quality).toMatchObject(
      item.provider === personItem.provider
        ? { received: 80 }
        : { received: 50, rejected: 10, linkRate: 0.8 },
    );
    expect(
      collection.fulfilment.find((f: { unit: { code: string } }) => f.unit.code === item.provider).fulfilled,
    ).toBeGreaterThan(0);
  });

  test('[SH-6] a unit: its own rows alone', async () => {
    for (const role of ['agency', 'provider'] as const) {
      const { data, errors } = await office.report(TABLES, Y, await tokenOf(role, UNIT.court));
      expect(errors).toBeUndefined();
      const { queries, objections, collection, catalogue } = data.operatingReport;
      expect(queries.byUnit.map(({ key }: Row) => key)).toEqual([UNIT.court]);
      expect(queries.total).toMatchObject({ organizations: 70, persons: 80 });
      expect(objections.filed).toMatchObject({ organizations: 1, persons: 30 });
      const others = JSON.stringify([collection, catalogue, queries, objections]);
      expect(others).not.toContain(UNIT.market);
      expect(others).not.toContain(UNIT.construction);
    }
  });

  test('nobody else: the public and subjects are refused, also past the root', async () => {
    const subject = await office.city.token({ role: 'subject', code: firmCode(1) });
    for (const token of ['', subject]) {
      const { data, errors } = await office.report(TABLES, Y, token);
      expect(data?.operatingReport ?? null).toBeNull();
      if (token) expect(errors?.map(({ extensions }) => extensions.code)).toContain('FORBIDDEN');
    }
    const service = await office.city.token({ role: 'service', unit: UNIT.court, name: '王五' });
    const { data } = await office.report(TABLES, Y, service);
    expect(data.operatingReport.queries.byUnit.map(({ key }: Row) => key)).toEqual([UNIT.court]);
  });

  test('periods and places that make no sense are told of', async () => {
    for (const [argument, period] of [
      ['from', { from: '2020-02-30', to: '2020-12-31' }],
      ['to', { from: '2020-02-03', to: '2020-02-02' }],
      ['from', { from: '1900-01-01', to: '2020-02-02' }],
      ['jurisdiction', { ...Y, jurisdiction: '金山' }],
    ] as const) {
      const { errors } = await office.report('from', period);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });

  test('an agency that is down costs its own tables', async () => {
    await office.city.reachable('collection', false);
    try {
      const { data, errors } = await office.report(TABLES, Y);
      expect(data.operatingReport.collection).toBeNull();
      expect(data.operatingReport.queries.total.organizations).toBe(126);
      expect(data.operatingReport.objections.filed.organizations).toBe(8);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    } finally {
      await office.city.reachable('collection', true);
    }
  });
});

describe('[SP-stat] small counts of natural persons', () => {
  test('are withheld in every part, with what they could be worked out from', async () => {
    const year = { from: '2019-01-01', to: '2019-12-31' };
    await office.look({ day: '2019-05-05', unit: UNIT.market, organizations: 50, persons: 60 });
    await office.look({
      day: '2019-05-06',
      unit: UNIT.court,
      organizations: 2,
      persons: 3,
      matter: MATTER.quality,
    });
    await office.look({ day: '2019-05-06', unit: UNIT.construction, organizations: 1, persons: 900 });
    await office.objections('2019-06-01', { organizations: 1, persons: 2 }, UNIT.market);
    await office.batch('2019-06-01', personItem.provider, { [personItem.code]: 4 });
    const { data, errors } = await office.report(TABLES, year);
    expect(errors).toBeUndefined();
    const { queries, objections, collection } = data.operatingReport;
    const unit = (key: string) => queries.byUnit.find((row: Row) => row.key === key);
    expect(queries.total).toMatchObject({ organizations: 53, persons: 963, withheld: false });
    expect(unit(UNIT.court)).toMatchObject({
      organizations: 2,
      persons: null,
      withheld: true,
      personsRank: null,
    });
    // Else the total less the others would tell.
    expect(unit(UNIT.market)).toMatchObject({ persons: null, withheld: true });
    expect(unit(UNIT.construction)).toMatchObject({ persons: 900, withheld: false, personsRank: 1 });
    expect(objections.filed).toMatchObject({ organizations: 1, persons: null, withheld: true });
    expect(collection.total).toMatchObject({ persons: null, withheld: true });
    const [quality] = collection.quality;
    expect(quality).toMatchObject({ received: null, rejected: null, withheld: true });
    const later = await office.report(TABLES, { from: '2020-01-01', to: '2020-12-31' });
    const rows = later.data.operatingReport.queries.byUnit as Row[];
    for (const key of [UNIT.court, UNIT.market])
      expect(rows.find((row) => row.key === key)).toMatchObject({ personsBefore: null, personsGrowth: null });
  });

  test('withheld to a unit about itself, too', async () => {
    const { data } = await office.report(
      TABLES,
      { from: '2019-01-01', to: '2019-12-31' },
      await tokenOf('agency', UNIT.court),
    );
    expect(data.operatingReport.queries.total).toMatchObject({
      organizations: 2,
      persons: null,
      withheld: true,
    });
  });
});
