/**
 * A process of its own that opens the cluster of a folder, says how on stdout, and leaves when its stdin
 * ends.
 */
import { createLog } from '../../../platform/log.ts';
import { openCluster } from '../../../platform/postgres/cluster.ts';

const [folder = '', preferredPort = '', superuserPassword = ''] = process.argv.slice(2);
const cluster = await openCluster({
  folder,
  preferredPort: Number(preferredPort),
  superuserPassword,
  sharedBuffers: '32MB',
  log: createLog({ logLevel: 'silent' }, 'holder'),
});
process.stdout.write(`${JSON.stringify({ port: cluster.port, owned: cluster.owned })}\n`);
process.stdin.on('data', () => undefined);
process.stdin.on('end', () => void cluster.stop());
