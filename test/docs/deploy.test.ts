import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { parse } from 'yaml';
import { makeEnv } from '../../deploy/makeEnv.ts';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { copyOfTemplate, environment } from '../support/command.ts';
import { PROJECT } from './documents.ts';

const run = promisify(execFile);

interface Service {
  command: string[];
  environment: Record<string, string>;
}
const { services } = parse(readFileSync(join(PROJECT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const made = await makeEnv();

let folder: string;
let ground: Ground;
let port: string;
beforeAll(async () => {
  folder = copyOfTemplate();
  ground = await openGround(loadSettings(environment(folder)));
  port = new URL(ground.databases.catalogue.appUrl).port;
});
afterAll(async () => {
  await ground.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A service's environment as compose makes it, with the PostgreSQL of this test for the containers'. */
function environmentOf(name: string): Record<string, string> {
  const env: Record<string, string> = { ...made, POSTGRES_PASSWORD: ground.secrets.superuserPassword };
  return Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      value
        .replace(/\$\{(\w+):[^}]*\}/g, (_, variable: string) => env[variable] ?? '')
        .replace('@postgres:5432', `@127.0.0.1:${port}`),
    ]),
  );
}

async function job(name: string, env: Record<string, string> = {}): Promise<string> {
  const [, ...args] = services[name]?.command ?? [];
  const { stdout } = await run(process.execPath, args, {
    cwd: PROJECT,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(PROJECT, 'node_modules/.cache/compiled'),
      ...environmentOf(name),
      ...env,
    },
  });
  return stdout;
}

const access = async (url: string, sql: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
};
const AT_ONCE = 2;
const DENIED = '42501';
const WRONG_PASSWORD = '28P01';

test('the jobs of docker-compose.yml make roles that services can work as, and bring the databases into line', async () => {
  const urlOf = (name: string, variable: string): string => environmentOf(name)[variable] as string;
  expect(await access(urlOf('penalties', 'DATABASE_URL'), 'select')).toBe(WRONG_PASSWORD);

  await job('provision', { PGHOST: '127.0.0.1', PGPORT: port });
  for (let from = 0; from < SUBGRAPH_NAMES.length; from += AT_ONCE) {
    const jobs = SUBGRAPH_NAMES.slice(from, from + AT_ONCE).map((name) => job(`migrate-${name}`));
    expect(await Promise.all(jobs)).toEqual(jobs.map(() => ''));
  }
  for (const name of SUBGRAPH_NAMES) {
    const url = urlOf(name, 'DATABASE_URL');
    expect([name, await access(url, 'select')]).toEqual([name, 'done']);
    expect([name, await access(url, 'create table public.own ()')]).toEqual([name, DENIED]);
  }
  const journal = urlOf('gateway-1', 'JOURNAL_DATABASE_URL');
  expect(await access(journal, 'select from journal_entry')).toBe('done');
  expect(await access(journal, 'delete from journal_entry')).toBe(DENIED);

  expect(await job('load-catalogue')).toBe('0 units, 0 items, 0 matters, 0 behaviours added\n');
});

test('a job that lacks a password names it and does nothing', async () => {
  await expect(
    job('provision', { PGHOST: '127.0.0.1', PGPORT: port, HONORS_APP_PASSWORD: '' }),
  ).rejects.toThrow('HONORS_APP_PASSWORD is not set');
});
