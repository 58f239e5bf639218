import type { RecordKind } from '../../records/kind.ts';
import { recordSubgraph } from '../../records/recordSubgraph.ts';
import { mergeResolvers } from '../../records/subgraph.ts';
import { entities, kinds } from './entities.ts';
import { EvidenceFiles } from './evidence/files.ts';
import { evidenceStore } from './evidence/store.ts';
import { migrations } from './migrations/index.ts';
import { noticeResolvers } from './noticeResolvers.ts';
import { Notices } from './notices.ts';
import { objectionResolvers } from './cases/resolvers.ts';
import { repairReportResolvers } from './report/repairs.ts';
import { objectionReportResolvers } from './report/resolvers.ts';
import { repairEntities, repairsAndDeletions } from './repairs/index.ts';

const kind = kinds.find(({ type }) => type === 'Objection') as RecordKind;

export default recordSubgraph({
  name: 'objections',
  kinds,
  entities: [...entities, ...repairEntities],
  migrations,
  extend(parts, own) {
    const notices = new Notices(own.pool);
    const files = new EvidenceFiles(own.pool, parts.sealer);
    const cases = { ...parts, ...own, kind, files };
    return {
      evidence: evidenceStore(own.pool, files),
      resolvers: mergeResolvers(
        objectionResolvers(cases, notices),
        noticeResolvers(notices, own.cursors),
        objectionReportResolvers(own.pool),
        repairReportResolvers(own.pool),
        repairsAndDeletions(parts, own, files),
      ),
    };
  },
});
