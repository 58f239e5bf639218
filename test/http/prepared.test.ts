import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const FIRM = firmCode(1);
const NAMED = 'query A($code: String!) { subject(code: $code) { name } } query B { __typename }';

/** Bodies of requests by an officer with a purpose, unless they say otherwise. */
const BODIES: Record<string, Record<string, unknown>> = {
  'a query with literals': { query: `{ subject(code: "${FIRM}") { id name penalties { totalCount } } }` },
  'a query with variables': {
    query:
      'query ($code: String!, $n: Int = 2) { subject(code: $code) { permits(first: $n) { totalCount } } }',
    variables: { code: FIRM },
  },
  'one of two operations': { query: NAMED, operationName: 'A', variables: { code: FIRM } },
  'the other': { query: NAMED, operationName: 'B', variables: null },
  'an operation that is not there': { query: NAMED, operationName: 'C' },
  'no word which operation': { query: NAMED, operationName: null },
  'no variables where some are needed': { query: NAMED, operationName: 'A' },
  'a variable of another type': { query: NAMED, operationName: 'A', variables: { code: [1] } },
  'a malformed code': { query: NAMED, operationName: 'A', variables: { code: '123' } },
  'a text with a NUL': { query: NAMED, operationName: 'A', variables: { code: '\u0000' } },
  'a denied field': {
    query: `{ subject(code: "${FIRM}") { contractRecords { nodes { title amount } } } }`,
  },
  'a purpose of its own': {
    query: `{ subject(code: "${FIRM}") { name } }`,
    extensions: { purpose: { matter: MATTER.supervision, caseNumber: '沪监〔2026〕1号', note: '日常检查' } },
  },
  "another unit's purpose": {
    query: `{ subject(code: "${FIRM}") { name } }`,
    extensions: { purpose: { matter: MATTER.licence } },
  },
  'a purpose of no form': {
    query: `{ subject(code: "${FIRM}") { name } }`,
    extensions: { purpose: { matter: '' } },
  },
  'extensions that are a text': { query: '{ __typename }', extensions: 'x' },
  'a query that is none': { query: '{ nothing }' },
  'a syntax error': { query: '{' },
  'no query': { variables: {} },
  'lists within lists': {
    query: `query ($n: Int) { subject(code: "${FIRM}") { penalties(first: $n) { nodes { subject { honors(first: $n) { nodes { subject { permits(first: $n) { nodes { id } } } } } } } } } }`,
    variables: { n: 100 },
  },
  'a literal that is no date': { query: '{ catalogueItems(asOf: "no day") { totalCount } }' },
  introspection: { query: '{ __schema { queryType { name } } }' },
  'a mutation': { query: 'mutation { publishItem(input: {}) { item { code } } }' },
};

let city: City;
let token: string;

beforeAll(async () => {
  city = await City.open();
  token = await city.officer(UNIT.market);
  const id = await city.subject(FIRM, '上海余兰贸易有限公司');
  await city.record(id, '310116-penalty-amr', { documentNumber: '1' });
  await city.record(id, '310116-contract-hc', { documentNumber: '1' });
});
afterAll(() => city.close());

async function send(body: unknown, headers: Record<string, string>) {
  const response = await fetch(`${city.running.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'query-purpose': MATTER.supervision,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const told = [...response.headers].filter(([name]) => !['date', 'etag'].includes(name));
  return {
    status: response.status,
    headers: Object.fromEntries(told.filter(([name]) => name !== 'content-length')),
    body: text.replace(/"receipt":"[^"]+"/, '"receipt":""'),
  };
}

const entries = async (): Promise<number> => {
  const { rows } = await city.database('access').query('select count(*)::int as n from journal_entry');
  return rows[0].n as number;
};

describe('a query that was answered before takes a shorter way, and is answered', () => {
  test.each(Object.entries(BODIES))('as on the long one: %s', async (_, body) => {
    // This header is nothing out of the ordinary, but the short way leaves it alone.
    const long = { accept: 'application/json, */*' };
    const expected = await send(body, long);
    const before = await entries();
    expect(await send(body, {})).toEqual(expected);
    const once = (await entries()) - before;
    expect(await send(body, {})).toEqual(expected);
    expect(await send(body, long)).toEqual(expected);
    expect((await entries()) - before).toBe(3 * once);
  });

  test('in bodies that cannot be read as well', async () => {
    const ask = (body: string, headers: Record<string, string>) =>
      fetch(`${city.running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }).then(async (response) => [response.status, await response.json()]);
    for (const body of ['{"query":', '"text"', 'null', '[]', '[{"query":"{ __typename }"}]', '{}']) {
      const known = await ask(body, { authorization: `Bearer ${token}` });
      expect(known).toEqual(await ask(body, {}));
    }
  });
});

test('a date that does not fit is bad input, written out in the query as in a variable', async () => {
  const variable = await city.ask('query ($on: Date) { catalogueItems(asOf: $on) { totalCount } }', {
    variables: { on: 'no day' },
  });
  const literal = await city.ask('{ catalogueItems(asOf: "no day") { totalCount } }');
  expect(variable.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(literal.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'asOf' });
});

test('a null for an argument that takes none is bad input, whatever was asked before', async () => {
  const query =
    'query ($code: String = "91310116M00000010N") { subject(code: $code) { penalties { totalCount } } }';
  const ask = async (variables: Record<string, unknown>) => city.ask(query, { variables });
  for (const _ of [1, 2]) {
    const { errors } = await ask({ code: null });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ['subject'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'code' },
    });
    expect((await ask({})).errors).toBeUndefined();
  }
});
