import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { usccOf } from '../../policy/identifiers/code.ts';
import type { MatterData, UnitData } from '../../subgraphs/catalogue/data.ts';
import { Office } from './reports.ts';

/** 2016 年运行情况报告，应用篇，一、3 and 三、3: matters used and listed by municipal organs, the ten best by name, and by the districts. */
const FULFILLED: Record<string, readonly [used: number, listed: number]> = {
  市财政局: [1, 1],
  市经济和信息化委员会: [11, 11],
  市环境保护局: [9, 9],
  市发展和改革委员会: [8, 8],
  共青团上海市委: [1, 1],
  市科学委员会: [1, 1],
  市食品药品监督管理局: [6, 7],
  市人力资源和社会保障局: [9, 11],
  市规划和国土资源管理局: [4, 5],
  市质量技术监督局: [7, 11],
  其他市级单位: [63, 239],
  各区: [645, 1_041],
};

const units: UnitData[] = Object.keys(FULFILLED).map((name, at) => ({
  code: usccOf(`11310000MBX${String(at + 1).padStart(5, '0')}1`),
  name,
  kind: name === '各区' ? 'DISTRICT_GOVERNMENT' : 'MUNICIPAL_ORGAN',
  jurisdiction: name === '各区' ? '310101' : '310000',
}));
const matters: MatterData[] = units.flatMap(({ code, name }, at) =>
  Array.from({ length: FULFILLED[name]?.[1] as number }, (_, n) => ({
    code: `matter-${at}-${n}`,
    name: `应用事项 ${n}`,
    unit: code,
    kind: 'DAILY_SUPERVISION',
    aboutPersons: false,
    basis: null,
    validFrom: '2016-03-01',
    items: [],
  })),
);

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await office.catalogue({ units, items: [], matters, behaviours: [] });
  const used = units.flatMap(({ code, name }, at) =>
    Array.from({ length: FULFILLED[name]?.[0] as number }, (_, n) => ({
      unit: code,
      matter: `matter-${at}-${n}`,
    })),
  );
  await office.sql(
    'access',
    `insert into journal_entry (id, at, unit, role, channel, matter, operation, subjects, items, counts, outcome)
     select gen_random_uuid(), '2016-09-01', unit, 'agency', 'government', matter, 'Load', array[gen_random_uuid()], '{}', '{}', 'ANSWERED'
     from unnest($1::text[], $2::text[]) as u(unit, matter)`,
    [used.map(({ unit }) => unit), used.map(({ matter }) => matter)],
  );
});
afterAll(() => office.close());

const read = async (jurisdiction?: string) => {
  const { data, errors } = await office.report(
    'queries { fulfilment { unit { name } listed fulfilled rate rank } }',
    {
      from: '2016-01-01',
      to: '2016-12-31',
      ...(jurisdiction && { jurisdiction }),
    },
  );
  expect(errors).toBeUndefined();
  return data.operatingReport.queries.fulfilment as {
    unit: { name: string };
    listed: number;
    fulfilled: number;
    rate: number;
    rank: number;
  }[];
};
const sums = (rows: Awaited<ReturnType<typeof read>>) => {
  const fulfilled = rows.reduce((sum, row) => sum + row.fulfilled, 0);
  const listed = rows.reduce((sum, row) => sum + row.listed, 0);
  return [fulfilled, listed, `${((fulfilled / listed) * 100).toFixed(2)}%`];
};

test('[SP-stat] 应用清单落实情况 of 2016: the ten best, the city, the districts', async () => {
  const city = await read('310000');
  expect(city.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const percent = Object.fromEntries(
    city.map(({ unit, rate }) => [unit.name, `${(rate * 100).toFixed(2)}%`]),
  );
  expect(percent).toMatchObject({
    市财政局: '100.00%',
    市科学委员会: '100.00%',
    市食品药品监督管理局: '85.71%',
    市人力资源和社会保障局: '81.82%',
    市规划和国土资源管理局: '80.00%',
    市质量技术监督局: '63.64%',
  });
  expect(city.slice(6).map(({ unit }) => unit.name)).toEqual([
    '市食品药品监督管理局',
    '市人力资源和社会保障局',
    '市规划和国土资源管理局',
    '市质量技术监督局',
    '其他市级单位',
  ]);
  expect(sums(city)).toEqual([120, 304, '39.47%']);
  expect(sums(await read('310101'))).toEqual([645, 1_041, '61.96%']);
  expect(sums(await read())).toEqual([765, 1_345, '56.88%']);
});
