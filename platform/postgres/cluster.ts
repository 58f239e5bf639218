import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import { serverAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Home, openHome, runIn } from './home.ts';
import { initialise } from './initialise.ts';
import { freePort } from './ports.ts';
import { runningPostmaster } from './postmaster.ts';
import { enter, type Presence } from './presence.ts';

export interface ClusterOptions {
  /** The data folder; the cluster lives in `postgres` below it. */
  folder: string;
  /** Taken if free, else the next free one; a server that runs keeps its own. */
  preferredPort: number;
  superuserPassword: string;
  log: Log;
  /** Memory for PostgreSQL's own cache, at the first start; postgresql.conf's afterwards. */
  sharedBuffers?: string;
}

/** A PostgreSQL server on 127.0.0.1 that this process may use until `stop`. */
export interface Cluster {
  port: number;
  /** Of the superuser: for provisioning only. */
  superuserUrl(database: string): string;
  /** Whether this process started the server; false where it was running already. */
  owned: boolean;
  /**
   * Ends this process's use. The last to leave stops the server, whoever started it: a short command leaves
   * it to a long-lived process that came meanwhile, and the other way round. May be called again.
   */
  stop(): Promise<void>;
}

interface Server {
  home: Home;
  binaries: Binaries;
  data: string;
}

const PATIENCE_MS = 120_000;
const PAUSE_MS = 100;

/**
 * Opens the cluster of the data folder: makes it (once), starts it or joins the one that runs. The server
 * runs apart from this process, survives its end, and after a kill of either recovers by its own log at the
 * next start. Throws Problem where it does not start.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, preferredPort, superuserPassword, log, sharedBuffers = '256MB' } = options;
  const home = await openHome(folder, await serverAccount());
  const binaries = await findBinaries(home);
  const data = await initialise(home, binaries, { superuserPassword, sharedBuffers });
  const server = { home, binaries, data };
  const urlAt = (port: number, database: string) =>
    `postgres://postgres:${encodeURIComponent(superuserPassword)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

  let owned = false;
  const { postmaster, presence } = await untilEntered(async () => {
    owned = (await start(server, preferredPort)) || owned;
    const postmaster = await runningPostmaster(data);
    if (!postmaster) throw new Error(`the server of ${data} has ended`);
    return { postmaster, presence: await enter(urlAt(postmaster.port, 'postgres'), data, log) };
  });
  log.info({ port: postmaster.port, pid: postmaster.pid, owned }, 'PostgreSQL answers');

  let stopping: Promise<void> | undefined;
  return {
    port: postmaster.port,
    superuserUrl: (database) => urlAt(postmaster.port, database),
    owned,
    stop: () => (stopping ??= leave(server, presence, log)),
  };
}

/** A server that is starting, recovering or shutting down for someone else refuses sessions for a while. */
async function untilEntered<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (isDenied(error)) throw foreign(error);
      if (error instanceof Problem || Date.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

const INVALID_PASSWORD = '28P01';
const isDenied = (error: unknown): boolean => (error as { code?: string }).code === INVALID_PASSWORD;
const foreign = (cause: unknown): Problem =>
  new Problem(
    {
      zh: 'PostgreSQL 拒绝超级用户口令：数据目录中的 secrets.json 与数据库不属于同一次安装',
      en: "PostgreSQL refuses the superuser's password: secrets.json and the cluster in the data folder are not of one installation",
    },
    { cause },
  );

/**
 * What the server's log says where a start failed for a reason that passes: a port taken just now, another
 * process's start, old backends.
 */
const PASSING =
  /could not bind|lock file "postmaster\.pid" (already exists|is empty)|pre-existing shared memory block/;

/** False where a server runs already, or could not start for a reason that passes. */
async function start({ home, binaries, data }: Server, preferredPort: number): Promise<boolean> {
  if (await runningPostmaster(data)) return false;
  const port = await freePort(preferredPort);
  const logFile = join(home.folder, 'postgres.log');
  const before = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  // TCP on the loopback address only, and no socket file that other users of the machine could reach.
  const flags = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  try {
    await runIn(home, binaries.pgCtl, ['start', '-D', data, '-l', logFile, '-w', '-t', '300', '-o', flags]);
    return true;
  } catch (cause) {
    const said = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(before).toString('utf8');
    if (PASSING.test(said)) return false;
    throw new Problem(
      {
        zh: `PostgreSQL 未能启动，见 ${logFile}：\n${said}`,
        en: `PostgreSQL did not start, see ${logFile}:\n${said}`,
      },
      { cause },
    );
  }
}

async function leave({ home, binaries, data }: Server, presence: Presence, log: Log): Promise<void> {
  const last = await presence.leave().catch(() => false);
  if (last) {
    await runIn(home, binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-w', '-t', '120']).catch(
      async (error: unknown) => {
        // A server that was killed meanwhile cannot be stopped any more; the next start recovers it.
        if (await runningPostmaster(data)) throw error;
      },
    );
    log.info('PostgreSQL stopped');
  }
  await presence.end();
}
