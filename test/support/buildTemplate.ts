import { openGround } from '../../gateway/embedded/house.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';

export async function buildTemplate(folder: string): Promise<void> {
  const ground = await openGround(loadSettings({ CREDIT_DATA: folder, LOG_LEVEL: 'error' }));
  const pool = openPool(ground.databases.catalogue.appUrl, { max: 1 });
  await loadCatalogue(pool, ownCatalogue());
  await pool.end();
  await ground.close();
}
