import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const FIRM = firmCode(1);
/** Stands in every record that the public may not see, and in every field. */
const HIDDEN = '不得外泄';

let city: City;

beforeAll(async () => {
  city = await City.open();
  const id = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  await city.record(id, '310116-penalty-amr', {
    documentNumber: '公开1',
    source: HIDDEN,
    own: { facts: '公开', remarks: HIDDEN, legalRepresentative: HIDDEN },
  });
  for (const item of [
    '310116-inspection-amr',
    '310116-arrears-tax',
    '310116-contract-hc',
    '310116-coercion-amr',
    '310116-act-nr',
  ]) {
    await city.record(id, item, {
      documentNumber: HIDDEN,
      title: HIDDEN,
      own: { reason: HIDDEN, result: HIDDEN },
    });
  }
});
afterAll(() => city.close());

describe('[SH-16][JS-4] the public learns nothing hidden, asked by', () => {
  const variables = { code: FIRM, yes: true, no: false };
  const subject = (fields: string, rest = '') =>
    `query Q($code: String!) { subject(code: $code) { ${fields} } } ${rest}`;
  const shapes: Record<string, string> = {
    aliases: subject(
      'a: penalties { b: nodes { c: remarks d: sources e: legalRepresentative } } f: inspections { g: nodes { h: title } i: totalCount }',
    ),
    fragments: subject(
      '...A',
      'fragment A on Subject { arrears { ...B } } fragment B on ArrearsConnection { nodes { ...C } totalCount } fragment C on Arrears { title documentNumber }',
    ),
    'inline fragments on the interface': subject(
      'penalties { nodes { ... on CreditRecord { sources ... on AdministrativePenalty { remarks } } } } coerciveMeasures { nodes { ... on CreditRecord { title } } }',
    ),
    edges: subject(
      'inspections { edges { cursor node { title } } pageInfo { hasNextPage startCursor endCursor } }',
    ),
    'the way back from a record': subject(
      'penalties { nodes { subject { inspections { totalCount nodes { title } } penalties { nodes { remarks subject { arrears { totalCount } } } } } } }',
    ),
    directives: `query Q($code: String!, $yes: Boolean!, $no: Boolean!) { subject(code: $code) {
      penalties @include(if: $yes) { nodes { remarks @skip(if: $no) } } inspections @skip(if: $no) { totalCount nodes { title @include(if: $yes) } } } }`,
    lists:
      'query Q($code: String!) { subjects(codes: [$code, $code]) { inspections { totalCount nodes { title } } penalties { nodes { remarks } } } }',
    search:
      '{ searchSubjects(name: "余兰") { nodes { inspections { totalCount nodes { title } } penalties { nodes { sources } } } edges { node { arrears { totalCount } } } } }',
    'small pages': subject(
      'inspections(first: 0) { totalCount pageInfo { hasNextPage endCursor } } contractRecords(first: 1) { totalCount pageInfo { hasNextPage } }',
    ),
    __typename: subject(
      '__typename inspections { __typename nodes { __typename } totalCount } administrativeActs { nodes { __typename } totalCount }',
    ),
  };

  test.each(Object.entries(shapes))('%s', async (_, query) => {
    const { data, errors } = await city.ask(query, { variables });
    expect(errors).toBeUndefined();
    const text = JSON.stringify(data);
    expect(text).not.toContain(HIDDEN);
    expect(text).not.toContain('"hasNextPage":true');
    for (const [, count] of text.matchAll(/"(?:totalCount|i)":(\d+)/g)) expect(count).toBe('0');
    for (const field of ['remarks', 'sources', 'legalRepresentative', 'c', 'd', 'e']) {
      expect(text).not.toMatch(new RegExp(`"${field}":[^n,}\\]]`));
    }
  });
});

describe('what is for the gateway alone does not exist for callers', () => {
  test.each([
    '{ _entities(representations: [{ __typename: "Subject", id: "x" }]) { __typename } }',
    '{ _service { sdl } }',
    '{ _disclosed(subjects: ["x"]) }',
    '{ _identify(code: "x", name: "y") }',
    'mutation { _identify(code: "x", name: "y") }',
    '{ subjekt(code: "x") { id } }',
    '{ subject(code: "x") { penaltys { totalCount } } }',
  ])('[SH-16] %s', async (query) => {
    for (const token of [undefined, await city.officer(UNIT.market)]) {
      const response = await city.post(query, { ...(token && { token, purpose: MATTER.supervision }) });
      expect(response.status).toBe(400);
      const body = (await response.json()) as {
        data?: unknown;
        errors: { message: string; extensions: unknown }[];
      };
      expect(body).not.toHaveProperty('data');
      expect(body.errors.map((e) => e.extensions)).toEqual(
        body.errors.map(() => ({ code: 'GRAPHQL_VALIDATION_FAILED' })),
      );
      expect(JSON.stringify(body)).not.toMatch(/Did you mean/);
    }
  });

  test('[SH-16] not in the introspection either', async () => {
    const { data } = await city.ask(
      '{ __schema { types { name fields(includeDeprecated: true) { name args { name } } } directives { name } } }',
    );
    const text = JSON.stringify(data);
    for (const inner of ['_entities', '_service', '_disclosed', '_identify', '_Any', 'join__', 'link__'])
      expect(text).not.toContain(inner);
  });
});

