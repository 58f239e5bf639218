import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLSchema,
  buildSchema,
  execute,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import pg from 'pg';
import { schemaDrift } from '../../records/database.ts';
import type { Scope } from '../../records/grant.ts';
import { guarded, tierOf, untiered } from '../../records/guard.ts';
import { SUPERGRAPH_FILE, composeSupergraph } from '../../schema/compose.ts';
import { expand } from '../../schema/expand.ts';
import { SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';
import { modules } from '../../subgraphs/index.ts';
import { City } from '../support/city.ts';

const supergraphSdl = readFileSync(SUPERGRAPH_FILE, 'utf8');

/** Every field of every object and interface, but GraphQL's own. */
const fieldsOf = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        type,
        field,
        name: `${type.name}.${field.name}`,
        tier: tierOf(field),
      })),
    );

describe('tiers', () => {
  test.each(SUBGRAPH_NAMES)('[NT-19] every field of %s has one', (name) => {
    expect(untiered(buildSubgraphSchema(subgraphSdl(name)))).toEqual([]);
  });

  test('[NT-19] every field of the supergraph has one', () => {
    const composed = fieldsOf(buildSchema(supergraphSdl, { assumeValid: true }));
    expect(composed.filter((f) => !f.tier).map((f) => f.name)).toEqual([]);
  });

  test('[NT-19] a field that may be denied beside others that are not is nullable, so that its denial costs nothing else', () => {
    const fields = fieldsOf(buildSchema(supergraphSdl, { assumeValid: true }));
    const isClosed = (typeName: string) =>
      fields.filter((f) => f.type.name === typeName).every((f) => f.tier !== 'PUBLIC');
    const wrong = fields.filter(
      (f) => f.tier !== 'PUBLIC' && isNonNullType(f.field.type) && !isClosed(f.type.name),
    );
    expect(wrong.map((f) => f.name)).toEqual([]);
  });

  test('[NT-19] nothing public leads into a type that is closed altogether', () => {
    const fields = fieldsOf(buildSchema(supergraphSdl, { assumeValid: true }));
    const isClosed = (typeName: string) => {
      const own = fields.filter((f) => f.type.name === typeName);
      return own.length > 0 && own.every((f) => f.tier !== 'PUBLIC');
    };
    const doors = fields.filter((f) => f.tier === 'PUBLIC' && isClosed(getNamedType(f.field.type).name));
    expect(doors.map((f) => f.name)).toEqual([]);
  });

  test('[NT-19] rows of reports, which are open themselves, are reached through guarded fields alone', () => {
    const fields = fieldsOf(buildSchema(supergraphSdl, { assumeValid: true }));
    const rows = ['ReportRow', 'ReportFulfilment', 'ReportCount'];
    const doors = fields.filter((f) => rows.includes(getNamedType(f.field.type).name));
    expect(doors.length).toBeGreaterThan(50);
    expect(doors.filter((f) => f.tier === 'PUBLIC').map((f) => f.name)).toEqual([]);
  });

  test('[SH-16] a field without one is denied to everybody, also behind `_entities`; the others by theirs', async () => {
    const typeDefs = expand(`
      enum DisclosureTier { PUBLIC SHARED AUTHORIZED }
      directive @disclosure(tier: DisclosureTier!) on FIELD_DEFINITION
      type Query { thing: Thing @disclosure(tier: PUBLIC) forgotten: Thing }
      type Thing @key(fields: "id") {
        id: ID! @disclosure(tier: PUBLIC)
        shared: String @disclosure(tier: SHARED)
        authorized: String @disclosure(tier: AUTHORIZED)
        forgotten: String
      }`);
    const thing = { __typename: 'Thing', id: '1', shared: 's', authorized: 'a', forgotten: 'f' };
    const resolvers = {
      Query: { thing: () => thing, forgotten: () => thing },
      Thing: { __resolveReference: () => thing },
    };
    const schema = guarded(buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]));
    const part = '{ __typename ... on Thing { id shared authorized forgotten } }';
    const document = parse(
      `query ($r: [_Any!]!) { thing ${part} forgotten { id } _entities(representations: $r) ${part} }`,
    );
    const shown = async (scope: Scope) => {
      const { data } = await execute({
        schema,
        document,
        variableValues: { r: [thing] },
        contextValue: { grant: { scope } },
      });
      return data;
    };
    const as = (shared: string | null, authorized: string | null) => {
      const it = { __typename: 'Thing', id: '1', shared, authorized, forgotten: null };
      return { thing: it, forgotten: null, _entities: [it] };
    };
    expect(await shown({ kind: 'PUBLIC', persons: [] })).toEqual(as(null, null));
    expect(await shown({ kind: 'MATTER', matter: 1, persons: true })).toEqual(as('s', null));
    expect(await shown({ kind: 'REFERENCE' })).toEqual(as('s', null));
    expect(await shown({ kind: 'SELF', subject: '1' })).toEqual(as('s', 'a'));
  });
});

