import type { EntitySchema } from '@mikro-orm/postgresql';
import { Cursors } from '../../records/cursor.ts';
import { openDatabase } from '../../records/database.ts';
import { CatalogueFollower } from '../../records/follower.ts';
import {
  type SubgraphModule,
  contextUnder,
  databaseAnswers,
  mergeResolvers,
  schemaOnDemand,
} from '../../records/subgraph.ts';
import { amendmentResolvers } from './amendments.ts';
import { archiveResolvers } from './archive.ts';
import {
  BatchEntity,
  BatchItemEntity,
  BatchTimelinessEntity,
  ConsentEntity,
  QuarantinedEntity,
  RejectEntity,
  SubmittedItemEntity,
} from './entities.ts';
import { Batches } from './batches.ts';
import { consentResolvers } from './consentResolvers.ts';
import { Consents } from './consents.ts';
import { createIntake } from './intake.ts';
import { migrations } from './migrations/index.ts';
import { PullPositionEntity } from './pull/entity.ts';
import { pullResolvers } from './pull/resolvers.ts';
import { ProviderFigures } from './providerFigures.ts';
import { providerResolvers } from './providerResolvers.ts';
import { Providers } from './providers.ts';
import { Quarantine } from './quarantine.ts';
import { quarantineResolvers } from './quarantineResolvers.ts';
import { Receipts } from './receipts.ts';
import { collectionReportResolvers } from './report/resolvers.ts';
import { collectionResolvers } from './resolvers.ts';
import { responsibleResolvers } from './responsible.ts';

const entities = [
  BatchEntity,
  BatchItemEntity,
  BatchTimelinessEntity,
  SubmittedItemEntity,
  RejectEntity,
  QuarantinedEntity,
  ConsentEntity,
  PullPositionEntity,
] as EntitySchema[];

const collection: SubgraphModule = {
  name: 'collection',
  entities,
  migrations,
  async open(parts) {
    const database = await openDatabase({ url: parts.databaseUrl });
    const follower = new CatalogueFollower({
      source: parts.catalogue,
      leaseSeconds: parts.leaseSeconds,
      log: parts.log,
    });
    await follower.start();
    const quarantine = new Quarantine(database.pool, parts.sealer);
    const receipts = new Receipts(database.pool, parts.sealer, quarantine);
    const consents = new Consents(database.pool);
    const cursors = new Cursors(parts.cursorKey);
    const figures = new ProviderFigures(database.pool);
    const providers = new Providers(figures, parts.packs, parts.calendar);
    const intakeParts = { ...parts, receipts, consents, follower };
    const intake = createIntake(intakeParts);
    const schema = schemaOnDemand(
      'collection',
      mergeResolvers(
        collectionResolvers(receipts, intake, cursors),
        quarantineResolvers({ ...intakeParts, quarantine, cursors }),
        consentResolvers(consents, parts.intake.subjects, parts.today),
        amendmentResolvers(parts),
        responsibleResolvers(parts),
        archiveResolvers(parts, cursors),
        providerResolvers({ figures, providers, batches: new Batches(database.pool), cursors }),
        collectionReportResolvers(database.pool),
        pullResolvers(database.pool, receipts),
      ),
    );
    return {
      name: 'collection',
      recordTypes: [],
      get schema() {
        return schema();
      },
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
