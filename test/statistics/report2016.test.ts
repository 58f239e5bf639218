import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RECORD_CLASSES, type RecordClass } from '../../policy/terms.ts';
import { REPORT_2016, generateCatalogue } from '../../subgraphs/catalogue/generate.ts';
import { Office, ROW, type Row } from './reports.ts';

/*
 * 上海市公共信用信息服务平台 2016 年运行情况报告: its figures are put on file, and its tables come out again. Months are in its charts alone: they are
 * spread here, and come to the figures of the year.
 */

type Figures = readonly [organizations: number, persons: number];

/** 数据篇，三: 历年归集数据，条. */
const COLLECTED: Record<string, Record<RecordClass, Figures>> = {
  2014: {
    REGISTRATION: [65_894, 0],
    QUALIFICATION: [49_141, 540],
    SUPERVISION: [166_578, 5_955],
    JUDGMENT: [9, 12_269],
    ENFORCEMENT: [17_475, 17_114],
    PERFORMANCE: [13, 685],
    MANAGEMENT: [3_995, 1_195],
    PUBLIC_WELFARE: [0, 81_579],
  },
  2015: {
    REGISTRATION: [104_789, 0],
    QUALIFICATION: [40_954, 143_245],
    SUPERVISION: [63_151, 17_970],
    JUDGMENT: [68_176, 273_346],
    ENFORCEMENT: [48_437, 163_634],
    PERFORMANCE: [12, 223],
    MANAGEMENT: [1_225, 2_542],
    PUBLIC_WELFARE: [0, 227],
  },
  2016: {
    REGISTRATION: [22_897, 8_994_386],
    QUALIFICATION: [9_738, 13_444],
    SUPERVISION: [57_501, 69_341],
    JUDGMENT: [25_943, 214_513],
    ENFORCEMENT: [54_292, 118_956],
    PERFORMANCE: [40, 350],
    MANAGEMENT: [48, 405],
    PUBLIC_WELFARE: [0, 0],
  },
};

/** 应用篇，七: what subjects asked by each channel in 2016, and in the year before by the growth that it tells of. */
const SUBJECTS: Record<string, { 2016: Figures; 2015: Figures }> = {
  'service-hall': { 2016: [773, 3_364], 2015: [746, 2_846] },
  website: { 2016: [6_155, 36_717], 2015: [8_793, 27_607] },
  app: { 2016: [0, 27_023], 2015: [0, 22_024] },
  wechat: { 2016: [101, 3_814], 2015: [311, 6_273] },
  window: { 2016: [223, 598], 2015: [0, 0] },
};

/** 应用篇，三、五、六, of 2016. */
const CITY: Figures = [292_844, 363_086];
const DISTRICTS: Figures = [197_334, 21_297];
const CERTIFICATES: Figures = [2_796_672, 88_359];
const METRO_AND_LIBRARY: Figures = [6_753, 64_778];

const Y2016 = { from: '2016-01-01', to: '2016-12-31' };
const pair = ({ organizations, persons }: Row): Figures => [organizations, persons as number];
const byKey = (rows: readonly Row[]): Record<string, Figures> =>
  Object.fromEntries(rows.map((row) => [row.key, pair(row)]));
const sum = (all: readonly Figures[]): Figures =>
  all.reduce<Figures>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);

/** Twelve months of a year's figure; those of less than a dozen fall into December. */
const months = ([organizations, persons]: Figures): Figures[] => {
  const part = (n: number, month: number): number =>
    n < 120 ? (month === 11 ? n : 0) : month < 11 ? Math.floor(n / 12) : n - 11 * Math.floor(n / 12);
  return Array.from(
    { length: 12 },
    (_, month): Figures => [part(organizations, month), part(persons, month)],
  );
};

let office: Office;
const units = { city: '', district: '', certificates: '', metro: '' };

async function looks(figures: Figures, more: Parameters<Office['look']>[0]): Promise<void> {
  for (const [month, [organizations, persons]] of months(figures).entries())
    await office.look({
      ...more,
      day: `${more.day.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-15`,
      organizations,
      persons,
      each: 20_000,
    });
}

