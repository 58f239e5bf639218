import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { SubgraphName } from '../../schema/sdl.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const FIRM = firmCode(1);
const QUERY = `{ subject(code: "${FIRM}") { name penalties { totalCount } judgments { totalCount } } }`;
const WHOLE = { name: '上海余兰贸易有限公司', penalties: { totalCount: 1 }, judgments: { totalCount: 1 } };

let city: City;
let asked: { token: string; purpose: string };

beforeAll(async () => {
  city = await City.open({ SUBGRAPH_TIMEOUT_MS: '700', MAX_REQUESTS_AT_ONCE: '20' });
  asked = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const id = await city.subject(FIRM, WHOLE.name);
  for (const item of ['310116-penalty-amr', '310116-judgment-court'])
    await city.record(id, item, { documentNumber: '1' });
});
afterAll(() => city.close());

/** While a table is locked whatever reads or writes it hangs, as behind a disk that does not answer. */
async function whileLocked<T>(database: SubgraphName, table: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: city.running.house.databases[database].migratorUrl });
  await client.connect();
  try {
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    return await work();
  } finally {
    await client.end();
  }
}

const entries = async (): Promise<number> => {
  const { rows } = await city.database('access').query('select count(*)::int as n from journal_entry');
  return rows[0].n as number;
};

test('an agency that hangs costs its own part alone, and answers again once it can', async () => {
  await whileLocked('judicial', 'judgment', async () => {
    const { data, errors } = await city.ask(QUERY, asked);
    expect(data.subject).toEqual({ ...WHOLE, judgments: null });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'judicial' } }]);
    const others = `{ subject(code: "${FIRM}") { name penalties { totalCount } } }`;
    expect((await city.ask(others, asked)).errors).toBeUndefined();
  });
  expect((await city.ask(QUERY, asked)).data.subject).toEqual(WHOLE);
});

describe('a journal that lags', () => {
  test('[SH-19] no answer leaves before its entry; requests beyond the bound are refused at once, none is lost', async () => {
    const before = await entries();
    const waiting: Promise<Response>[] = [];
    await whileLocked('access', 'journal_entry', async () => {
      for (let i = 0; i < 20; i++) waiting.push(city.post(QUERY, asked));
      // Twenty are inside as soon as another one is refused.
      let refused: Response;
      do refused = await city.post('{ __typename }', asked);
      while (refused.status === 200);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    });
    const answers = await Promise.all(waiting.map(async (response) => (await response).json()));
    for (const answer of answers) expect(answer).toMatchObject({ data: { subject: WHOLE } });
    expect(await entries()).toBe(before + 20);
    expect((await city.ask(QUERY, asked)).data.subject).toEqual(WHOLE);
  });
});

test('a field denied on many records is told a hundred times and then counted', async () => {
  const id = await city.subject(firmCode(2), '上海合同贸易有限公司');
  await city.record(id, '310116-contract-hc', { documentNumber: '1' });
  const codes = Array.from({ length: 150 }, () => firmCode(2));
  const { data, errors = [] } = await city.ask(
    'query ($codes: [String!]!) { subjects(codes: $codes) { contractRecords { nodes { amount } } } }',
    { ...asked, variables: { codes } },
  );
  expect(data.subjects).toHaveLength(150);
  expect(errors).toHaveLength(101);
  expect(new Set(errors.map((e) => e.extensions.code))).toEqual(new Set(['AUTHORIZATION_REQUIRED']));
  expect(errors[100]?.message).toContain('50 more errors');
});

test('a page of a thousand is asked in slices: every subject has its own records, and every error its own place', async () => {
  const ids = await Promise.all(
    Array.from({ length: 1_000 }, async (_, n) => city.subject(firmCode(1_000 + n), `上海分批${n}公司`)),
  );
  const denied = [99, 100, 555, 999];
  for (const n of denied) {
    await city.record(ids[n] as string, '310116-contract-hc', { documentNumber: `S${n}` });
  }
  const codes = ids.map((_, n) => firmCode(1_000 + n));
  const { data, errors = [] } = await city.ask(
    'query ($codes: [String!]!) { subjects(codes: $codes) { code contractRecords { nodes { documentNumber amount } } } }',
    { ...asked, variables: { codes } },
  );
  const found = data.subjects as { code: string; contractRecords: { nodes: { documentNumber: string }[] } }[];
  expect(found.map(({ code }) => code)).toEqual(codes);
  expect(
    found.flatMap(({ contractRecords: { nodes } }, n) => nodes.map((one) => [n, one.documentNumber])),
  ).toEqual(denied.map((n) => [n, `S${n}`]));
  expect(errors.map(({ path }) => path?.[1])).toEqual(denied);
});
