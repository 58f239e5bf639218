import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AskOptions, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';

const FIRM = firmCode(1);
const OWN = '310116-in-force';
const MATTERS = [`${OWN}-1`, `${OWN}-2`];
/** Kept by three agencies. */
const LISTS = {
  penalties: '310116-penalty-amr',
  inspections: '310116-inspection-amr',
  contractRecords: '310116-contract-hc',
  honors: '310116-honor-civ',
  judgments: '310116-judgment-court',
};
const ITEMS = Object.values(LISTS);
const FILE = `{ subject(code: "${FIRM}") { ${Object.keys(LISTS)
  .map((list) => `${list} { nodes { item { code } } }`)
  .join(' ')} } }`;

let city: City;
let center: string;
let officer: string;
let contents: Record<string, Record<string, unknown>>;

beforeAll(async () => {
  city = await City.open({ SUBGRAPH_TIMEOUT_MS: '1500' });
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  officer = await city.officer(UNIT.market);
  const id = await city.subject(FIRM, '上海余兰贸易有限公司');
  for (const item of ITEMS) await city.record(id, item, { documentNumber: item });
  const { rows } = await city.database('catalogue').query(
    `select code, name, class, jurisdiction, provider, data_standard as "dataStandard", record_type as "recordType",
       about_persons as "aboutPersons", negative, grade, update_cycle as "updateCycle", use_scope as "useScope"
     from item_version where code = any($1) and valid_to is null`,
    [ITEMS],
  );
  contents = Object.fromEntries(rows.map((row) => [row.code, row]));
});
afterAll(() => city.close());

async function publish(what: 'Item' | 'Matter', input: Record<string, unknown>): Promise<void> {
  const { errors } = await city.ask(
    `mutation ($input: Publish${what}Input!) { publish${what}(input: $input) { __typename } }`,
    { token: center, variables: { input } },
  );
  expect(errors).toBeUndefined();
}

const publishItem = (code: string, tier: string) => publish('Item', { ...contents[code], tier });
const publishMatter = (code: string, items: readonly string[], more = {}) =>
  publish('Matter', {
    code,
    name: '公布即生效',
    unit: UNIT.market,
    kind: 'FUNDING',
    aboutPersons: false,
    items,
    ...more,
  });

/** A question that is under way may have been asked before the change: the second one was not. */
async function refreshed(part: { refresh(): Promise<void> }): Promise<void> {
  await part.refresh();
  await part.refresh();
}

/** What the gateway goes by from now on: agencies are left to hear of it by themselves. */
async function heardByTheGateway(): Promise<void> {
  const { follower, subgraphs } = city.running.house;
  await subgraphs.catalogue.refresh();
  await refreshed(follower);
}

async function seen(options: AskOptions = {}): Promise<string[]> {
  const { data, errors } = await city.ask(FILE, options);
  expect(errors).toBeUndefined();
  return Object.keys(LISTS)
    .flatMap((list) => data.subject[list].nodes.map((node: { item: { code: string } }) => node.item.code))
    .toSorted();
}

const scopes = async () => {
  const found: Record<string, unknown[]> = {};
  for (const subgraph of Object.values(city.running.house.subgraphs)) await refreshed(subgraph);
  for (const name of ['penalties', 'registration', 'judicial', 'honors', 'measures'] as const) {
    const { rows } = await city
      .database(name)
      .query('select scope, item_id from scope_item order by scope, item_id');
    found[name] = rows;
  }
  return found;
};

