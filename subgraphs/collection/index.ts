import type { EntitySchema } from '@mikro-orm/postgresql';
import { opening } from '../../records/opening.ts';
import { type SubgraphModule, mergeResolvers } from '../../records/subgraph.ts';
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
    const own = await opening('collection', parts);
    const { pool, cursors, snapshot } = own;
    const quarantine = new Quarantine(pool, parts.sealer);
    const receipts = new Receipts(pool, parts.sealer, quarantine);
    const consents = new Consents(pool);
    const figures = new ProviderFigures(pool);
    const providers = new Providers(figures, parts.packs, parts.calendar);
    const intakeParts = { ...parts, receipts, consents, snapshot };
    const intake = createIntake(intakeParts);
    const resolvers = mergeResolvers(
      collectionResolvers(receipts, intake, cursors),
      quarantineResolvers({ ...intakeParts, quarantine, cursors }),
      consentResolvers(consents, parts.intake.subjects, parts.today),
      amendmentResolvers(parts),
      responsibleResolvers(parts),
      archiveResolvers(parts, cursors),
      providerResolvers({ figures, providers, batches: new Batches(pool), cursors }),
      collectionReportResolvers(pool),
      pullResolvers(pool, receipts),
    );
    return own.subgraph(resolvers, { intake });
  },
};

export default collection;
