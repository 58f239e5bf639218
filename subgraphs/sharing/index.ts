import { DateScalar, DateTimeScalar } from '../../records/scalars.ts';
import { opening } from '../../records/opening.ts';
import { type SubgraphModule, mergeResolvers } from '../../records/subgraph.ts';
import { recordKeepers } from '../keepers.ts';
import { entities } from './entities.ts';
import { Collector } from './feed/collector.ts';
import { removeOld } from './feed/kept.ts';
import { Positions } from './feed/position.ts';
import { feedResolvers } from './feed/resolvers.ts';
import { migrations } from './migrations/index.ts';
import { recipientResolvers } from './recipients/resolvers.ts';
import { Recipients } from './recipients/recipients.ts';
import { sharingReportResolvers } from './report/resolvers.ts';
import { raiseAlerts } from './watch/raise.ts';
import { Networks } from './push/networks.ts';
import { pushResolvers } from './push/resolvers.ts';
import { PushSender } from './push/sender.ts';
import { sliceReader } from './push/slices.ts';
import { Webhooks } from './push/webhooks.ts';
import { Alerts, removeOf, removeOver } from './watch/alerts.ts';
import { WatchLists } from './watch/lists.ts';
import { watchResolvers } from './watch/resolvers.ts';

const sharing: SubgraphModule = {
  name: 'sharing',
  entities,
  migrations,
  async open(parts) {
    const own = await opening('sharing', parts, [...recordKeepers.keys()]);
    const { pool, cursors, snapshot } = own;
    const positions = new Positions(parts.cursorKey);
    const recipients = new Recipients(pool);
    const webhooks = new Webhooks(pool, parts.sealer);
    const networks = new Networks(parts.pushNetworks);
    const collector = new Collector({
      pool,
      agencies: [...new Set(recordKeepers.values())],
      doorOf: parts.changes,
      snapshot,
      // Alerts are raised here, in the transaction that takes changes in.
      collected: async (client, from, to) => {
        await raiseAlerts(client, { from, to, today: parts.today() });
      },
      lost: (client, agency) =>
        removeOf(
          client,
          [...recordKeepers].flatMap(([type, keeper]) => (keeper === agency ? type : [])),
        ),
      log: parts.log,
    });
    const read = sliceReader({ ...parts, pool, recipients, snapshot, key: parts.cursorKey });
    const sender = new PushSender({ ...parts, webhooks, networks, read });
    const resolvers = mergeResolvers(
      { Date: DateScalar, DateTime: DateTimeScalar },
      feedResolvers(pool, recipients, positions, parts.packs),
      recipientResolvers(recipients, cursors, parts.packs, parts.today),
      watchResolvers(new WatchLists(pool), new Alerts(pool), positions),
      pushResolvers(webhooks, networks, cursors),
      sharingReportResolvers(pool),
    );
    return own.subgraph(resolvers, {
      async tidy() {
        await removeOld(pool, parts.changeLogDays);
        await removeOver(pool, parts.today());
        return {};
      },
      async close() {
        await sender.close();
        await collector.close();
      },
    });
  },
};

export default sharing;