beforeAll(async () => {
  office = await Office.open();
  await office.catalogue(generateCatalogue());
  const { items, units: all } = office.city.running.house.follower.current() as NonNullable<
    ReturnType<typeof office.city.running.house.follower.current>
  >;
  const [first, second, third] = [...all.values()]
    .filter((u) => u.jurisdiction === '310000')
    .map((u) => u.code);
  Object.assign(units, { city: first, certificates: second, metro: third });
  units.district = [...all.values()].find((u) => u.jurisdiction !== '310000')?.code as string;

  for (const [year, classes] of Object.entries(COLLECTED)) {
    for (const [name, figures] of Object.entries(classes)) {
      for (const [aboutPersons, count] of figures.map((n, i) => [i === 1, n] as const)) {
        const item = [...items.values()].find((i) => i.class === name && i.aboutPersons === aboutPersons);
        if (count > 0 && item) await office.batch(`${year}-06-15`, item.provider, { [item.code]: count });
      }
    }
  }
  await looks(CITY, { day: '2016', unit: units.city });
  await looks(DISTRICTS, { day: '2016', unit: units.district });
  await looks(CERTIFICATES, { day: '2016', unit: units.certificates, channel: 'market', role: 'service' });
  await looks(METRO_AND_LIBRARY, { day: '2016', unit: units.metro, channel: 'market', role: 'service' });
  for (const [channel, years] of Object.entries(SUBJECTS))
    for (const year of ['2015', '2016'] as const)
      await looks(years[year], { day: year, channel, role: 'subject' });
  await office.objections('2016-05-09', { organizations: 38, persons: 267 });
}, 240_000);
afterAll(() => office.close());

async function part(selection: string, period = Y2016) {
  const { data, errors } = await office.report(selection, period);
  expect(errors).toBeUndefined();
  return data.operatingReport;
}

