import type { EntitySchema } from '@mikro-orm/postgresql';
import { pausing } from '../../policy/measures.ts';
import { Cursors } from '../../records/cursor.ts';
import { openDatabase } from '../../records/database.ts';
import { CatalogueFollower, scopeWriter } from '../../records/follower.ts';
import { orderDoor } from '../../records/orders/applied.ts';
import { OrderApplied } from '../../records/orders/entities.ts';
import { ScopeItem, ScopeRevision } from '../../records/scopeItem.ts';
import {
  type SubgraphModule,
  contextUnder,
  databaseAnswers,
  mergeResolvers,
  schemaOnDemand,
} from '../../records/subgraph.ts';
import { recordKeepers } from '../keepers.ts';
import { MeasureTaskEntity } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { measureReportResolvers } from './reportResolvers.ts';
import { measureResolvers } from './resolvers.ts';
import { standingOrders } from './standing.ts';

const entities = [MeasureTaskEntity, OrderApplied, ScopeItem, ScopeRevision] as EntitySchema[];

const measures: SubgraphModule = {
  name: 'measures',
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
    const asOf = (today: string) => ({ today, pausing: pausing(parts.packs, today).join(',') });
    const cursors = new Cursors(parts.cursorKey);
    const schema = schemaOnDemand(
      'measures',
      mergeResolvers(measureResolvers({ ...parts, pool, cursors, asOf }), measureReportResolvers(pool)),
    );
    return {
      name: 'measures',
      recordTypes: [],
      get schema() {
        return schema();
      },
      context: contextUnder('measures', follower),
      refresh: () => follower.refresh(),
      ready: databaseAnswers(database),
      orders: orderDoor(pool, standingOrders(parts.today)),
      async close() {
        await follower.close();
        await database.close();
      },
    };
  },
};

export default measures;
