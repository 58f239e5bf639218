import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CatalogueProcess, openTestGround } from './support.ts';

let ground: Awaited<ReturnType<typeof openTestGround>>;
let city: CatalogueProcess;

beforeAll(async () => {
  ground = await openTestGround();
  city = await CatalogueProcess.open(ground);
});
afterAll(async () => {
  await city.close();
  await ground.remove();
});

const tierOn = async (code: string, asOf: string): Promise<string[]> => {
  const { data } = await city.ask(
    'query ($search: String, $asOf: Date) { catalogueItems(search: $search, asOf: $asOf) { nodes { tier } } }',
    { search: code, asOf },
  );
  return data.catalogueItems.nodes.map((n: { tier: string }) => n.tier);
};

test('the center publishes an item, in force today', async () => {
  const { data, errors } = await city.publishItem({ code: 'p-first' });
  expect(errors).toBeUndefined();
  expect(data.publishItem.item).toEqual({
    code: 'p-first',
    name: '预付卡监督检查信息',
    tier: 'SHARED',
    version: 1,
    validFrom: '2026-03-02',
    validTo: null,
    provider: { name: '上海市金山区市场监督管理局' },
  });
});

test.each(['agency', 'provider', 'authority', 'service', 'subject'] as const)(
  'a caller of role %s publishes nothing',
  async (role) => {
    for (const { errors } of [
      await city.publishItem({ code: 'p-role' }, role),
      await city.publishMatter({}, role),
    ]) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await city.versionsOf('p-role')).toEqual([]);
  },
);

test('the public publishes nothing', async () => {
  expect((await city.publishItem({ code: 'p-role' }, null)).errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('[SH-15] a new version ends the one before on the day before, and past years stay as they were', async () => {
  await city.publishItem({ code: 'p-year' });
  await city.publishItem({ code: 'p-year', tier: 'PUBLIC', validFrom: '2027-01-01' });
  expect(await city.versionsOf('p-year')).toEqual([
    [1, 'SHARED', '2026-03-02', '2026-12-31'],
    [2, 'PUBLIC', '2027-01-01', null],
  ]);
  expect(await tierOn('p-year', '2026-12-31')).toEqual(['SHARED']);
  expect(await tierOn('p-year', '2027-01-01')).toEqual(['PUBLIC']);
  expect(await tierOn('p-year', '2026-03-01')).toEqual([]);
});

test('[SH-15] a version between two others ends where the next begins', async () => {
  await city.publishItem({ code: 'p-between' });
  await city.publishItem({ code: 'p-between', tier: 'PUBLIC', validFrom: '2028-01-01' });
  await city.publishItem({ code: 'p-between', tier: 'AUTHORIZED', validFrom: '2027-01-01' });
  expect(await city.versionsOf('p-between')).toEqual([
    [1, 'SHARED', '2026-03-02', '2026-12-31'],
    [2, 'PUBLIC', '2028-01-01', null],
    [3, 'AUTHORIZED', '2027-01-01', '2027-12-31'],
  ]);
});

test('[SH-15] what is replaced on its first day stays on file but never holds', async () => {
  await city.publishItem({ code: 'p-twice' });
  await city.publishItem({ code: 'p-twice', tier: 'PUBLIC' });
  expect(await city.versionsOf('p-twice')).toEqual([
    [1, 'SHARED', '2026-03-02', '2026-03-01'],
    [2, 'PUBLIC', '2026-03-02', null],
  ]);
  expect(await tierOn('p-twice', '2026-03-02')).toEqual(['PUBLIC']);
  expect(await tierOn('p-twice', '2026-03-01')).toEqual([]);
});

test('publishing the same again changes nothing', async () => {
  await city.publishItem({ code: 'p-same', useScope: '日常监管' });
  await city.subgraph.refresh();
  const version = (await city.subgraph.snapshots?.snapshot(-1))?.version;
  const again = await city.publishItem({ code: 'p-same', useScope: '日常监管' });
  expect(again.data.publishItem.item.version).toBe(1);
  await city.subgraph.refresh();
  expect((await city.subgraph.snapshots?.snapshot(-1))?.version).toBe(version);
});

test.each([
  ['code', { code: 'has blanks' }],
  ['name', { name: '  ' }],
  ['name', { name: '名\u0000称' }],
  ['provider', { provider: '11310116MBY999999X' }],
  ['jurisdiction', { jurisdiction: '999999' }],
  ['jurisdiction', { jurisdiction: '310000-draft' }],
  ['recordType', { recordType: 'Subject' }],
  ['dataStandard', { dataStandard: 'spreadsheet' }],
  ['grade', { grade: 'SEVERE' }],
  ['validityPeriod', { validityPeriod: '5 years' }],
  ['validityPeriod', { validityPeriod: 'P1000000000000000Y' }],
  ['updateCycle', { updateCycle: ' ' }],
  ['validFrom', { validFrom: '2026-03-01' }],
  ['validFrom', { validFrom: '2026-02-30' }],
])('an item with a wrong %s is refused by name, in both languages', async (argument, input) => {
  const { errors } = await city.publishItem({ code: 'p-wrong', ...input });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  expect(errors?.[0]?.message).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
  expect(await city.versionsOf('p-wrong')).toEqual([]);
});

test.each([
  '居民血型信息',
  '宗教信仰登记信息',
  '指纹采集信息',
  '个人基因检测信息',
  '患者病史信息',
  '慢性疾病信息',
])('[SH-14] %s cannot enter the catalogue', async (name) => {
  const { errors } = await city.publishItem({ code: 'p-never', name, aboutPersons: true });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'name' });
  expect(await city.versionsOf('p-never')).toEqual([]);
});

test('[SH-14] what organizations are lawfully called is not taken for it', async () => {
  const { errors } = await city.publishItem({ code: 'p-center', name: '疾病预防控制机构检查信息' });
  expect(errors).toBeUndefined();
});

test('[SH-17] an item of dishonest conduct states its degree where the jurisdiction grades conduct', async () => {
  const item = { code: 'p-graded', negative: true };
  const { errors } = await city.publishItem(item);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'grade' });
  expect(errors?.[0]?.message).toContain('SH-17，第十七条');
  expect((await city.publishItem({ ...item, grade: 'GENERAL' })).errors).toBeUndefined();
});

