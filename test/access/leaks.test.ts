import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localTransport } from '../../gateway/federation/transport.ts';
import type { Grant } from '../../records/grant.ts';
import { UNIT } from '../support/known.ts';
import { AuthorizedCity, FIRM, OTHER, OTHER_PERSON, PERSON, codeOf } from './authorized.ts';

/** Amounts of the two firms' contracts; that of the second is nobody's to see. */
const OPENED = '5000.00';
const HIDDEN = '7777.00';

const LISTS = 'contractRecords inspections penalties administrativeActs qualifications'
  .split(' ')
  .map(
    (list) =>
      `${list} { totalCount nodes { item { code } } edges { cursor node { id } } pageInfo { hasNextPage } }`,
  )
  .join(' ');
const FILE = `query ($code: String!) { subject(code: $code) { ${LISTS} } }`;

let town: AuthorizedCity;
let contracts: string;

beforeAll(async () => {
  town = await AuthorizedCity.open();
  contracts = await town.granted(FIRM, ['310116-contract-hc']);
});
afterAll(() => town.city.close());

interface List {
  totalCount: number;
  nodes: { item: { code: string } }[];
  edges: unknown[];
  pageInfo: { hasNextPage: boolean };
}

/** The items that a file shows, after checking that count, nodes and edges agree. */
function shown(subject: Record<string, List>): string[] {
  for (const { totalCount, nodes, edges, pageInfo } of Object.values(subject)) {
    expect([nodes.length, edges.length, pageInfo.hasNextPage]).toEqual([totalCount, totalCount, false]);
  }
  return Object.values(subject).flatMap(({ nodes }) => nodes.map(({ item }) => item.code));
}
const file = async (authorization: string | null, options: { token?: string; code?: string } = {}) =>
  shown((await town.ask(FILE, authorization, options)).data.subject);

