import { refusal } from '../../records/errors.ts';
import type { CatalogueFollower } from '../../records/follower.ts';
import { correctionFile } from '../../records/import/correctionFile.ts';
import { importRows } from '../../records/import/submission.ts';
import type { Intake } from '../../records/intake.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import type { Receipts } from './receipts.ts';
import { targetOf } from './target.ts';

export function createIntake(parts: SubgraphParts, receipts: Receipts, follower: CatalogueFollower): Intake {
  const { records, subjects, layouts } = parts.intake;
  return {
    async submit({ source, rows, onProgress, ...submission }) {
      const snapshot = follower.current();
      if (!snapshot) {
        throw refusal(
          'SUBGRAPH_UNAVAILABLE',
          { zh: '目录暂不可用', en: 'the catalogue is not available' },
          { subgraph: 'catalogue' },
        );
      }
      const { layout, items, provider, jurisdiction } = targetOf(submission, layouts, snapshot);
      return importRows({
        layout,
        items,
        provider,
        jurisdiction,
        source,
        rows,
        packs: parts.packs,
        today: parts.today(),
        subjects,
        sink: records,
        receipts,
        ...(onProgress && { onProgress }),
      });
    },
    async corrections(id) {
      const [receipt] = await receipts.byId([id]);
      return receipt ? correctionFile(receipt.header, receipts.rejectedRows(id)) : null;
    },
  };
}
