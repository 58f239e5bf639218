import pg from 'pg';
import { loadSettings } from '../platform/settings.ts';
import { ownCatalogue } from '../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../subgraphs/catalogue/load.ts';

/**
 * Loads a catalogue (目录) into the database of DATABASE_URL: the project's own, or that of a folder with a file a jurisdiction.
 * What has been published since stays as it is; safe to repeat.
 */
const { databaseUrl } = loadSettings();
if (!databaseUrl) throw new Error('DATABASE_URL is not set');
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
try {
  const { units, items, matters, behaviours } = await loadCatalogue(pool, ownCatalogue(process.argv[2]));
  process.stdout.write(
    `${units} units, ${items} items, ${matters} matters, ${behaviours} behaviours added\n`,
  );
} finally {
  await pool.end();
}
