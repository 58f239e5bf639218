import { startEmbedded } from '../../gateway/embedded/start.ts';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { loadSettings } from '../../platform/settings.ts';
import { UNIT } from './known.ts';

/**
 * A gateway in a process of its own that is killed, beyond any chance to tidy up, at the worst moment: its first journal entry is
 * committed and the answer has not left. Prints its address and an officer's token as one line of JSON.
 */
const running = await startEmbedded(loadSettings(), {
  prepare: async ({ journal }) => {
    const write = journal.write.bind(journal);
    journal.write = async (entry) => {
      await write(entry);
      process.kill(process.pid, 'SIGKILL');
    };
  },
});
const token = await issueToken(running.house.secrets.tokenPrivateKey, {
  sub: 'wang5',
  role: 'agency',
  unit: UNIT.market,
  name: '王五',
});
process.stdout.write(`${JSON.stringify({ url: running.url, token })}\n`);
