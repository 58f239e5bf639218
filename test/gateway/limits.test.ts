import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const CODE = `code: "${firmCode(1)}"`;

let city: City;

beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

/** Fragments that each spread the next twice: 2¹⁴ fields out of a page of text. */
const bomb = (levels: number): string => {
  const back = 'penalties { nodes { subject {';
  const fragments = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on Subject { a: ${back} ...F${i + 1} } } } b: ${back} ...F${i + 1} } } } }`,
  );
  return `{ subject(${CODE}) { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Subject { id }`;
};
const flatBomb = (levels: number): string => {
  const fragments = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on Subject { ...F${i + 1} ...F${i + 1} }`,
  );
  return `{ subject(${CODE}) { ...F0 } } ${fragments.join(' ')} fragment F${levels} on Subject { id name code }`;
};
const cycle = `{ subject(${CODE}) { ...A } } fragment A on Subject { penalties { nodes { subject { ...B } } } } fragment B on Subject { penalties { nodes { subject { ...A } } } }`;

const SHAPES: Record<string, string> = {
  'a bomb of nested fragments': bomb(14),
  'a bomb of flat fragments': flatBomb(18),
  depth: `{ subject(${CODE}) ${'{ penalties { nodes { subject '.repeat(6)} { id } ${'} } }'.repeat(6)} }`,
  aliases: `{ ${Array.from({ length: 51 }, (_, i) => `a${i}: units { totalCount }`).join(' ')} }`,
  tokens: `{ subject(${CODE}) { ${'id '.repeat(5000)} } }`,
  directives: `{ subject(${CODE}) { ${Array.from({ length: 51 }, () => 'id @include(if: true)').join(' ')} } }`,
  cost: `{ subject(${CODE}) { ${Array.from({ length: 40 }, (_, i) => `a${i}: penalties(first: 100) { nodes { subject { penalties { nodes { subject { penalties { nodes { id title } } } } } } } }`).join(' ')} } }`,
};

test.each(Object.entries(SHAPES))('TOO_COMPLEX, before anything is read: %s', async (_, query) => {
  const { value, statements } = await statementsDuring(() => city.post(query));
  expect(value.status).toBe(400);
  const body = (await value.json()) as { data?: unknown; errors: { extensions: { code: string } }[] };
  expect(body).not.toHaveProperty('data');
  expect(body.errors.map((e) => e.extensions.code)).toContain('TOO_COMPLEX');
  expect(perDatabase(statements)).toEqual({});
});

describe('lists within lists are bounded by what they could come to, where the page size is', () => {
  const turns = (page: string, n: number): string =>
    `penalties${page} { nodes { id ${n > 1 ? `subject { ${turns(page, n - 1)} }` : ''} } }`;
  const tooMuch: Record<string, [string, Record<string, unknown>?]> = {
    'a variable': [`query ($n: Int) { subject(${CODE}) { ${turns('(first: $n)', 3)} } }`, { n: 100 }],
    "a variable's default": [`query ($n: Int = 100) { subject(${CODE}) { ${turns('(first: $n)', 3)} } }`],
    'the default of the list': [`{ subject(${CODE}) { ${turns('', 4)} } }`],
    'that of a search': [
      'query ($n: Int) { searchSubjects(name: "公司", first: $n) { nodes { penalties(first: $n) { nodes { id } } permits(first: $n) { nodes { id } } honors(first: $n) { nodes { id } } } } }',
      { n: 100 },
    ],
    'the number of codes': [
      `query ($codes: [String!]!) { subjects(codes: $codes) { ${turns('', 2)} } }`,
      { codes: Array.from({ length: 100 }, () => firmCode(1)) },
    ],
    'in a fragment': [
      `query ($n: Int) { subject(${CODE}) { ...A } } fragment A on Subject { penalties(first: $n) { nodes { ... on CreditRecord { subject { ${turns('(first: $n)', 2)} } } } } }`,
      { n: 100 },
    ],
  };

  test.each(Object.entries(tooMuch))('%s', async (_, [query, variables]) => {
    const response = await city.post(query, { variables });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] });
  });

  test('and a thousand subjects with a page of each list are asked for in one query', async () => {
    const codes = Array.from({ length: 1000 }, (_, i) => firmCode(i));
    const { data, errors } = await city.ask(
      'query ($codes: [String!]!) { subjects(codes: $codes) { penalties { nodes { id } } permits { nodes { id } } } }',
      { variables: { codes } },
    );
    expect(errors).toBeUndefined();
    expect(data.subjects).toHaveLength(1000);
  });
});

