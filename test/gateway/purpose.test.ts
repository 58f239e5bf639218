import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const FIRM = firmCode(1);
const QUERY = `{ subject(code: "${FIRM}") { name inspections { totalCount } } }`;

let city: City;
let token: string;

beforeAll(async () => {
  city = await City.open();
  token = await city.officer(UNIT.market);
  const id = await city.subject(FIRM, '上海余兰贸易有限公司');
  await city.record(id, '310116-inspection-amr', { documentNumber: 'I1' });
  await city.ask(QUERY, { token, purpose: MATTER.supervision });
});
afterAll(() => city.close());

/** A request as it is, since some of these are not what `ask` would send. */
async function send(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${city.running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query: QUERY, ...body }),
  });
  return {
    status: response.status,
    body: (await response.json()) as {
      data?: unknown;
      errors?: { message: string; extensions: { code: string; argument?: string } }[];
    },
  };
}

const ANSWERED = { data: { subject: { name: '上海余兰贸易有限公司', inspections: { totalCount: 1 } } } };
const NONE_READ = { access: 1 };

describe('a purpose', () => {
  test('[SH-19] is taken from the request, or from the header', async () => {
    expect((await send({ extensions: { purpose: { matter: MATTER.supervision } } })).body).toMatchObject(
      ANSWERED,
    );
    expect((await send({}, { 'query-purpose': MATTER.supervision })).body).toMatchObject(ANSWERED);
    expect((await send({}, { 'query-purpose': encodeURIComponent(MATTER.supervision) })).body).toMatchObject(
      ANSWERED,
    );
  });

  test('[SH-19] of the request goes before that of the header', async () => {
    const both = await send(
      { extensions: { purpose: { matter: MATTER.licence } } },
      { 'query-purpose': MATTER.supervision },
    );
    expect(both.body).toMatchObject({ data: { subject: { inspections: { totalCount: 0 } } } });
  });

  test.each([[null], [{}]])(
    '[SH-19] that is missing (%j) is demanded before anything is read',
    async (extensions) => {
      const { value, statements } = await statementsDuring(() => send({ ...(extensions && { extensions }) }));
      expect(value).toMatchObject({
        status: 403,
        body: { errors: [{ extensions: { code: 'PURPOSE_REQUIRED' } }] },
      });
      expect(value.body).not.toHaveProperty('data');
      expect(perDatabase(statements)).toEqual(NONE_READ);
    },
  );

  test.each([
    ['text', 'supervision'],
    ['a list', [{ matter: MATTER.supervision }]],
    ['without a matter', {}],
    ['with an empty matter', { matter: '' }],
    ['with a matter that is no text', { matter: 7 }],
    ['with what is not asked for', { matter: MATTER.supervision, role: 'center' }],
    ['with a line break', { matter: MATTER.supervision, caseNumber: '1\n2' }],
    ['with a NUL', { matter: MATTER.supervision, note: '\u0000' }],
    ['too long', { matter: MATTER.supervision, note: '长'.repeat(1001) }],
    ['false', false],
    ['zero', 0],
  ])('[SH-19] that is malformed (%s) is BAD_USER_INPUT, and nothing is read', async (_, purpose) => {
    const { value, statements } = await statementsDuring(() => send({ extensions: { purpose } }));
    expect(value).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'extensions.purpose' } }] },
    });
    expect(value.body).not.toHaveProperty('data');
    expect(perDatabase(statements)).toEqual(NONE_READ);
  });

  test('[SH-18] that is not the unit’s is refused before anything is read', async () => {
    const { value, statements } = await statementsDuring(() =>
      send({}, { 'query-purpose': MATTER.discretion }),
    );
    expect(value).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'PURPOSE_NOT_ALLOWED' } }] },
    });
    expect(perDatabase(statements)).toEqual(NONE_READ);
  });
});

test.each([
  `query { ...Q } fragment Q on Query { s: subject(code: "${FIRM}") { __typename } }`,
  `query { subject(code: "${FIRM}") @skip(if: true) { id } units { totalCount } }`,
  `{ searchSubjects(name: "余兰") { totalCount } }`,
  `{ subjects(codes: []) { id } }`,
  'query A { units { totalCount } } query B { subjects(codes: []) { id } }',
])('[SH-19] no shape of a query goes round it: %s', async (query) => {
  const { body } = await send({ query, operationName: query.startsWith('query A') ? 'B' : undefined });
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'PURPOSE_REQUIRED' } }] });
  expect(body).not.toHaveProperty('data');
});

test('[JS-9] the catalogue is open to everyone without one', async () => {
  const query =
    '{ catalogueItems { totalCount } matters { totalCount } units { totalCount } catalogueSummary { items } }';
  const officers = await send({ query });
  expect(officers.body.errors).toBeUndefined();
  expect((await city.ask(query)).data).toEqual(officers.body.data);
});

test('[SH-16] a subject needs none for itself', async () => {
  const own = await city.token({ role: 'subject', code: FIRM });
  expect(await city.ask('{ me { inspections { totalCount } } }', { token: own })).toMatchObject({
    data: { me: { inspections: { totalCount: 1 } } },
  });
});

test('[SP-channel] every query carries its channel, from the credential; the request cannot name another', async () => {
  const channels = ['window', 'app', 'wechat', 'hall'];
  for (const channel of channels) {
    const asked = await city.ask(QUERY, {
      token: await city.token({ role: 'agency', unit: UNIT.market, name: '王五', channel }),
      purpose: { matter: MATTER.supervision, note: 'channel=market' },
    });
    const { rows } = await city
      .database('access')
      .query('select channel from journal_entry where id = $1', [asked.extensions?.receipt]);
    expect(rows).toEqual([{ channel }]);
  }
});

test('[SP-channel] public looks at organizations are counted under theirs', async () => {
  const counted = async () => {
    const { rows } = await city
      .database('access')
      .query("select coalesce(sum(looks), 0)::int as n from public_look where channel = 'website'");
    return rows[0].n as number;
  };
  const before = await counted();
  for (let i = 0; i < 5; i += 1) await city.ask(QUERY);
  await city.until(async () => (await counted()) === before + 5);
});