describe('[SH-20] outside of an authorization nothing shows', () => {
  test('of other categories: rows, counts, edges and pages', async () => {
    expect(await file(null)).toEqual(['310116-penalty-amr']);
    expect(await file(contracts)).toEqual(['310116-contract-hc', '310116-penalty-amr']);
    const inspections = await town.granted(FIRM, ['SUPERVISION']);
    expect(await file(inspections)).toEqual(expect.not.arrayContaining(['310116-contract-hc']));
    const before = await file(null, { token: town.officer });
    expect(await file(contracts, { token: town.officer })).toEqual(before);
  });

  test('of other subjects: neither more rows nor more fields than without it', async () => {
    for (const token of [town.service, town.officer])
      expect(await file(contracts, { token, code: OTHER })).toEqual(await file(null, { token, code: OTHER }));
    const acts = await town.granted(PERSON, ['310116-act-hr-p']);
    expect(await file(acts, { code: PERSON })).toEqual(['310116-act-hr-p']);
    expect((await town.ask(FILE, acts, { code: OTHER_PERSON })).data.subject).toBeNull();
    // Of the subject that did authorize, nothing under another's authorization.
    expect((await town.ask(FILE, contracts, { code: PERSON })).data.subject).toBeNull();
  });

  test.each([
    [
      'aliases',
      `query { a: subject(code: "${FIRM}") { c: contractRecords { n: nodes { x: amount } } } b: subject(code: "${OTHER}") { c: contractRecords { n: nodes { x: amount } } } }`,
    ],
    ['lists', `query { subjects(codes: ["${FIRM}", "${OTHER}"]) { contractRecords { nodes { amount } } } }`],
    [
      'fragments',
      `query { a: subject(code: "${FIRM}") { ...F } b: subject(code: "${OTHER}") { ...F } } fragment F on Subject { contractRecords { nodes { ... on CreditRecord { __typename ... on ContractRecord { amount } } } } }`,
    ],
    [
      'edges',
      `query { a: subject(code: "${OTHER}") { contractRecords { edges { node { amount } } } } b: subject(code: "${FIRM}") { contractRecords { edges { node { amount } } } } }`,
    ],
    ['a search', 'query { searchSubjects(name: "上海") { nodes { contractRecords { nodes { amount } } } } }'],
    [
      'the way back from a record',
      `query { a: subject(code: "${OTHER}") { contractRecords { nodes { subject { contractRecords { nodes { amount } } } } } } b: subject(code: "${FIRM}") { contractRecords { nodes { subject { contractRecords { nodes { amount } } } } } } }`,
    ],
  ])('of another subject in the same query, by %s', async (_, query) => {
    for (const token of [town.officer, town.service]) {
      const text = JSON.stringify(await town.ask(query, contracts, { token }));
      expect(text).toContain(OPENED);
      expect(text).not.toContain(HIDDEN);
    }
  });

  test('of fields of records that the matter opens but the authorization does not name', async () => {
    const inspections = await town.granted(FIRM, ['310116-inspection-amr']);
    const query =
      'query ($code: String!) { subject(code: $code) { contractRecords { nodes { amount counterparty } } penalties { nodes { remarks } } } }';
    const asOfficer = await town.ask(query, inspections, { token: town.officer });
    expect(asOfficer.data.subject.contractRecords.nodes).toEqual([{ amount: null, counterparty: '乙公司' }]);
    expect(codeOf(asOfficer)).toBe('AUTHORIZATION_REQUIRED');
    const asService = await town.ask(query, contracts);
    expect(asService.data.subject).toEqual({
      contractRecords: { nodes: [{ amount: OPENED, counterparty: '乙公司' }] },
      penalties: { nodes: [{ remarks: null }] },
    });
    expect(codeOf(asService)).toBe('FORBIDDEN');
  });

  test('to callers whose queries share its statements', async () => {
    const callers = [
      { token: town.service, authorization: contracts, code: FIRM },
      { token: town.service, authorization: null, code: FIRM },
      { token: town.officer, authorization: contracts, code: OTHER },
      { token: town.officer, authorization: null, code: FIRM },
      { token: town.service, authorization: contracts, code: OTHER },
    ];
    const alone: string[][] = [];
    for (const { authorization, ...options } of callers) alone.push(await file(authorization, options));
    const many = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const { authorization, ...options } = callers[i % callers.length] as (typeof callers)[number];
        return file(authorization, options);
      }),
    );
    many.forEach((items, i) => expect(items).toEqual(alone[i % callers.length]));
  });

  test('by `_entities`, asked of an agency under the grant itself', async () => {
    const { subgraphs, pseudonym, follower } = town.city.running.house;
    const item = follower.current()?.itemsByCode.get('310116-contract-hc')?.id as number;
    const grant: Grant = {
      scope: {
        kind: 'AUTHORIZED',
        subject: pseudonym(FIRM),
        items: [item],
        beside: { kind: 'PUBLIC', persons: [] },
      },
      today: '2026-03-02',
      caller: { role: 'service', unit: UNIT.market, subject: null },
    };
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { id contractRecords { totalCount nodes { amount } } inspections { totalCount } } } }`;
    for (const engine of ['jit', 'graphql-js'] as const) {
      const { data } = await localTransport(subgraphs.penalties, { engine }).ask(
        query,
        { r: [FIRM, OTHER].map((code) => ({ __typename: 'Subject', id: pseudonym(code) })) },
        undefined,
        grant,
      );
      expect(data?.['_entities']).toEqual([
        {
          id: pseudonym(FIRM),
          contractRecords: { totalCount: 1, nodes: [{ amount: OPENED }] },
          inspections: { totalCount: 0 },
        },
        {
          id: pseudonym(OTHER),
          contractRecords: { totalCount: 0, nodes: [] },
          inspections: { totalCount: 0 },
        },
      ]);
    }
  });

  test('by cursors that were given out under it', async () => {
    const page = (after: string | null) =>
      `query ($code: String!) { subject(code: $code) { contractRecords(first: 1, after: ${JSON.stringify(after)}) { totalCount edges { cursor } } } }`;
    const under = await town.ask(page(null), contracts);
    const [{ cursor }] = under.data.subject.contractRecords.edges;
    expect(codeOf(await town.ask(page(cursor), null))).toBe('BAD_USER_INPUT');
    expect(codeOf(await town.ask(page(cursor), contracts))).toBe('ANSWERED');
  });
});

test('[SH-20] what only the gateway may ask is closed to callers', async () => {
  for (const query of [
    '{ _rights(since: -1) }',
    `mutation { _useAuthorization(id: "${contracts}", unit: "${UNIT.market}", matter: "x") }`,
  ])
    expect(codeOf(await town.city.ask(query, { token: town.officer }))).toBe('GRAPHQL_VALIDATION_FAILED');
  const access = localTransport(town.city.running.house.subgraphs.access);
  const officers: Grant = {
    scope: { kind: 'REFERENCE' },
    today: '2026-03-02',
    caller: { role: 'agency', unit: UNIT.market, subject: null },
  };
  const { data, errors } = await access.ask('{ _rights(since: -1) }', {}, undefined, officers);
  expect(data).toEqual({ _rights: null });
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});
