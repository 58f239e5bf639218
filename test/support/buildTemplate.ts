import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openGround } from '../../gateway/embedded/house.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';

/** Made at the next start, when all passwords are set anew: a hundred sessions a test file would each be kept waiting by 4,096 rounds. */
const CONFIGURATION = 'scram_iterations = 1\n';

export async function buildTemplate(folder: string): Promise<void> {
  const ground = await openGround(loadSettings({ CREDIT_DATA: folder, LOG_LEVEL: 'error' }));
  const pool = openPool(ground.databases.catalogue.appUrl, { max: 1 });
  await loadCatalogue(pool, ownCatalogue());
  await pool.end();
  await ground.close();
  const data = join(folder, 'postgres/data');
  appendFileSync(join(data, 'postgresql.conf'), CONFIGURATION);
  removeSpareLog(join(data, 'pg_wal'));
}

/** Segments after the one with the last checkpoint are empty, kept for what is written next: most of what each copy would copy. */
function removeSpareLog(folder: string): void {
  const [, ...spare] = readdirSync(folder)
    .filter((name) => /^[0-9A-F]{24}$/.test(name))
    .toSorted();
  for (const name of spare) rmSync(join(folder, name));
}
