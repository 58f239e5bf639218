import type { EntitySchema } from '@mikro-orm/postgresql';
import { Cursors } from '../../records/cursor.ts';
import { openDatabase } from '../../records/database.ts';
import { CatalogueFollower } from '../../records/follower.ts';
import { type SubgraphModule, contextUnder, databaseAnswers, guardedSchema } from '../../records/subgraph.ts';
import { BatchEntity, RejectEntity } from './entities.ts';
import { createIntake } from './intake.ts';
import { migrations } from './migrations/index.ts';
import { Receipts } from './receipts.ts';
import { collectionResolvers } from './resolvers.ts';

const entities = [BatchEntity, RejectEntity] as EntitySchema[];

const collection: SubgraphModule = {
  name: 'collection',
  entities,
  migrations,
  async open(parts) {
    const database = await openDatabase({ url: parts.databaseUrl, entities });
    const follower = new CatalogueFollower({
      source: parts.catalogue,
      leaseSeconds: parts.leaseSeconds,
      log: parts.log,
    });
    await follower.start();
    const receipts = new Receipts(database.pool, parts.sealer);
    const intake = createIntake(parts, receipts, follower);
    return {
      name: 'collection',
      recordTypes: [],
      schema: guardedSchema(
        'collection',
        collectionResolvers(receipts, intake, new Cursors(parts.cursorKey)),
      ),
      context: contextUnder('collection', follower),
      refresh: () => follower.refresh(),
      ready: databaseAnswers(database),
      intake,
      async close() {
        await follower.close();
        await database.close();
      },
    };
  },
};

export default collection;
