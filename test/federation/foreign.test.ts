import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloGateway, type GatewayConfig, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { type GraphQLSchema, buildClientSchema, execute, getIntrospectionQuery, parse } from 'graphql';
import { CompiledGateway, type Way } from '../../gateway/federation/compiled/compiledGateway.ts';
import { type Executed, type Told, told } from './answers.ts';
import { lie } from './foreign/lies.ts';
import { FOREIGN_NAMES, type ForeignName, foreignSupergraph } from './foreign/schema.ts';
import { foreignValues } from './foreign/values.ts';
import { type World, foreignSubgraph } from './foreign/world.ts';
import { type Operation, operations } from './operations.ts';
import { TIMEOUT, runs } from './runs.ts';

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';

const world: World & { lies: number } = { seed: 0, faults: 0, timing: 'mixed', lies: 0 };
const ways: Record<Way, number> = { compiled: 0, stock: 0 };

const silent = { debug() {}, info() {}, warn() {}, error() {} };

let schema: GraphQLSchema;
let stock: ApolloServer;
let compiled: ApolloServer;
/** What plans were made of, to see that all of it was met. */
const plans = new Set<string>();

function config(): GatewayConfig {
  const schemas = Object.fromEntries(FOREIGN_NAMES.map((name) => [name, foreignSubgraph(name, world)]));
  return {
    supergraphSdl: foreignSupergraph(),
    logger: silent,
    buildService: ({ name }): GraphQLDataSource => ({
      async process({ request }) {
        const answer = await execute({
          schema: schemas[name as ForeignName] as GraphQLSchema,
          document: parse(request.query as string),
          variableValues: request.variables,
          operationName: request.operationName,
          contextValue: {},
        });
        const response = JSON.parse(JSON.stringify(answer));
        return world.lies ? lie(response, world.lies, world.seed, name, request.query) : response;
      },
    }),
  };
}

const serverOf = (gateway: ApolloGateway) =>
  new ApolloServer({
    gateway,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    logger: silent,
  });

beforeAll(async () => {
  stock = serverOf(
    new ApolloGateway({
      ...config(),
      experimental_didResolveQueryPlan({ queryPlan }) {
        for (const [, part] of JSON.stringify(queryPlan).matchAll(
          /"(\w+Rewrites|requires|kind)":(?:"(\w+)")?/g,
        ))
          plans.add(part as string);
      },
    }),
  );
  compiled = serverOf(
    new CompiledGateway({
      ...config(),
      onExecuted: (way) => {
        ways[way] += 1;
      },
    }),
  );
  await stock.start();
  await compiled.start();
  const { data } = await ask(stock, getIntrospectionQuery());
  schema = buildClientSchema(JSON.parse(data as string));
}, TIMEOUT);
afterAll(async () => {
  await compiled?.stop();
  await stock?.stop();
});

async function ask(
  server: ApolloServer,
  query: string,
  request: Partial<Operation['requests'][number]> = {},
): Promise<Told> {
  const { http, body } = (await server.executeOperation({ query, ...request })) as Executed;
  return told(http.status ?? 200, body.singleResult ?? {});
}

async function expectSame(
  query: string,
  request: Partial<Operation['requests'][number]> = {},
): Promise<void> {
  const expected = await ask(stock, query, request);
  // The plan is compiled at the first time and kept.
  for (let time = 0; time < 2; time++) expect(await ask(compiled, query, request)).toEqual(expected);
}

const query = () => operations(schema, { values: foreignValues, depth: 4, width: 3, fields: 25 });

async function holds(worlds: fc.Arbitrary<Partial<typeof world>>, usual: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(query(), worlds, fc.nat({ max: 1_000 }), async ({ query, requests }, how, seed) => {
      Object.assign(world, { faults: 0, timing: 'mixed', lies: 0 }, how, { seed });
      for (const request of requests) await expectSame(query, request);
    }),
    runs(usual, 10_000),
  );
}

describe('compiled plans answer as stock ones do, over a supergraph with all that ours lacks', () => {
  test('where all goes well', () => holds(fc.constant({}), 150), TIMEOUT);

  test(
    'where resolvers fail, and give null or nonsense',
    () =>
      holds(
        fc.record({
          faults: fc.constantFrom(1, 4),
          timing: fc.constantFrom('now' as const, 'late' as const),
        }),
        150,
      ),
    TIMEOUT,
  );

  test(
    'where subgraphs do not keep to their schemas',
    () => holds(fc.record({ lies: fc.constantFrom(5, 30) }), 150),
    TIMEOUT,
  );

  const QUERIES: [what: string, query: string][] = [
    [
      'names that clash once an interface is taken apart',
      '{ priced { id caption title } titled { caption ... on Book { stock } } }',
    ],
    ['interface objects', '{ media { id title reviews(first: 1) { stars about { title score } } } }'],
    [
      'what one subgraph has and the other provides',
      '{ latest { author { name karma born } replies { author { name age } } } }',
    ],
    [
      'what a field requires',
      '{ book(id: "b1") { shipping(unit: LB) stock price { amount was { amount } } } hits { ... on Movie { label } } }',
    ],
    [
      'compound and nested keys',
      '{ goods { ... on Book { isbn { number } title authors { region mentor { name } } } ... on Voucher { value } } }',
    ],
    [
      'lists of lists',
      '{ grid(rows: 3) { title reviews { stars } shipping } cube media { ... on Movie { cast { name karma } } } }',
    ],
  ];
  test.each(QUERIES)('%s', async (_what, one) => {
    for (const [seed, timing] of [
      [1, 'now'],
      [2, 'late'],
      [3, 'mixed'],
    ] as const)
      for (const faults of timing === 'mixed' ? [0] : [0, 1, 4]) {
        Object.assign(world, { seed, faults, timing, lies: 0 });
        await expectSame(one);
      }
  });
});

test('plans of every kind were met, and some of all operations were compiled', () => {
  expect([...plans].toSorted()).toEqual(['inputRewrites', 'kind', 'outputRewrites', 'requires']);
  console.log(`compiled: ${ways.compiled} of ${ways.compiled + ways.stock}`);
  expect(ways.compiled).toBeGreaterThan(0);
});
