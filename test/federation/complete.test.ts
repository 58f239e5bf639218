import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type GraphQLSchema, buildClientSchema, getIntrospectionQuery } from 'graphql';
import { type Door, served } from './gateways.ts';
import { operations } from './operations.ts';
import { TIMEOUT, runs } from './runs.ts';
import { type Caller, FIRMS, type Town, openTown } from './town.ts';

/** Asked again and again, an operation is compiled. */
const TIMES = 3;

/**
 * What is null though everything is on file: there are no disputes, an empty page has no cursors, no rule on promises is in force, a look at
 * oneself has no unit and no matter, and no measures were determined.
 */
const MAY_BE_NULL =
  /\.(dispute|startCursor|endCursor|promiseEligible|accessHistory|measures)$|^CatalogueItem\./;

let town: Town;
let city: Door;
let schema: GraphQLSchema;
let itself: Caller;

beforeAll(async () => {
  town = await openTown();
  city = served(town);
  const { data } = await city.ask(getIntrospectionQuery(), { variables: {} }, {});
  schema = buildClientSchema(JSON.parse(data as string));
  itself = town.callers.find(({ name }) => name.includes(FIRMS[0] as string)) as Caller;
}, TIMEOUT);
afterAll(() => town?.city.close());

const about = () =>
  operations(schema, {
    depth: 6,
    values: (_coordinate, type) =>
      type === 'Int' ? fc.constantFrom(1, 2, 3) : type === 'String' ? fc.constant('') : undefined,
    weight(coordinate) {
      if (coordinate.startsWith('Query.')) return coordinate === 'Query.me' ? 20 : 0;
      if (MAY_BE_NULL.test(coordinate)) return 0;
      return /^\w+Connection\.(nodes|edges)$|^\w+Edge\.node$/.test(coordinate) ? 4 : 1;
    },
  });

/** Columns are read only where a query asks for them: one that is missed would be a null. */
test(
  '[NT-18] of a subject of whom every field is on file no field is missing, whichever are asked for and however',
  async () => {
    await fc.assert(
      fc.asyncProperty(about(), async ({ query, requests }) => {
        fc.pre(!/__schema|__type\(/.test(query));
        for (const request of requests) {
          for (let time = 0; time < TIMES; time++) {
            const { data, errors } = await city.ask(query, request, itself.options);
            if (errors.length === 0) expect(data).not.toContain('null');
          }
        }
      }),
      runs(120),
    );
  },
  TIMEOUT,
);
