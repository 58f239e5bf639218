import pg from 'pg';
import { openGround } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';

export async function buildTemplate(folder: string): Promise<void> {
  const ground = await openGround(loadSettings({ CREDIT_DATA: folder, LOG_LEVEL: 'error' }));
  const pool = new pg.Pool({ connectionString: ground.databases.catalogue.appUrl });
  await loadCatalogue(pool, ownCatalogue());
  await pool.end();
  await ground.close();
}
