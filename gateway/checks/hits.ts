import type { Hit } from '../../records/checks/standing.ts';
import type { Snapshot } from '../../records/snapshot.ts';

/** A hit as it is answered. */
export const hitOf = ({ type, itemId, provider, ...hit }: Hit, snapshot: Snapshot) => ({
  ...hit,
  recordType: type,
  item: snapshot.items.get(itemId) ?? null,
  provider: snapshot.units.get(provider) ?? { code: provider, name: provider },
});
