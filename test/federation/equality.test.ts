import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type GraphQLSchema, buildClientSchema, getIntrospectionQuery } from 'graphql';
import { MATTER } from '../support/known.ts';
import { collectCursors } from './cursors.ts';
import { type Answered, type Door, type OwnGateway, type Request, openGateway, served } from './gateways.ts';
import type { Operation } from './operations.ts';
import { ownOperations } from './ownOperations.ts';
import { TIMEOUT, runs } from './runs.ts';
import { type Caller, FIRMS, type Town, openTown } from './town.ts';

/** An operation is compiled in steps: the plan at first, in subgraphs some time after the second time. */
const TIMES = 3;

/** Left to the stock executor, and not what is meant to be fast. */
const INTROSPECTION = /__schema|__type\(/;

/** Milliseconds: on a busy machine the first operations alone, which are planned, take ten seconds. */
const PATIENCE = 30_000;

const executed = { compiled: 0, stock: 0 };

let town: Town;
let compiled: OwnGateway;
let stock: OwnGateway;
let city: Door;
let asked: Record<Caller['kind'], fc.Arbitrary<Operation>>;

async function schemaOf(door: Door): Promise<GraphQLSchema> {
  const { data } = await door.ask(getIntrospectionQuery(), { variables: {} }, {});
  return buildClientSchema(JSON.parse(data as string));
}

beforeAll(async () => {
  town = await openTown();
  stock = await openGateway(town, 'stock', 'graphql-js');
  compiled = await openGateway(town, 'compiled', 'jit');
  city = served(town);
  const schema = await schemaOf(stock);
  asked = ownOperations(schema, await collectCursors(stock, schema, town.callers));
}, TIMEOUT);
afterAll(async () => {
  await compiled?.close();
  await stock?.close();
  await town?.city.close();
});

/** Where a null rose, executing goes on underneath or not, and what was found there may be in the journal or not. */
const comparable = ({ disclosed, ...told }: Answered) => ({
  ...told,
  ...(told.risen.length === 0 && { disclosed }),
});

async function expectSame(
  query: string,
  request: Request,
  { options }: Pick<Caller, 'options'>,
): Promise<void> {
  const expected = comparable(await stock.ask(query, request, options));
  for (const door of [compiled, city])
    for (let time = 0; time < TIMES; time++)
      expect(comparable(await door.ask(query, request, options))).toEqual(expected);
}

test(
  'compiled plans over graphql-jit, by HTTP too, answer as @apollo/gateway over graphql-js does, whoever asks and whatever',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...town.callers).chain((caller) => fc.tuple(fc.constant(caller), asked[caller.kind])),
        async ([caller, { query, requests }]) => {
          const before = { ...compiled.ways };
          for (const request of requests) await expectSame(query, request, caller);
          if (INTROSPECTION.test(query)) return;
          for (const way of ['compiled', 'stock'] as const) executed[way] += compiled.ways[way] - before[way];
        },
      ),
      runs(120, PATIENCE),
    );
    const all = executed.compiled + executed.stock;
    console.log(`compiled: ${executed.compiled} of ${all}`);
    expect(executed.compiled / all).toBeGreaterThan(0.9);
  },
  TIMEOUT,
);

