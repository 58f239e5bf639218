import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { generateCatalogue } from '../../subgraphs/catalogue/generate.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { CatalogueProcess, REGULATOR, TODAY, openTestGround } from './support.ts';

let ground: Awaited<ReturnType<typeof openTestGround>>;
let city: CatalogueProcess;
const own = ownCatalogue();

beforeAll(async () => {
  ground = await openTestGround();
  city = await CatalogueProcess.open(ground);
});
afterAll(async () => {
  await city.close();
  await ground.remove();
});

const ITEMS = `query ($jurisdiction: String, $class: RecordClass, $tier: DisclosureTier, $provider: String, $search: String, $asOf: Date, $first: Int, $after: String) {
  catalogueItems(jurisdiction: $jurisdiction, class: $class, tier: $tier, provider: $provider, search: $search, asOf: $asOf, first: $first, after: $after) {
    totalCount nodes { code name } edges { cursor node { code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function allPages(filter: Record<string, unknown>, first: number): Promise<string[]> {
  const codes: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors } = await city.ask(ITEMS, { ...filter, first, after });
    expect(errors).toBeUndefined();
    const page = data.catalogueItems;
    codes.push(...page.nodes.map((n: { code: string }) => n.code));
    if (!page.pageInfo.hasNextPage) return codes;
    after = page.pageInfo.endCursor;
  }
}

test('[JS-9] anyone reads an item with name, class, standard, tier, term and provider', async () => {
  const { data, errors } = await city.ask(
    `{ catalogueItems(search: "310116-red-tax") { nodes { code name class dataStandard tier validityPeriod provider { code name kind jurisdiction }
       recordType aboutPersons negative grade updateCycle useScope jurisdiction validFrom validTo version } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.catalogueItems.nodes).toEqual([
    {
      code: '310116-red-tax',
      name: 'A级纳税人名单',
      class: 'MANAGEMENT',
      dataStandard: 'taxpayer-a',
      tier: 'PUBLIC',
      validityPeriod: 'P1Y',
      provider: {
        code: '11310116MBY151169N',
        name: '国家税务总局上海市金山区税务局',
        kind: 'CENTRAL_UNIT',
        jurisdiction: '310116',
      },
      recordType: 'RedListing',
      aboutPersons: false,
      negative: false,
      grade: null,
      updateCycle: '每年',
      useScope: '社会公开；政府共享',
      jurisdiction: '310116',
      validFrom: '2016-03-01',
      validTo: null,
      version: 1,
    },
  ]);
});

test('[JS-9] pages of any size together are the list that was asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 7, max: 100 }),
      fc.record({
        jurisdiction: fc.constantFrom(null, '310116', '320600'),
        class: fc.constantFrom(null, 'SUPERVISION', 'MANAGEMENT'),
        tier: fc.constantFrom(null, 'PUBLIC', 'SHARED'),
        provider: fc.constantFrom(null, null, REGULATOR),
      }),
      async (first, filter) => {
        const wanted = own.items
          .filter((i) => Object.entries(filter).every(([k, v]) => v === null || i[k as 'tier'] === v))
          .map((i) => i.code)
          .toSorted();
        expect(await allPages(filter, first)).toEqual(wanted);
      },
    ),
    { numRuns: 15 },
  );
});

test('a cursor is good for its own list alone, and made-up ones are refused by name', async () => {
  const page = (await city.ask(ITEMS, { first: 2 })).data.catalogueItems;
  const cursor = page.pageInfo.endCursor;
  const refused = [
    await city.ask(ITEMS, { first: 2, after: cursor, tier: 'SHARED' }),
    await city.ask(ITEMS, { first: 2, after: '' }),
    await city.ask(ITEMS, { first: 2, after: 'MTIz' }),
    await city.ask(ITEMS, { first: 2, after: `${cursor.slice(0, -3)}AAA` }),
    await city.ask('query ($after: String) { matters(after: $after) { totalCount } }', { after: cursor }),
  ];
  for (const { errors } of refused) {
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  }
});

test.each([-1, 101])('a page of %i is refused', async (first) => {
  const { errors } = await city.ask(ITEMS, { first });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
});

test('a day that does not exist is refused', async () => {
  const { errors } = await city.ask(ITEMS, { asOf: '2025-02-30' });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'asOf' });
});

test('search finds every part of a name or code, in any width and case, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...own.items),
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      async (item, at, length) => {
        const source = at % 2 === 0 ? item.name : item.code.toUpperCase();
        const start = at % source.length;
        const text = source.slice(start, start + length);
        const plain = (s: string) => s.normalize('NFKC').toLowerCase();
        const wanted = own.items
          .filter((i) => plain(i.name).includes(plain(text)) || plain(i.code).includes(plain(text)))
          .map((i) => i.code)
          .toSorted();
        expect(await allPages({ search: text }, 100)).toEqual(wanted);
      },
    ),
    { numRuns: 40 },
  );
});

test('text that no database can hold finds nothing', async () => {
  const { data, errors } = await city.ask(ITEMS, { search: '信息\u0000', provider: '\u0000' });
  expect(errors).toBeUndefined();
  expect(data.catalogueItems.totalCount).toBe(0);
});

