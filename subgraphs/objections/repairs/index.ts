import type { EntitySchema } from '@mikro-orm/postgresql';
import type { ResolverMap } from '../../../records/resolvers.ts';
import { type OwnParts } from '../../../records/recordSubgraph.ts';
import { type SubgraphParts, mergeResolvers } from '../../../records/subgraph.ts';
import { DeletionRequestEntity } from '../deletions/entities.ts';
import { deletionResolvers } from '../deletions/resolvers.ts';
import type { EvidenceFiles } from '../evidence/files.ts';
import { RepairApplicationEntity, RepairObjectionEntity } from './entities.ts';
import { repairNoticeResolvers } from './noticeResolvers.ts';
import { repairResolvers } from './resolvers.ts';
import { RepairRows } from './rows.ts';

/** Tables of repairs and deletions. */
export const repairEntities = [
  RepairApplicationEntity,
  RepairObjectionEntity,
  DeletionRequestEntity,
] as EntitySchema[];

/** All that this subgraph answers of repairs and deletions. */
export function repairsAndDeletions(
  { packs, calendar, intake, today }: SubgraphParts,
  { pool, outbox, cursors }: OwnParts,
  files: EvidenceFiles,
): ResolverMap {
  const { records, subjects } = intake;
  const parts = { pool, outbox, records, subjects, packs, calendar, files, today };
  const rows = new RepairRows(pool);
  return mergeResolvers(
    repairResolvers(parts, cursors, rows),
    repairNoticeResolvers(rows, cursors, parts),
    deletionResolvers(parts, cursors),
  );
}
