import type { EntitySchema } from '@mikro-orm/postgresql';
import { openDatabase } from '../../records/database.ts';
import { CatalogueFollower } from '../../records/follower.ts';
import { type SubgraphModule, contextUnder, databaseAnswers, guardedSchema } from '../../records/subgraph.ts';
import { JournalEntryEntity, PublicLookEntity } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { accessResolvers } from './resolvers.ts';

const entities = [JournalEntryEntity, PublicLookEntity] as EntitySchema[];

/** Opened as the journal's own role, which may INSERT and SELECT but never change an entry. */
const access: SubgraphModule = {
  name: 'access',
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
    return {
      name: 'access',
      recordTypes: [],
      schema: guardedSchema('access', accessResolvers(database.pool)),
      context: contextUnder('access', follower),
      refresh: () => follower.refresh(),
      ready: databaseAnswers(database),
      async close() {
        await follower.close();
        await database.close();
      },
    };
  },
};

export default access;