test('the supergraph that is checked in is the one that the subgraphs compose to', () => {
  expect(supergraphSdl).toBe(`${composeSupergraph().trim()}\n`);
});

let city: City;

beforeAll(async () => {
  city = await City.open();
});
afterAll(() => city.close());

test('[NT-19] whoever introspects the gateway reads the tier of every field in its description', async () => {
  const { data } = await city.ask('{ __schema { types { name kind fields { name description } } } }');
  interface Shown {
    name: string;
    kind: string;
    fields: { name: string; description: string }[] | null;
  }
  const tiers = new Map(
    fieldsOf(buildSchema(supergraphSdl, { assumeValid: true })).map((f) => [f.name, f.tier]),
  );
  const types = (data.__schema.types as Shown[]).filter((t) => !t.name.startsWith('__'));
  const fields = types.flatMap((t) =>
    (t.fields ?? []).map((f) => ({ name: `${t.name}.${f.name}`, description: f.description })),
  );
  expect(fields.length).toBeGreaterThan(500);
  for (const { name, description } of fields)
    expect([name, /(?<tier>[A-Z]+)$/.exec(description)?.groups?.['tier']]).toEqual([name, tiers.get(name)]);
});

describe('tables', () => {
  async function rows<T extends object>(url: string, sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  // Migrations alone keep functions; those of triggers stand with their tables, those in C are extensions'.
  test.each(SUBGRAPH_NAMES)('of %s have no function that nobody knows of', async (name) => {
    const functions = await rows<{ name: string }>(
      city.running.house.databases[name].migratorUrl,
      `select proname as name from pg_proc join pg_language l on l.oid = prolang
       where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype and lanname <> 'c'`,
    );
    expect(functions.map((f) => f.name)).toEqual(name === 'access' ? ['journal_entry_hash'] : []);
  });

  test.each(SUBGRAPH_NAMES)('of %s are what its entities say', async (name) => {
    expect(await schemaDrift(city.running.house.databases[name].migratorUrl, modules[name].entities)).toBe(
      '',
    );
  });

  test.each(SUBGRAPH_NAMES)('of %s say what they and their columns mean', async (name) => {
    const silent = await rows<{ table: string; column: string | null }>(
      city.running.house.databases[name].migratorUrl,
      `select c.relname as table, a.attname as column from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'
         and (coalesce(obj_description(c.oid), '') = '' or coalesce(col_description(c.oid, a.attnum), '') = '')`,
    );
    expect(silent).toEqual([]);
  });

  test.each(SUBGRAPH_NAMES)(
    '[SH-31] of %s are beyond its application role to alter, make or empty',
    async (name) => {
      const { appUrl, migratorUrl } = city.running.house.databases[name];
      const [{ table }] = (await rows<{ table: string }>(
        migratorUrl,
        "select relname as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migration' limit 1",
      )) as [{ table: string }];
      for (const sql of [
        `alter table ${table} add column x int`,
        `drop table ${table}`,
        `truncate ${table}`,
        `create index on ${table} ((1))`,
        'create table made_up (x int)',
        'create schema made_up',
        'create role made_up',
      ]) {
        await expect(rows(appUrl, sql)).rejects.toMatchObject({ code: '42501' });
      }
    },
  );
});
