import { startEmbedded } from '../../gateway/embedded/start.ts';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { loadSettings } from '../../platform/settings.ts';
import { UNIT } from '../support/known.ts';

/**
 * A gateway in a process of its own that is killed at the third slice of a batch: `KILLED` says whether `before` its entry is in the journal,
 * or `after`. Prints its address and an officer's token as one line of JSON.
 */
let slices = 0;
const running = await startEmbedded(loadSettings(), {
  prepare: async ({ journal }) => {
    const write = journal.write.bind(journal);
    journal.write = async (entry) => {
      const isThird = entry.operation.startsWith('batchCheck') && ++slices === 3;
      if (isThird && process.env['KILLED'] === 'before') process.kill(process.pid, 'SIGKILL');
      await write(entry);
      if (isThird) process.kill(process.pid, 'SIGKILL');
    };
  },
});
const token = await issueToken(running.house.secrets.tokenPrivateKey, {
  sub: 'tester',
  role: 'agency',
  unit: UNIT.construction,
  name: '王五',
});
process.stdout.write(`${JSON.stringify({ url: running.url, token })}\n`);
