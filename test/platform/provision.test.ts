import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, DatabaseError } from 'pg';
import { openSecrets, type Secrets } from '../../platform/data/secrets.ts';
import { createLog } from '../../platform/log.ts';
import { type Cluster, openCluster } from '../../platform/postgres/cluster.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { type DatabaseSpec, type DatabaseUrls, provision } from '../../platform/postgres/provision.ts';
import { temporaryFolder } from './support/folder.ts';

const DENIED = '42501';
const SPECS: DatabaseSpec[] = [
  { name: 'penalties' },
  { name: 'access', roles: [{ name: 'access_journal', grants: 'insert-select' }], ownSchemas: ['jobs'] },
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let secrets: Secrets;
let cluster: Cluster;
let penalties: DatabaseUrls;
let access: DatabaseUrls;

const journal = () => access.roleUrls.access_journal ?? '';
const provisionAll = async () => {
  const { penalties, access } = await provision(cluster, SPECS, secrets);
  if (!penalties || !access) throw new Error('a database is missing');
  return { penalties, access };
};

beforeAll(async () => {
  folder = await temporaryFolder();
  secrets = await openSecrets(folder.path);
  cluster = await openCluster({
    folder: folder.path,
    preferredPort: 55_400,
    superuserPassword: secrets.superuserPassword,
    sharedBuffers: '32MB',
    log: createLog({ logLevel: 'silent' }, 'test'),
  });
  ({ penalties, access } = await provisionAll());
  await query(
    penalties.migratorUrl,
    'create table penalty (id bigint generated always as identity primary key, amount numeric(18,2))',
  );
  await query(access.migratorUrl, 'create table journal_entry (id bigserial primary key, note text)');
});

afterAll(async () => {
  await cluster?.stop();
  await folder?.remove();
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The SQLSTATE by which a statement, or the connection, is refused. */
const refusalOf = (url: string, sql = 'select 1'): Promise<string | undefined> =>
  query(url, sql).then(
    () => 'not refused',
    (error: unknown) => (error instanceof DatabaseError ? error.code : String(error)),
  );

describe('the application role', () => {
  test('reads and writes rows of the tables that the migrator made', async () => {
    await query(penalties.appUrl, 'insert into penalty (amount) values (100.00)');
    await query(penalties.appUrl, 'update penalty set amount = 200.00');
    expect(await query(penalties.appUrl, 'select amount from penalty')).toEqual([{ amount: '200.00' }]);
    await query(penalties.appUrl, 'delete from penalty');
  });

  test.each([
    'alter table penalty add column note text',
    'drop table penalty',
    'truncate penalty',
    'create table another (id int)',
    'create schema another',
    'create index on penalty (amount)',
    'create extension hstore',
    'create role another',
    'create database another',
    'alter default privileges for role penalties_migrator grant all on tables to penalties_app',
    'set role penalties_migrator',
    `copy penalty to program 'cat'`,
  ])('may not: %s', async (sql) => {
    expect(await refusalOf(penalties.appUrl, sql)).toBe(DENIED);
  });

  test.each(['access', 'postgres', 'template1'])('cannot connect to the database %s', async (database) => {
    const url = new URL(penalties.appUrl);
    url.pathname = `/${database}`;
    expect(await refusalOf(url.href)).toBe(DENIED);
  });
});

test('an application owns the schemas that are set apart for it, and no other', async () => {
  await query(access.appUrl, 'create table jobs.job (id int); drop table jobs.job');
  expect(await refusalOf(access.appUrl, 'create table another (id int)')).toBe(DENIED);
  expect(await refusalOf(journal(), 'create table jobs.another (id int)')).toBe(DENIED);
});

describe('the migrator', () => {
  test('makes, alters and drops tables of its database', async () => {
    await query(penalties.migratorUrl, 'create table passing (id int)');
    await query(penalties.migratorUrl, 'alter table passing add column name text');
    await query(penalties.migratorUrl, 'create index on passing using gin (name gin_trgm_ops)');
    await query(penalties.migratorUrl, 'drop table passing');
    expect(await refusalOf(penalties.migratorUrl, 'select from passing')).toBe('42P01');
  });

  test('cannot connect to the database of another', async () => {
    const url = new URL(penalties.migratorUrl);
    url.pathname = '/access';
    expect(await refusalOf(url.href)).toBe(DENIED);
  });
});

describe('a role for tables that only grow', () => {
  test('appends and reads', async () => {
    await query(journal(), `insert into journal_entry (note) values ('first')`);
    expect(await query(journal(), 'select note from journal_entry')).toEqual([{ note: 'first' }]);
  });

  test.each([
    `update journal_entry set note = ''`,
    'delete from journal_entry',
    'truncate journal_entry',
    'drop table journal_entry',
  ])('may not: %s', async (sql) => {
    expect(await refusalOf(journal(), sql)).toBe(DENIED);
  });
});

test('provisioning again, also twice at once, keeps data, passwords and what a migration took back', async () => {
  await query(access.migratorUrl, 'create table closed (id int); revoke all on closed from access_app');
  const again = await Promise.all([provisionAll(), provisionAll()]);
  expect(again).toEqual([
    { penalties, access },
    { penalties, access },
  ]);
  expect(await query(access.appUrl, 'select note from journal_entry')).toEqual([{ note: 'first' }]);
  expect(await refusalOf(access.appUrl, 'select from closed')).toBe(DENIED);
});

test('each database says in a comment whose it is', async () => {
  const [row] = await query(
    cluster.superuserUrl('penalties'),
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = 'penalties'`,
  );
  expect(row?.comment).toMatch(/penalties_migrator.*penalties_app/);
});

test('values arrive as this system writes them, alone and in arrays', async () => {
  const pool = openPool(penalties.appUrl, { max: 1 });
  try {
    const { rows } = await pool.query(`
      select date '2024-02-29' as day, array[date '0099-01-01', null] as days,
             numeric '100.10' as amount, array[numeric '0.10'] as amounts,
             timestamptz '2026-03-01 00:30:00+08' as instant, array[timestamptz '2026-03-01 00:30:00.123456+08'] as instants,
             bigint '42' as number, bigint '9007199254740993' as large, array[bigint '1'] as numbers`);
    expect(rows).toEqual([
      {
        day: '2024-02-29',
        days: ['0099-01-01', null],
        amount: '100.10',
        amounts: ['0.10'],
        instant: '2026-02-28T16:30:00.000Z',
        instants: ['2026-02-28T16:30:00.123Z'],
        number: 42,
        large: '9007199254740993',
        numbers: [1],
      },
    ]);
  } finally {
    await pool.end();
  }
});