describe('a cursor', () => {
  const PAGE =
    'query ($code: String!, $after: String) { subject(code: $code) { penalties(after: $after) { totalCount nodes { id } edges { cursor } } inspections(after: $after) { totalCount edges { cursor } } } }';
  const ask = async (after: string | null, as: 'public' | keyof typeof MATTER, code = FIRM) =>
    city.ask(PAGE, {
      variables: { code, after },
      ...(as !== 'public' && { token: await city.officer(UNIT.market), purpose: MATTER[as] }),
    });
  const cursorFor = async (as: 'public' | keyof typeof MATTER, list: string) =>
    (await ask(null, as)).data.subject[list].edges[0].cursor as string;
  const REFUSED = { extensions: { code: 'BAD_USER_INPUT', argument: 'after' } };

  test('[JS-4] of another scope, list or subject is refused', async () => {
    await city.subject(firmCode(2), '另一家');
    const officers = await cursorFor('supervision', 'penalties');
    for (const { data, errors } of [await ask(officers, 'public'), await ask(officers, 'licence')]) {
      expect(data.subject).toEqual({ penalties: null, inspections: null });
      expect(errors).toMatchObject([REFUSED, REFUSED]);
    }
    expect((await ask(officers, 'supervision')).errors).toMatchObject([
      { ...REFUSED, path: ['subject', 'inspections'] },
    ]);
    expect((await ask(officers, 'supervision', firmCode(2))).errors).toMatchObject([REFUSED, REFUSED]);
  });

  test('[JS-4] that was altered or made up is refused', async () => {
    const cursor = await cursorFor('public', 'penalties');
    const bytes = Buffer.from(cursor, 'base64url');
    for (let at = 0; at < bytes.length; at += 7) {
      const other = Buffer.from(bytes);
      other[at] = (bytes[at] as number) ^ 1;
      expect((await ask(other.toString('base64url'), 'public')).errors).toMatchObject([REFUSED, REFUSED]);
    }
    for (const made of ['x', '=', '2026-01-01', Buffer.from('2026-01-01x').toString('base64')]) {
      expect((await ask(made, 'public')).errors).toMatchObject([REFUSED, REFUSED]);
    }
  });
});

describe('an error text tells nothing of the house', () => {
  const HOUSE =
    /postgres|127\.0\.0\.1|localhost|\.invalid|select |insert |relation|column "|\/work\/|node_modules|\.ts:| {4}at |stack|ECONN|上海余兰/i;

  test.each([
    ['{ subject(code: "x") { id } }', {}],
    ['query ($c: String!) { subject(code: $c) { id } }', { c: 1 }],
    ['query ($c: String!) { subject(code: $c) { id } }', {}],
    ['{ subject(code: 1) { id } }', {}],
    ['{ subject(code: "x" { id }', {}],
    ['{ catalogueItems(asOf: "2023-02-29") { totalCount } }', {}],
    ['{ searchSubjects(name: "余兰", after: "x") { totalCount } }', {}],
    ['{ searchSubjects(name: "余兰", first: 101) { totalCount } }', {}],
    ['{ journalEntry(id: "x") { id } }', {}],
    ['subscription { x }', {}],
  ])('[JS-4] %s', async (query, variables) => {
    const answer = await city.ask(query, { variables });
    expect(JSON.stringify(answer.errors ?? [])).not.toMatch(HOUSE);
    expect(answer.errors?.map((e) => e.extensions.code) ?? []).not.toContain('INTERNAL_SERVER_ERROR');
  });

  test('[JS-4] nor does that of a database that fails', async () => {
    await city.reachable('penalties', false);
    try {
      const answer = await city.ask(`{ subject(code: "${FIRM}") { penalties { totalCount } } }`);
      expect(answer.errors).toMatchObject([
        { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' } },
      ]);
      expect(JSON.stringify(answer)).not.toMatch(HOUSE);
    } finally {
      await city.reachable('penalties', true);
    }
  });
});
