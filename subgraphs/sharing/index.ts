import { Cursors } from '../../records/cursor.ts';
import { openDatabase } from '../../records/database.ts';
import { CatalogueFollower, scopeWriter } from '../../records/follower.ts';
import { DateScalar, DateTimeScalar } from '../../records/scalars.ts';
import {
  type SubgraphModule,
  contextUnder,
  databaseAnswers,
  mergeResolvers,
  schemaOnDemand,
} from '../../records/subgraph.ts';
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
import { Alerts, removeOver } from './watch/alerts.ts';
import { WatchLists } from './watch/lists.ts';
import { watchResolvers } from './watch/resolvers.ts';

const sharing: SubgraphModule = {
  name: 'sharing',
  entities,
  migrations,
  async open(parts) {
    const database = await openDatabase({ url: parts.databaseUrl });
    const { pool } = database;
    const follower = new CatalogueFollower({
      source: parts.catalogue,
      apply: scopeWriter(pool, [...recordKeepers.keys()]),
      leaseSeconds: parts.leaseSeconds,
      log: parts.log,
    });
    await follower.start();
    const cursors = new Cursors(parts.cursorKey);
    const positions = new Positions(parts.cursorKey);
    const recipients = new Recipients(pool);
    const webhooks = new Webhooks(pool, parts.sealer);
    const networks = new Networks(parts.pushNetworks);
    const collector = new Collector({
      pool,
      agencies: [...new Set(recordKeepers.values())],
      doorOf: parts.changes,
      snapshot: () => follower.current(),
      // Alerts are raised here, in the transaction that takes changes in.
      collected: async (client, from, to) => {
        await raiseAlerts(client, { from, to, today: parts.today() });
      },
      log: parts.log,
    });
    const snapshot = () => follower.current();
    const read = sliceReader({ ...parts, pool, recipients, snapshot, key: parts.cursorKey });
    const sender = new PushSender({ ...parts, webhooks, networks, read });
    const schema = schemaOnDemand(
      'sharing',
      mergeResolvers(
        { Date: DateScalar, DateTime: DateTimeScalar },
        feedResolvers(pool, recipients, positions, parts.packs),
        recipientResolvers(recipients, cursors, parts.packs, parts.today),
        watchResolvers(new WatchLists(pool), new Alerts(pool), positions),
        pushResolvers(webhooks, networks, cursors),
        sharingReportResolvers(pool),
      ),
    );
    return {
      name: 'sharing',
      recordTypes: [],
      get schema() {
        return schema();
      },
      context: contextUnder('sharing', follower),
      refresh: () => follower.refresh(),
      ready: databaseAnswers(database),
      async tidy() {
        await removeOld(pool, parts.changeLogDays);
        await removeOver(pool, parts.today());
        return {};
      },
      async close() {
        await sender.close();
        await collector.close();
        await follower.close();
        await database.close();
      },
    };
  },
};

export default sharing;
