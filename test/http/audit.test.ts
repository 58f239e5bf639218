import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { type SmallWorld, smallWorld } from './world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

test("graphql-http's audit of GraphQL over HTTP finds no error", async () => {
  const results = await auditServer({ url: `${world.url}/graphql` });
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter((result) => result.status === 'error').map(({ name }) => name)).toEqual([]);
});