describe('[SP-stat] the tables of the 2016 report', () => {
  test('归集: by class and year, with totals and growth', async () => {
    const { collection } = await part(
      `collection { total { ${ROW} } byYear { ${ROW} } byYearAndClass { ${ROW} } byClass { ${ROW} } }`,
      { from: '2014-01-01', to: '2016-12-31' },
    );
    const years = byKey(collection.byYear);
    expect(years).toEqual({ 2014: [303_105, 119_337], 2015: [326_744, 601_187], 2016: [170_459, 9_411_395] });
    for (const [year, classes] of Object.entries(COLLECTED)) {
      const rows = byKey(collection.byYearAndClass);
      for (const one of RECORD_CLASSES)
        expect([one, rows[`${year} ${one}`] ?? [0, 0]]).toEqual([one, classes[one]]);
    }
    const {
      collection: { total },
    } = await part(`collection { total { ${ROW} } }`);
    // 较 2015 年度增长 9.33 倍
    const [now, before] = [pair(total), [total.organizationsBefore, total.personsBefore]] as [
      Figures,
      Figures,
    ];
    expect(now[0] + now[1]).toBe(9_581_854);
    expect(((now[0] + now[1]) / (before[0] + before[1]) - 1).toFixed(2)).toBe('9.33');
  });

  test('三清单: units, items and matters by kind, class and purpose', async () => {
    const { catalogue } = await part(
      `catalogue { items { ${ROW} } units { key count } matters { ${ROW} } matterUnits { key count } mattersByPurpose { ${ROW} }
        mattersByUnitKind { ${ROW} } itemsByUnitKind { ${ROW} } behaviours { key count } behavioursByLevel { key count } behaviourUnits { key count } }`,
    );
    const counts = (rows: { key: string; count: number }[]) =>
      Object.fromEntries(rows.map((r) => [r.key, r.count]));
    const total = (rows: readonly Row[]) =>
      Object.fromEntries(rows.map((row) => [row.key, pair(row)[0] + pair(row)[1]]));
    expect(pair(catalogue.items)).toEqual([27_185, 18_748]);
    expect(counts(catalogue.units)).toEqual(REPORT_2016.units);
    expect(total(catalogue.itemsByUnitKind)['DISTRICT_GOVERNMENT']).toBe(40_607);
    expect(pair(catalogue.matters)).toEqual([1_335, 389]);
    expect(counts(catalogue.matterUnits)).toEqual(REPORT_2016.matters.units);
    expect(total(catalogue.mattersByUnitKind)).toEqual(REPORT_2016.matters.byUnitKind);
    expect(total(catalogue.mattersByPurpose)).toMatchObject({
      ADMINISTRATIVE_APPROVAL: 536,
      ADMINISTRATIVE_PENALTY: 206,
      DAILY_SUPERVISION: 483,
      GOVERNMENT_PROCUREMENT: 51,
      TENDERING: 42,
      COMMENDATION: 217,
      FUNDING: 146,
      RECRUITMENT: 43,
    });
    expect(counts(catalogue.behaviours)).toEqual({ PUNISHMENT: 269, INCENTIVE: 26 });
    expect(counts(catalogue.behavioursByLevel)).toEqual({ NATIONAL: 47, LOCAL: 248 });
    expect(counts(catalogue.behaviourUnits)).toEqual(REPORT_2016.behaviours.units);
  });

  test('[SP-channel] 应用: by channel, with growth against the year before', async () => {
    const { queries } = await part(
      `queries { byChannel { ${ROW} } byMonthAndChannel { ${ROW} } byMonth { ${ROW} } total { ${ROW} } }`,
    );
    const channels = byKey(queries.byChannel);
    expect(channels).toMatchObject({
      government: [490_178, 384_383],
      market: sum([CERTIFICATES, METRO_AND_LIBRARY]),
      ...Object.fromEntries(Object.entries(SUBJECTS).map(([channel, years]) => [channel, years[2016]])),
    });
    expect(sum(queries.byMonth.map(pair))).toEqual(pair(queries.total));
    for (const [channel, figures] of Object.entries(channels)) {
      const own = queries.byMonthAndChannel.filter((row: Row) => row.key.endsWith(` ${channel}`));
      expect(sum(own.map(pair))).toEqual(figures);
    }
    const growth = Object.fromEntries(
      queries.byChannel.map((row: Row) => [
        row.key,
        [row.organizationsGrowth, row.personsGrowth].map((part) => part && (part * 100).toFixed(1)),
      ]),
    );
    expect(growth).toMatchObject({
      'service-hall': ['3.6', '18.2'],
      website: ['-30.0', '33.0'],
      app: [null, '22.7'],
      wechat: ['-67.5', '-39.2'],
    });
  });

  test('[NT-40] 应用: by unit and place, ranked', async () => {
    const { queries } = await part(
      `queries { byUnit { ${ROW} } byRole { ${ROW} } byUnitAndMonth { ${ROW} } byJurisdiction { ${ROW} } }`,
    );
    expect(byKey(queries.byUnit)).toEqual({
      [units.city]: CITY,
      [units.district]: DISTRICTS,
      [units.certificates]: CERTIFICATES,
      [units.metro]: METRO_AND_LIBRARY,
    });
    const ranks = queries.byUnit.map((row: Row) => [row.key, row.organizationsRank, row.personsRank]);
    expect(ranks).toEqual([
      [units.certificates, 1, 2],
      [units.city, 2, 1],
      [units.district, 3, 4],
      [units.metro, 4, 3],
    ]);
    expect(byKey(queries.byRole)).toMatchObject({ agency: [490_178, 384_383] });
    const months = queries.byUnitAndMonth.filter((row: Row) => row.key.startsWith(`${units.district} `));
    expect(months).toHaveLength(12);
    expect(sum(months.map(pair))).toEqual(DISTRICTS);
    const [district] = [...(office.city.running.house.follower.current()?.units.values() ?? [])].filter(
      ({ code }) => code === units.district,
    );
    expect(byKey(queries.byJurisdiction)[district?.jurisdiction as string]).toEqual(DISTRICTS);
    const { queries: own } = await part(`queries { total { ${ROW} } }`, {
      ...Y2016,
      jurisdiction: district?.jurisdiction,
    } as never);
    expect(pair(own.total)).toEqual(DISTRICTS);
  });

  test('[SP-obj] 异议: 38 and 267 filed, all closed, none marked', async () => {
    const { objections } = await part(
      `objections { filed { ${ROW} } closed { ${ROW} } marked { key } filedByMonth { ${ROW} } closedByResult { ${ROW} } }`,
    );
    expect(pair(objections.filed)).toEqual([38, 267]);
    expect(pair(objections.closed)).toEqual([38, 267]);
    expect(objections.marked).toBeNull();
    expect(byKey(objections.filedByMonth)).toEqual({ '2016-05': [38, 267] });
  });
});