test('[SH-18] a matter tells its unit, purpose, basis and item scope', async () => {
  const matter = own.matters.find((m) => m.code === '310116-procurement-supplier');
  const { data, errors } = await city.ask(
    `{ matters(search: "310116-procurement-supplier") { totalCount nodes { code kind aboutPersons basis unit { name } scopeSize
       scope(first: 3) { totalCount nodes { code } pageInfo { hasNextPage endCursor } } } } }`,
  );
  expect(errors).toBeUndefined();
  const [found] = data.matters.nodes;
  expect(found).toMatchObject({
    kind: 'GOVERNMENT_PROCUREMENT',
    aboutPersons: false,
    unit: { name: '上海市金山区财政局' },
    scopeSize: matter?.items.length,
  });
  expect(found.scope.nodes.map((n: { code: string }) => n.code)).toEqual(
    matter?.items.toSorted().slice(0, 3),
  );
  const next = await city.ask(
    `query ($after: String) { matters(search: "310116-procurement-supplier") { nodes { scope(after: $after) { nodes { code } pageInfo { hasPreviousPage } } } } }`,
    { after: found.scope.pageInfo.endCursor },
  );
  const rest = next.data.matters.nodes[0].scope;
  expect(rest.nodes.map((n: { code: string }) => n.code)).toEqual(matter?.items.toSorted().slice(3));
  expect(rest.pageInfo.hasPreviousPage).toBe(true);
});

test('[SH-17] the grading of conduct is public', async () => {
  const { data } = await city.ask(
    '{ behaviours(search: "370303-refuse-judgment") { nodes { name effect grade national unit { name } } } }',
  );
  expect(data.behaviours.nodes).toEqual([
    {
      name: '有履行能力而拒不履行生效法律文书确定的义务',
      effect: 'PUNISHMENT',
      grade: 'SEVERE',
      national: true,
      unit: { name: '淄博市张店区人民法院' },
    },
  ]);
});

test('units are found by kind and by name', async () => {
  const { data } = await city.ask(
    '{ units(kind: JUDICIAL_ORGAN, search: "金山") { totalCount nodes { name } } }',
  );
  expect(data.units).toEqual({ totalCount: 1, nodes: [{ name: '上海市金山区人民法院' }] });
});

test('references of other subgraphs are answered', async () => {
  const representations = [
    { __typename: 'CatalogueItem', code: '310116-penalty-um' },
    { __typename: 'CatalogueItem', code: 'unknown' },
    { __typename: 'Matter', code: '310116-funding-project' },
    { __typename: 'Behaviour', code: '310116-pollution' },
    { __typename: 'CatalogueUnit', code: REGULATOR },
  ];
  const { data, errors } = await city.ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on CatalogueItem { provider { name } }
       ... on Matter { name scope(first: 1) { totalCount } } ... on Behaviour { effect } ... on CatalogueUnit { name } } }`,
    { representations },
  );
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    { provider: { name: '上海市金山区城市管理行政执法局' } },
    null,
    { name: '产业发展专项资金审核', scope: { totalCount: expect.any(Number) } },
    { effect: 'PUNISHMENT' },
    { name: '上海市金山区市场监督管理局' },
  ]);
});

test('however long the page, the number of statements is the same', async () => {
  const statements = async (first: number): Promise<number> => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    await city.ask(
      `query ($first: Int) { matters(first: $first) { totalCount nodes { unit { name } scopeSize scope(first: 5) { totalCount nodes { provider { name } } } } } }`,
      { first },
    );
    const { length } = query.mock.calls;
    query.mockRestore();
    return length;
  };
  const few = await statements(2);
  expect(few).toBeGreaterThan(0);
  expect(await statements(40)).toBe(few);
});

test('[SP-three-lists] the lists of 2016 load beside the own ones, load again without effect, and are counted and searched', async () => {
  const SUMMARY = `{ catalogueSummary { items units matters behaviours itemsByClass { class count } unitsByKind { kind count }
    itemsByUnitKind { kind count } mattersByKind { kind count } behavioursByEffect { effect count } } }`;
  const before = (await city.ask(SUMMARY)).data.catalogueSummary;
  expect(before).toMatchObject({
    items: own.items.length,
    matters: own.matters.length,
    behaviours: own.behaviours.length,
  });
  const made = generateCatalogue();
  const size = { units: 99, items: 45_933, matters: 1_724, behaviours: 295 };
  expect(await loadCatalogue(city.pool, made)).toEqual(size);
  expect(await loadCatalogue(city.pool, made)).toEqual({ units: 0, items: 0, matters: 0, behaviours: 0 });

  const after = (await city.ask(SUMMARY)).data.catalogueSummary;
  for (const list of ['units', 'items', 'matters', 'behaviours'] as const) {
    expect(after[list] - before[list]).toBe(size[list]);
  }
  for (const list of ['itemsByClass', 'itemsByUnitKind'] as const) {
    expect(after[list].reduce((sum: number, row: { count: number }) => sum + row.count, 0)).toBe(after.items);
  }
  const text = '渣土运输拖欠应缴费用';
  const { data } = await city.ask(ITEMS, { search: text });
  expect(data.catalogueItems.totalCount).toBe(made.items.filter((i) => i.name.includes(text)).length);

  const snapshot = await city.subgraph.snapshots?.snapshot(-1);
  expect(snapshot?.items.length).toBe(own.items.length + 45_933);
});

test('[SP-three-lists] the summary of one jurisdiction counts its own', async () => {
  const { data } = await city.ask(
    `{ catalogueSummary(jurisdiction: "320600", asOf: "${TODAY}") { items matters behaviours units } }`,
  );
  const here = own.items.filter((i) => i.jurisdiction === '320600');
  expect(data.catalogueSummary).toEqual({
    items: here.length,
    units: new Set(here.map((i) => i.provider)).size,
    matters: own.matters.filter((m) => m.code.startsWith('320600')).length,
    behaviours: own.behaviours.filter((b) => b.code.startsWith('320600')).length,
  });
});

test('[SH-15] before its first year the catalogue was empty', async () => {
  const { data } = await city.ask(ITEMS, { asOf: '2016-02-29' });
  expect(data.catalogueItems).toMatchObject({ totalCount: 0, nodes: [] });
});