test('[NT-19][SH-16] whatever is published one after the other, each agency opens exactly what the gateway goes by', async () => {
  const step = fc.oneof(
    fc.record({
      item: fc.constantFrom(...ITEMS),
      tier: fc.constantFrom('PUBLIC', 'SHARED', 'AUTHORIZED'),
    }),
    fc.record({ matter: fc.constantFrom(...MATTERS), items: fc.subarray(ITEMS, { minLength: 1 }) }),
  );
  const tiers = new Map<string, string>();
  const matters = new Map<string, string[]>();
  for (const code of ITEMS) await publishItem(code, 'PUBLIC').then(() => tiers.set(code, 'PUBLIC'));
  for (const code of MATTERS) await publishMatter(code, ITEMS).then(() => matters.set(code, ITEMS));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
      async (moves) => {
        for (const steps of moves) {
          for (const one of steps) {
            if ('tier' in one) {
              await publishItem(one.item, one.tier);
              tiers.set(one.item, one.tier);
            } else {
              await publishMatter(one.matter, one.items);
              matters.set(one.matter, one.items);
            }
          }
          await heardByTheGateway();
          expect(await seen()).toEqual(ITEMS.filter((code) => tiers.get(code) === 'PUBLIC').toSorted());
          for (const [purpose, items] of matters)
            expect(await seen({ token: officer, purpose })).toEqual(
              items.filter((code) => tiers.get(code) !== 'AUTHORIZED').toSorted(),
            );
        }
      },
    ),
    { numRuns: 40 },
  );

  // A process that begins knows of no last snapshot: it compares everything, and finds it as it should be.
  await heardByTheGateway();
  const before = await scopes();
  for (const name of Object.keys(before) as 'penalties'[])
    await city.database(name).query('update scope_revision set revision = 0');
  await publishItem(ITEMS[0] as string, tiers.get(ITEMS[0] as string) === 'PUBLIC' ? 'SHARED' : 'PUBLIC');
  await publishItem(ITEMS[0] as string, tiers.get(ITEMS[0] as string) as string);
  await heardByTheGateway();
  expect(await scopes()).toEqual(before);
});

test('[SP-check][JS-12] an agency that cannot hear of a new matter says nothing under it, and passes nobody', async () => {
  const code = `${OWN}-new`;
  await publishItem(LISTS.penalties, 'PUBLIC');
  const blocking = await city.database('penalties').connect();
  await blocking.query(`select pg_advisory_lock(hashtext('scope_item'))`);
  const asked = { token: officer, purpose: code };
  const CHECK = `{ checkStanding(code: "${FIRM}") { outcome reasons { code subgraph } } }`;
  const FACT = `{ verifyFact(code: "${FIRM}", fact: { recordType: "AdministrativePenalty", documentNumber: "${LISTS.penalties}" }) }`;
  try {
    await publishMatter(code, [LISTS.penalties]);
    await heardByTheGateway();
    expect((await city.ask(CHECK, asked)).data.checkStanding).toEqual({
      outcome: 'UNKNOWN',
      reasons: [{ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' }],
    });
    const lacking = { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' } };
    expect((await city.ask(FACT, asked)).errors).toMatchObject([lacking]);
    const { data, errors } = await city.ask(
      `{ subject(code: "${FIRM}") { name penalties { totalCount } } }`,
      asked,
    );
    expect(data.subject).toEqual({ name: '上海余兰贸易有限公司', penalties: null });
    expect(errors).toMatchObject([lacking]);
  } finally {
    blocking.release(true);
  }
  await city.until(async () => (await city.ask(CHECK, asked)).data.checkStanding.outcome === 'FAIL');
  expect((await city.ask(FACT, asked)).data).toEqual({ verifyFact: true });
});

test('what the catalogue said before is not kept by anyone', async () => {
  const { follower } = city.running.house;
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const former: WeakRef<object>[] = [];
  for (const items of [ITEMS.slice(1), ITEMS.slice(2), ITEMS.slice(3), ITEMS]) {
    former.push(new WeakRef(follower.current() as object));
    await publishMatter(`${OWN}-memory`, items);
    await heardByTheGateway();
    await seen({ token: officer, purpose: `${OWN}-memory` });
  }
  await city.until(async () => {
    collectGarbage();
    return former.every((snapshot) => snapshot.deref() === undefined);
  });
});
