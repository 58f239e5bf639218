import type { Packs } from '../../policy/packs/packs.ts';
import type { Snapshot, SnapshotItem } from '../../records/snapshot.ts';

/** What a case is about, as far as its own record goes by it. */
export interface Whereabouts {
  jurisdiction: string;
  aboutPersons: boolean;
}

/** The item under which objections or repairs are collected in the jurisdiction of a record, or the nearest of its parents that has one. */
export function ownItem(
  recordType: 'Objection' | 'Repair',
  { jurisdiction, aboutPersons }: Whereabouts,
  snapshot: Snapshot,
  packs: Packs,
  day: string,
): SnapshotItem | null {
  const items = [...snapshot.items.values()].filter(
    (item) => item.recordType === recordType && item.inForce && item.aboutPersons === aboutPersons,
  );
  for (let at: string | null = jurisdiction; at !== null; at = packs.on(at, day)?.parent ?? null) {
    const found = items.find((item) => item.jurisdiction === at);
    if (found) return found;
  }
  return null;
}