describe('what compilers were found to get wrong', () => {
  const [first, second] = FIRMS;
  const one = `subject(code: "${first}")`;
  const FOUND: [what: string, query: string, variables?: Record<string, unknown>][] = [
    [
      'a null for a condition that has a default',
      `query ($if: Boolean = true) { ${one} { name @include(if: $if) } }`,
      { if: null },
    ],
    ['the same at the root', `query ($if: Boolean = true) { ${one} @skip(if: $if) { name } }`, { if: null }],
    [
      'a fragment that is spread without a condition and under one',
      `{ ${one} { permits(first: 2) { nodes { ...F } } a: permits(first: 1) { nodes { ...F @include(if: false) } } } }
       fragment F on Permit { title determinedOn }`,
    ],
    [
      'the same, one fragment down',
      `{ ${one} { permits(first: 1) { nodes { ...G @include(if: false) ...H } } a: permits { nodes { ...G ...H } } } }
       fragment F on Permit { title determinedOn }
       fragment G on Permit { ...F state }
       fragment H on Permit { ...F remarks }`,
    ],
    [
      'a field with selections that is skipped once and not another time',
      `query ($if: Boolean!) { ${one} { permits(first: 1) @include(if: $if) { totalCount } permits(first: 1) { nodes { title } } } }`,
      { if: false },
    ],
    [
      'aliases whose paths are the same once joined by _',
      `{ x: ${one} { y_z: permits(first: 1) { nodes { title grade } } }
         z_x: ${one} { y: permits(first: 1) { nodes { formedOn } } } }`,
    ],
    [
      'names that every object has',
      `{ ${one} { constructor: name toString: permits(first: 1) { nodes { __proto__: title valueOf: grade } } } }`,
    ],
    [
      'a non-null variable that is left to its default',
      `query ($n: Int! = 1) { ${one} { permits(first: $n) { nodes { title } } } }`,
    ],
    [
      'a single value for a list',
      'query ($codes: [String!]!) { subjects(codes: $codes) { name } }',
      { codes: first },
    ],
    [
      'a variable within a list',
      `query ($code: String!) { subjects(codes: [$code, "${second}"]) { name } }`,
      { code: first },
    ],
    [
      'a value that a scalar refuses',
      'query ($on: Date) { catalogueSummary(asOf: $on) { items } }',
      { on: 'no day' },
    ],
    [
      'a default that a scalar refuses',
      'query ($on: Date = "no day") { catalogueSummary(asOf: $on) { items } }',
    ],
    ['a literal that a scalar refuses', '{ catalogueSummary(asOf: "no day") { items } }'],
    [
      'cursors of lists whose filter is part literal, part variable',
      'query ($text: String) { units(search: $text, kind: JUDICIAL_ORGAN, first: 1) { edges { cursor } } }',
      { text: '310116' },
    ],
    [
      'a type within an interface that it implements, without its name',
      `{ ${one} { permits(first: 1) { nodes { ... on CreditRecord { ... on Permit { title } } } } } }`,
    ],
    [
      'texts that look like JavaScript',
      `{ ${one} { name } searchSubjects(name: "\`\${process.exit()}\`") { totalCount } }`,
    ],
  ];

  test.each(FOUND)('%s', async (_what, query, variables = {}) => {
    const caller = town.callers.find(({ name }) => name === MATTER.supervision) as Caller;
    await expectSame(query, { variables }, caller);
  });

  /** graphql-jit 0.8.9 keeps dates in the code that it writes as texts with this mark, which its readers know. */
  const MARK = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';

  test('no text in a query is ever run', async () => {
    const harm = `${MARK}(globalThis.harmed = true, 0)`;
    for (const query of [
      `{ subject(code: "${harm}") { name } }`,
      `{ searchSubjects(name: "${harm}") { totalCount } }`,
      `query ($text: String! = "${harm}") { searchSubjects(name: $text) { totalCount } }`,
      `{ searchSubjects(name: """${harm}""") { totalCount } }`,
    ])
      await expectSame(query, { variables: { text: harm } }, { options: {} });
    expect(globalThis).not.toHaveProperty('harmed');
  });
});

test('a mutation goes the stock way', async () => {
  const { ways } = compiled;
  const before = { ...ways };
  const center = town.callers.find(({ name }) => name === 'center') as Caller;
  const query = `mutation { submitRecords(input: { layout: "no such layout", jurisdiction: "310116", rows: [] }) { receipt { id } } }`;
  const expected = await stock.ask(query, { variables: {} }, center.options);
  expect(await compiled.ask(query, { variables: {} }, center.options)).toEqual(expected);
  expect(expected.errors).toHaveLength(1);
  expect(ways).toEqual({ compiled: before.compiled, stock: before.stock + 1 });
});
