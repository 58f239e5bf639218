import type { Packs } from '../../../policy/packs/packs.ts';
import { emptyReport } from '../../../records/disclosure.ts';
import { districtOf } from '../../../records/district.ts';
import type { Grant } from '../../../records/grant.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { type FeedScope, feedScope } from '../feed/scope.ts';
import type { RecipientRow } from '../recipients/recipients.ts';

/** For what a unit is told of changes. */
export interface Told {
  /** 应用事项编码 */
  matter: string;
  /** True: what is public alone, as for a credit service agency. */
  publicOnly: boolean;
}

/**
 * What a webhook's unit could read by `changes` today, with its matter as purpose and the credential that sees least: told of more it would
 * learn from a message what it is refused. Null: the matter is not the unit's, or not in force.
 */
export function pushScope(
  recipient: RecipientRow,
  { matter: code, publicOnly }: Told,
  snapshot: Snapshot,
  packs: Packs,
  today: string,
): FeedScope | null {
  const { unit } = recipient;
  const matter = snapshot.matters.get(code);
  if (matter?.unit !== unit) return null;
  const district = districtOf({ jurisdiction: null, unit }, matter, snapshot);
  const grant: Grant = {
    scope: publicOnly
      ? { kind: 'PUBLIC', persons: [] }
      : { kind: 'MATTER', matter: matter.id, persons: matter.aboutPersons },
    today,
    caller: { role: publicOnly ? 'service' : 'agency', unit, subject: null },
    ...(district !== undefined && { district }),
    ...(publicOnly && { matter: matter.id }),
  };
  return feedScope(recipient, { grant, snapshot, report: emptyReport() }, packs);
}