test('[NT-14] Nantong does not name fingerprints', async () => {
  const { errors } = await city.publishItem({
    code: 'p-nantong',
    name: '指纹锁产品抽查信息',
    jurisdiction: '320600',
    provider: '11320600MBY016008B',
  });
  expect(errors?.[0]?.extensions.argument).not.toBe('name');
});

test.each([
  ['jurisdiction', { jurisdiction: '310000' }],
  ['recordType', { recordType: 'Honor' }],
  ['aboutPersons', { aboutPersons: true }],
])('what an item’s records are kept by cannot change: %s', async (_field, input) => {
  await city.publishItem({ code: 'p-fixed' });
  const { errors } = await city.publishItem({ code: 'p-fixed', ...input });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
  expect(await city.versionsOf('p-fixed')).toHaveLength(1);
});

test('[SH-18] a matter is published with its scope, and its next version with another', async () => {
  const first = await city.publishMatter({ code: 'm-scope' });
  expect(first.errors).toBeUndefined();
  expect(first.data.publishMatter.matter).toMatchObject({
    version: 1,
    scopeSize: 2,
    scope: { nodes: [{ code: '310116-inspection-amr' }, { code: '310116-penalty-amr' }] },
  });
  const same = await city.publishMatter({
    code: 'm-scope',
    items: ['310116-penalty-amr', '310116-inspection-amr', '310116-penalty-amr'],
  });
  expect(same.data.publishMatter.matter.version).toBe(1);
  const next = await city.publishMatter({
    code: 'm-scope',
    items: ['310116-penalty-um'],
    validFrom: '2026-04-01',
  });
  expect(next.data.publishMatter.matter).toMatchObject({
    version: 2,
    validFrom: '2026-04-01',
    validTo: null,
    scopeSize: 1,
  });
  const { data } = await city.ask('{ matters(search: "m-scope") { nodes { version validTo scopeSize } } }');
  expect(data.matters.nodes).toEqual([{ version: 1, validTo: '2026-03-31', scopeSize: 2 }]);
});

test('[SH-18] every unknown item of a scope is named', async () => {
  const { errors } = await city.publishMatter({
    code: 'm-unknown',
    items: ['x-1', '310116-penalty-um', 'x-2'],
  });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'items' });
  expect(errors?.[0]?.message).toContain('x-1');
  expect(errors?.[0]?.message).toContain('x-2');
  expect(errors?.[0]?.message).not.toContain('310116-penalty-um');
});

test('a matter of an unknown unit is refused', async () => {
  const { errors } = await city.publishMatter({ code: 'm-unit', unit: '11310116MBY999999X' });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'unit' });
});

test('[SH-18] a scope names items, not their versions: a new tier holds in the matter at once', async () => {
  await city.publishItem({ code: 'p-in-scope' });
  await city.publishMatter({ code: 'm-follows', items: ['p-in-scope'] });
  await city.publishItem({ code: 'p-in-scope', tier: 'PUBLIC' });
  const { data } = await city.ask(
    '{ matters(search: "m-follows") { nodes { scope { nodes { code tier } } } } }',
  );
  expect(data.matters.nodes[0].scope.nodes).toEqual([{ code: 'p-in-scope', tier: 'PUBLIC' }]);
});
