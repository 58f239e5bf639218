import type { EntitySchema } from '@mikro-orm/postgresql';
import { pausing } from '../../policy/measures.ts';
import { orderDoor } from '../../records/orders/applied.ts';
import { OrderApplied } from '../../records/orders/entities.ts';
import { ScopeItem, ScopeRevision } from '../../records/scopeItem.ts';
import { opening } from '../../records/opening.ts';
import { type SubgraphModule, mergeResolvers } from '../../records/subgraph.ts';
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
    const own = await opening('measures', parts, [...recordKeepers.keys()]);
    const { pool, cursors } = own;
    const asOf = (today: string) => ({ today, pausing: pausing(parts.packs, today).join(',') });
    const resolvers = mergeResolvers(
      measureResolvers({ ...parts, pool, cursors, asOf }),
      measureReportResolvers(pool),
    );
    return own.subgraph(resolvers, { orders: orderDoor(pool, standingOrders(parts.today)) });
  },
};

export default measures;
