import type { Snapshot, SnapshotItem } from '../records/snapshot.ts';

/** The items of the demonstration's jurisdictions by place, type and whom they are about. */
export interface ItemsOf {
  /** Empty where the catalogue has none. */
  get(jurisdiction: string, recordType: string, aboutPersons: boolean): readonly SnapshotItem[];
}

/**
 * Items under which demonstration records are filed: those of the catalogues that come with the project, whose codes begin with their
 * jurisdiction. A catalogue that was grown for trials of size has thousands beside them, which stay without records.
 */
export function itemsOf(snapshot: Snapshot): ItemsOf {
  const found = new Map<string, SnapshotItem[]>();
  const key = (jurisdiction: string, recordType: string, aboutPersons: boolean) =>
    `${jurisdiction} ${recordType} ${aboutPersons}`;
  for (const item of snapshot.items.values()) {
    if (!item.code.startsWith(`${item.jurisdiction}-`)) continue;
    const at = key(item.jurisdiction, item.recordType, item.aboutPersons);
    const list = found.get(at);
    if (list) list.push(item);
    else found.set(at, [item]);
  }
  return { get: (...of) => found.get(key(...of)) ?? [] };
}
