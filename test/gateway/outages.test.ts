import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { postgres } from '../support/postgres.ts';

const FIRM = firmCode(1);
const QUERY = `{ subject(code: "${FIRM}") { name penalties { totalCount } honors { totalCount } judgments { totalCount } } }`;
const WHOLE = {
  name: '上海余兰贸易有限公司',
  penalties: { totalCount: 1 },
  honors: { totalCount: 1 },
  judgments: { totalCount: 1 },
};

let city: City;
let asked: { token: string; purpose: string };

beforeAll(async () => {
  city = await City.open({ CATALOGUE_LEASE_SECONDS: '2' });
  asked = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const id = await city.subject(FIRM, WHOLE.name);
  for (const item of ['310116-penalty-amr', '310116-honor-civ', '310116-judgment-court'])
    await city.record(id, item, { documentNumber: '1' });
});
afterAll(() => city.close());
afterEach(() => city.until(async () => (await city.ask(QUERY, asked)).errors === undefined));

const unavailable = (subgraph: string) => ({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } });

describe('an agency whose database is unreachable', () => {
  test.each(['penalties', 'honors', 'judicial'] as const)(
    'loses its own part alone, and comes back by itself: %s',
    async (name) => {
      const field = { penalties: 'penalties', honors: 'honors', judicial: 'judgments' }[name];
      await city.reachable(name, false);
      try {
        for (const options of [{}, asked]) {
          const { data, errors } = await city.ask(QUERY, options);
          expect(data.subject).toEqual({ ...WHOLE, [field]: null });
          expect(errors).toMatchObject([{ path: ['subject', field], ...unavailable(name) }]);
        }
      } finally {
        await city.reachable(name, true);
      }
      expect((await city.ask(QUERY)).data.subject).toEqual(WHOLE);
    },
  );

  test('two at once lose two parts', async () => {
    await city.reachable('penalties', false);
    await city.reachable('honors', false);
    const { data, errors } = await city.ask(QUERY, asked);
    await city.reachable('honors', true);
    await city.reachable('penalties', true);
    expect(data.subject).toEqual({ ...WHOLE, penalties: null, honors: null });
    expect(errors).toHaveLength(2);
  });

  test('of the registration leaves nothing to answer about, and says so', async () => {
    await city.reachable('registration', false);
    const { data, errors } = await city.ask(QUERY, asked);
    await city.reachable('registration', true);
    expect(data).toEqual({ subject: null });
    expect(errors).toMatchObject([{ path: ['subject'], ...unavailable('registration') }]);
  });
});

test('[SH-19] PostgreSQL is stopped and started, and crashes and recovers, under load: no restart is needed and no entry is lost', async () => {
  const { folder } = city.running.house;
  const answers: Answer[] = [];
  const enough = new AbortController();
  const load = Array.from({ length: 6 }, async () => {
    while (!enough.signal.aborted) answers.push(await city.ask(QUERY, asked));
  });
  for (const mode of ['fast', 'immediate'] as const) {
    await city.until(async () => answers.at(-1)?.data?.subject?.name === WHOLE.name);
    await postgres(folder, 'stop', mode);
    const refused = answers.length;
    await city.until(async () => answers.length > refused + 20);
    await postgres(folder, 'start');
  }
  const resumed = answers.length;
  await city.until(async () => answers.slice(resumed).some((a) => a.data && !a.errors));
  enough.abort();
  await Promise.all(load);

  const codes = new Set(answers.flatMap((a) => a.errors ?? []).map((e) => e.extensions.code));
  expect([...codes].filter((c) => c !== 'SUBGRAPH_UNAVAILABLE' && c !== 'JOURNAL_UNAVAILABLE')).toEqual([]);
  for (const { data, extensions } of answers) if (data) expect(extensions?.receipt).toBeDefined();
  const receipts = answers.flatMap((a) => a.extensions?.receipt ?? []);
  const { rows } = await city
    .database('access')
    .query('select count(*)::int as n from journal_entry where id = any($1)', [receipts]);
  expect(rows).toEqual([{ n: receipts.length }]);
});

describe('the catalogue', () => {
  test('[SH-15] that cannot be reached closes the gateway and the subgraphs once its last word is too old, until it speaks again', async () => {
    const { subgraphs } = city.running.house;
    const grant = {
      scope: { kind: 'PUBLIC' as const, persons: [] },
      today: '2026-03-02',
      caller: { role: null, unit: null, subject: null },
    };
    await city.reachable('catalogue', false);
    try {
      await city.until(async () => (await city.post(QUERY)).status === 503);
      const response = await city.post(QUERY);
      expect(response.status).toBe(503);
      const body = (await response.json()) as object;
      expect(body).toMatchObject({ errors: [unavailable('catalogue')] });
      expect(body).not.toHaveProperty('data');
      for (const name of [
        'registration',
        'penalties',
        'judicial',
        'honors',
        'objections',
        'collection',
        'measures',
        'access',
      ] as const) {
        await city.until(async () => {
          try {
            await subgraphs[name].context(grant);
            return false;
          } catch (error) {
            expect(error).toMatchObject(unavailable(name));
            return true;
          }
        });
      }
    } finally {
      await city.reachable('catalogue', true);
    }
    await city.until(async () => (await city.ask(QUERY)).data?.subject?.penalties?.totalCount === 1);
  });

  test('[NT-19][SH-16] a tier that the center changes is in force everywhere within a second', async () => {
    const code = '310116-honor-civ';
    const { rows } = await city.database('catalogue').query(
      `select code, name, class, tier, jurisdiction, provider, data_standard as "dataStandard",
      record_type as "recordType", about_persons as "aboutPersons", negative, grade, update_cycle as "updateCycle", use_scope as "useScope"
      from item_version where code = $1 and valid_to is null`,
      [code],
    );
    const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
    const publish = async (tier: string) => {
      const { errors } = await city.ask(
        'mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { tier } } }',
        {
          variables: { input: { ...rows[0], tier } },
          token,
        },
      );
      expect(errors).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    };
    const honors = async (options = {}) =>
      (await city.ask(QUERY, options)).data.subject.honors.totalCount as number;
    const shown = async () => [await honors(), await honors(asked)];

    expect(await shown()).toEqual([1, 1]);
    await publish('SHARED');
    expect(await shown()).toEqual([0, 1]);
    await publish('AUTHORIZED');
    expect(await shown()).toEqual([0, 0]);
    await publish('PUBLIC');
    expect(await shown()).toEqual([1, 1]);
    const { data } = await city.ask(`{ subject(code: "${FIRM}") { honors { nodes { item { tier } } } } }`);
    expect(data.subject.honors.nodes).toEqual([{ item: { tier: 'PUBLIC' } }]);
  });
});
