import { join } from 'node:path';
import { serverAccount } from '../../platform/postgres/account.ts';
import { findBinaries } from '../../platform/postgres/binaries.ts';
import { openHome, runIn } from '../../platform/postgres/home.ts';

/**
 * Stops the PostgreSQL of a data folder, or starts it again where it was.
 * @param mode `fast` ends all sessions; `immediate` is a crash, from which the next start recovers.
 */
export async function postgres(
  dataFolder: string,
  action: 'start' | 'stop',
  mode: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const home = await openHome(dataFolder, await serverAccount());
  const { pgCtl } = await findBinaries(home);
  const data = join(home.folder, 'data');
  if (action === 'stop') return runIn(home, pgCtl, ['stop', '-D', data, '-m', mode, '-w']);
  // As it was started: pg_ctl keeps the options of the last start for a restart.
  return runIn(home, pgCtl, ['restart', '-D', data, '-l', join(home.folder, 'postgres.log'), '-w']);
}
