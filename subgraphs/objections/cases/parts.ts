import type { ObjectionRules } from '../../../policy/objections/stages.ts';
import type { Packs } from '../../../policy/packs/packs.ts';
import type { RecordKind } from '../../../records/kind.ts';
import type { OwnParts } from '../../../records/recordSubgraph.ts';
import type { SubgraphParts } from '../../../records/subgraph.ts';
import type { EvidenceFiles } from '../evidence/files.ts';

/** What objections are dealt with by. */
export interface CaseParts
  extends Pick<SubgraphParts, 'packs' | 'calendar' | 'intake'>,
    Pick<OwnParts, 'pool' | 'outbox' | 'cursors'> {
  /** Records of type Objection. */
  kind: RecordKind;
  files: EvidenceFiles;
}

/** The rules under which an objection was filed: they hold for all of it. Null: the jurisdiction has none of objections. */
export function rulesOf(
  packs: Packs,
  { jurisdiction, filedOn }: { jurisdiction: string; filedOn: string },
): ObjectionRules | null {
  const pack = packs.on(jurisdiction, filedOn);
  return pack?.objection ? { ...pack, objection: pack.objection } : null;
}
