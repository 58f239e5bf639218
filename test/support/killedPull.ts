import { openHouse } from '../../gateway/embedded/house.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { loadSettings } from '../../platform/settings.ts';
import type { Intake } from '../../records/intake.ts';
import { readMapping } from '../../subgraphs/collection/pull/mapping.ts';
import { pull } from '../../subgraphs/collection/pull/run.ts';
import { layouts } from '../../subgraphs/layouts.ts';

/**
 * A pull in a process of its own that is killed, beyond any chance to tidy up, at the worst moment: its receipt is finished and its position
 * is not yet stored.
 */
const house = await openHouse(loadSettings());
const own = house.subgraphs.collection.intake as Intake;
const intake: Intake = {
  ...own,
  async submit(submission) {
    await own.submit(submission);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
};
await pull(readMapping(process.argv[2] as string, layouts), {
  intake,
  pool: openPool(house.databases.collection.appUrl),
});
