import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Ground, openGround } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import type { SubgraphName } from '../../schema/sdl.ts';
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

export async function openBenchGround(): Promise<BenchGround> {
  const folder = mkdtempSync(join(tmpdir(), 'credit-bench-'));
  const removed = atEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  // PostgreSQL does not run as root, and its own user has to get in.
  chmodSync(folder, 0o755);
  const env = { CREDIT_DATA: join(folder, 'data'), LOG_LEVEL: 'error' };
  const ground = await openGround(loadSettings(env));
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

/** Puts the tables in the order in which they would be after a quiet hour, so that PostgreSQL does not do it while it is measured. */
export async function settle({ databases }: Ground, names: readonly SubgraphName[]): Promise<void> {
  for (const name of names)
    await withPool(databases[name].migratorUrl, (pool) => pool.query('vacuum analyze'));
}
