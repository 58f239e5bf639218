import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createLog } from '../../platform/log.ts';
import { serverAccount } from '../../platform/postgres/account.ts';
import { type Cluster, openCluster } from '../../platform/postgres/cluster.ts';
import { runningPostmaster } from '../../platform/postgres/postmaster.ts';
import { Problem } from '../../platform/problem.ts';
import { temporaryFolder } from './support/folder.ts';
import { startHolder, until } from './support/processes.ts';

const PORT = 55_300;
const PASSWORD = 'a superuser/password@of:this test';
const log = createLog({ logLevel: 'silent' }, 'test');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let data: string;
const hold = () => startHolder(folder.path, PORT, PASSWORD);
const open = (superuserPassword = PASSWORD) =>
  openCluster({ folder: folder.path, preferredPort: PORT, superuserPassword, sharedBuffers: '32MB', log });
const running = () => runningPostmaster(data);
const entries = () => readdir(join(folder.path, 'postgres')).catch(() => []);

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'postgres/data');
});

afterAll(async () => {
  const left = await running();
  if (left) process.kill(left.pid, 'SIGINT');
  await until(async () => !(await running()));
  await folder.remove();
});

async function query(cluster: Cluster, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: cluster.superuserUrl('postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a PostgreSQL cluster in the data folder, one test after another on the same files', () => {
  test('an initdb that was killed half way is done anew', async () => {
    const killed = hold();
    killed.opened.catch(() => undefined);
    await until(async () => {
      const draft = (await entries()).find((entry) => /^new-\d+$/.test(entry));
      return draft !== undefined && (await readdir(join(folder.path, 'postgres', draft))).length > 0;
    });
    await killed.kill();
    expect(await entries()).not.toContain('data');

    const cluster = await open();
    await query(cluster, 'create table kept (what text)');
    await query(cluster, `insert into kept values ('first start')`);
    await cluster.stop();
    expect((await entries()).filter((entry) => entry.startsWith('new-'))).toEqual([]);
    expect(await running()).toBeUndefined();
  });

  test('a second start finds the data of the first', async () => {
    const cluster = await open();
    expect(cluster.owned).toBe(true);
    expect(await query(cluster, 'select what from kept')).toEqual([{ what: 'first start' }]);
    await cluster.stop();
    await cluster.stop();
    expect(await running()).toBeUndefined();
  });

  test('Chinese letters are letters to trigrams and patterns; only the loopback address is listened on', async () => {
    const cluster = await open();
    await query(cluster, 'create extension pg_trgm');
    const [letters] = await query(
      cluster,
      `select similarity('上海某某有限公司', '上海某某股份有限公司') > 0.3 as trigrams, '沪' ~ '^\\w$' as word,
              (select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
                where name in ('listen_addresses', 'unix_socket_directories', 'jit', 'synchronous_commit', 'max_connections', 'password_encryption')) as settings`,
    );
    expect(letters).toEqual({
      trigrams: true,
      word: true,
      settings:
        'jit=off listen_addresses=127.0.0.1 max_connections=200 password_encryption=scram-sha-256 synchronous_commit=on unix_socket_directories=',
    });
    await cluster.stop();
  });

  test('two processes that start at once share one server, and the last to leave stops it', async () => {
    const [a, b] = [hold(), hold()];
    const [openedA, openedB] = await Promise.all([a.opened, b.opened]);
    expect(openedA.port).toBe(openedB.port);
    expect(openedA.owned).not.toBe(openedB.owned);
    const server = await running();

    const [starter, guest] = openedA.owned ? [a, b] : [b, a];
    await starter.leave();
    expect(await running()).toEqual(server);
    await guest.leave();
    expect(await running()).toBeUndefined();
  });

  test('a server whose starter was killed is taken over, and stopped by who took it over', async () => {
    const starter = hold();
    const { port } = await starter.opened;
    await starter.kill();
    const cluster = await open();
    expect(cluster).toMatchObject({ owned: false, port });
    expect(await query(cluster, 'select what from kept')).toEqual([{ what: 'first start' }]);
    await cluster.stop();
    expect(await running()).toBeUndefined();
  });

  test('after a kill of the postmaster and its starter, what was committed is there at the next start', async () => {
    const starter = hold();
    await starter.opened;
    const guest = await open();
    await query(guest, `insert into kept values ('committed just before')`);
    process.kill((await running())?.pid ?? 0, 'SIGKILL');
    await starter.kill();
    await guest.stop();

    const cluster = await open();
    expect(cluster.owned).toBe(true);
    expect(await query(cluster, 'select what from kept')).toEqual([
      { what: 'first start' },
      { what: 'committed just before' },
    ]);
    await cluster.stop();
  });

  test('who uses the server is counted again after the crash of a backend', async () => {
    const stays = await open();
    const presences = async () =>
      (
        await query(
          stays,
          `select pid from pg_stat_activity where application_name = 'presence' and state = 'idle'`,
        )
      ).map(({ pid }) => Number(pid));
    const [before = 0] = await presences();
    process.kill(before, 'SIGKILL');
    await until(async () => {
      const [now] = await presences().catch(() => []);
      return now !== undefined && now !== before;
    });

    const guest = hold();
    expect((await guest.opened).owned).toBe(false);
    await guest.leave();
    expect(await query(stays, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
    await stays.stop();
    expect(await running()).toBeUndefined();
  });

  test('a stale postmaster.pid whose number another program now has is no obstacle', async () => {
    const account = await serverAccount();
    const other = spawn('sleep', ['60'], {
      stdio: 'ignore',
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    await once(other, 'spawn');
    await writeFile(
      join(data, 'postmaster.pid'),
      `${other.pid}\n${data}\n1700000000\n${PORT}\n\n127.0.0.1\n\nready   \n`,
    );
    try {
      const cluster = await open();
      expect(cluster.owned).toBe(true);
      await cluster.stop();
    } finally {
      other.kill();
    }
  });

  test('a postmaster.pid that a crash left empty is no obstacle', async () => {
    const path = join(data, 'postmaster.pid');
    await writeFile(path, '');
    await utimes(path, new Date(0), new Date(0));
    const cluster = await open();
    expect(cluster.owned).toBe(true);
    await cluster.stop();
  });

  test('a busy port gives way to the next free one', async () => {
    const busy = createServer().listen(PORT, '127.0.0.1');
    await once(busy, 'listening');
    try {
      const cluster = await open();
      expect(cluster.port).toBeGreaterThan(PORT);
      expect(cluster.port).toBeLessThan(PORT + 100);
      expect(cluster.superuserUrl('postgres')).toContain(`:${cluster.port}/`);
      await cluster.stop();
    } finally {
      busy.close();
    }
  });

  test('a superuser password of another installation is refused with the reason', async () => {
    const cluster = await open();
    await expect(open('of another installation')).rejects.toThrow(Problem);
    await expect(open('of another installation')).rejects.toThrow(/secrets\.json/);
    await cluster.stop();
  });

  test('a server that cannot start says why and where', async () => {
    const path = join(data, 'postgresql.conf');
    const conf = await readFile(path, 'utf8');
    await writeFile(path, `${conf}\nno_such_setting = 1\n`);
    await expect(open()).rejects.toThrow(/postgres\.log[^]*no_such_setting/);
    await writeFile(path, conf);
  });

  test("the server's files are its user's alone", async () => {
    const account = await serverAccount();
    for (const path of [join(folder.path, 'postgres'), data]) {
      const { mode, uid } = await stat(path);
      expect(mode & 0o077).toBe(0);
      expect(uid).toBe(account?.uid ?? process.getuid?.());
    }
  });
});
