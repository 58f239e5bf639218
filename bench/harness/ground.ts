import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { type Settings, loadSettings } from '../../platform/settings.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { SUBGRAPHS, type SubgraphName } from '../../schema/sdl.ts';
import { atEnd } from './cleanup.ts';

/** A PostgreSQL of the run's own, with the project's catalogue and no records yet. */
export interface BenchGround {
  ground: Ground;
  /** The run's own folder. */
  folder: string;
  /** What points a child at this ground. */
  env: NodeJS.ProcessEnv;
  /** Stops PostgreSQL and removes the folder. */
  close(): Promise<void>;
}

export async function withPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** As superuser: for what no role of the project may do. */
export const superuserUrl = ({ databases, secrets }: Ground, database: string): string => {
  const url = new URL(databases.catalogue.appUrl);
  url.username = 'postgres';
  url.password = encodeURIComponent(secrets.superuserPassword);
  url.pathname = database;
  return url.href;
};

/** Several whole systems stand side by side in one run. */
const MAX_CONNECTIONS = 500;

/** A cluster that takes more connections than the product asks for; how many is settled at its start. */
async function openRoomyGround(settings: Settings): Promise<Ground> {
  const first = await openGround(settings);
  await withPool(superuserUrl(first, 'postgres'), (pool) =>
    pool.query(`alter system set max_connections = ${MAX_CONNECTIONS}`),
  ).finally(() => first.close());
  return openGround(settings);
}

export async function openBenchGround(): Promise<BenchGround> {
  const folder = mkdtempSync(join(tmpdir(), 'credit-bench-'));
  const removed = atEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  // PostgreSQL does not run as root, and its own user has to get in.
  chmodSync(folder, 0o755);
  const env = { CREDIT_DATA: join(folder, 'data'), LOG_LEVEL: 'error' };
  const ground = await openRoomyGround(loadSettings(env));
  const stopped = atEnd(() => ground.close());
  await withPool(ground.databases.catalogue.appUrl, (pool) => loadCatalogue(pool, ownCatalogue()));
  return {
    ground,
    folder,
    env,
    async close() {
      await stopped();
      await removed();
    },
  };
}

/**
 * Puts the tables in the order in which they would be after a quiet hour, so that neither PostgreSQL nor the change feed does it while something is
 * measured: the feed takes minutes to collect what demonstration data fills in at once.
 */
export async function settle({ databases }: Ground, names: readonly SubgraphName[]): Promise<void> {
  for (const name of names) {
    await withPool(databases[name].migratorUrl, async (pool) => {
      if (SUBGRAPHS[name].records) await pool.query('truncate record_change');
      await pool.query('vacuum analyze');
    });
  }
}