test('fragments in a circle are refused', async () => {
  const response = await city.post(cycle);
  expect(response.status).toBe(400);
  expect(await response.json()).not.toHaveProperty('data');
});

test('the whole file with every field is no attack', async () => {
  const { data } = await city.ask(
    '{ __schema { types { kind name interfaces { name } fields { name args { name } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }',
  );
  interface Type {
    kind: string;
    name: string | null;
    ofType?: Type | null;
  }
  interface Field {
    name: string;
    type: Type;
  }
  const types = new Map<string, { fields: Field[] | null; interfaces: { name: string }[] | null }>(
    data.__schema.types.map((t: { name: string }) => [t.name, t]),
  );
  const bare = (type: Type): Type => (type.ofType ? bare(type.ofType) : type);
  const leaves = (name: string): string =>
    (types.get(name)?.fields ?? [])
      .filter((f) => bare(f.type).name !== 'Subject')
      .map((f) => {
        const { kind, name: inner } = bare(f.type);
        return kind === 'OBJECT' ? `${f.name} { ${leaves(inner as string)} }` : f.name;
      })
      .join(' ');
  const lists = (types.get('Subject')?.fields ?? []).map((f) => {
    const { kind, name } = bare(f.type);
    if (kind !== 'OBJECT') return f.name;
    const nodes = types.get(name as string)?.fields?.find((x) => x.name === 'nodes');
    return nodes
      ? `${f.name} { totalCount nodes { ${leaves(bare(nodes.type).name as string)} } }`
      : `${f.name} { ${leaves(name as string)} }`;
  });
  const answer = await city.ask(`{ subject(${CODE}) { ${lists.join(' ')} } }`);
  expect(answer).toEqual({ data: { subject: null } });
});

test('a request holds one operation: arrays are refused', async () => {
  const response = await fetch(`${city.running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Array.from({ length: 100 }, () => ({ query: `{ subject(${CODE}) { id } }` }))),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test.each([101, -1])('a page of %d is refused', async (first) => {
  await city.subject(firmCode(1), '甲公司');
  const lists = `penalties(first: ${first}) { totalCount } permits(first: ${first}) { totalCount }`;
  const { data, errors } = await city.ask(
    `{ subject(${CODE}) { ${lists} } searchSubjects(name: "公司", first: ${first}) { totalCount } catalogueItems(first: ${first}) { totalCount } }`,
  );
  expect(data).toEqual({
    subject: { penalties: null, permits: null },
    searchSubjects: null,
    catalogueItems: null,
  });
  expect(errors).toHaveLength(4);
  for (const error of errors ?? [])
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'first' });
});

test.each([1_000_000, 2_147_483_647])(
  'a page of %d is refused, by a literal or a variable',
  async (first) => {
    const literal = await city.ask(`{ subject(${CODE}) { penalties(first: ${first}) { totalCount } } }`);
    expect(literal).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] });
    const variable = await city.ask(
      `query ($first: Int) { subject(${CODE}) { penalties(first: $first) { totalCount } } }`,
      { variables: { first } },
    );
    expect(variable).toMatchObject({
      data: { subject: { penalties: null } },
      errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'first' } }],
    });
  },
);

test('a body beyond 16 MB is refused unread', async () => {
  const response = await fetch(`${city.running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ units { totalCount } } # ${'x'.repeat(17 << 20)}` }),
  });
  expect(response.status).toBe(413);
});

test('[NT-18] the whole file of a subject with page sizes written out is no shape to refuse', async () => {
  const lists = [
    'permits',
    'commitments',
    'evaluations',
    'penalties',
    'inspections',
    'arrears',
    'abnormalListings',
    'severeListings',
    'judgments',
    'enforcements',
    'honors',
    'volunteering',
    'redListings',
    'objections',
    'repairs',
  ];
  const record =
    'id documentNumber title determinedOn visibleUntil grade item { code name class tier } provider { code name } dispute { since stage }';
  const selection = lists.map((list) => `${list}(first: 100) { totalCount nodes { ${record} } }`).join(' ');
  const { errors } = await city.ask(
    `{ subject(${CODE}) { name code registration { ${record} } ${selection} } }`,
  );
  expect(errors).toBeUndefined();
});
