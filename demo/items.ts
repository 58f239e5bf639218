import type { Snapshot, SnapshotItem } from '../records/snapshot.ts';

/**
 * Items under which demonstration records are filed, by place, record type and whom they are about: those of the catalogues that come with the
 * project, whose codes begin with their jurisdiction. A catalogue that was grown for trials of size has thousands beside them, which stay
 * without records.
 */
export class DemoItems {
  readonly #organizations = new Map<string, Map<string, SnapshotItem[]>>();
  readonly #persons = new Map<string, Map<string, SnapshotItem[]>>();

  constructor(snapshot: Snapshot) {
    for (const item of snapshot.items.values()) {
      if (!item.code.startsWith(`${item.jurisdiction}-`)) continue;
      const places = item.aboutPersons ? this.#persons : this.#organizations;
      let types = places.get(item.jurisdiction);
      if (!types) places.set(item.jurisdiction, (types = new Map()));
      const items = types.get(item.recordType);
      if (items) items.push(item);
      else types.set(item.recordType, [item]);
    }
  }

  /** Empty where the catalogue has none. */
  of(jurisdiction: string, recordType: string, person: boolean): readonly SnapshotItem[] {
    return (person ? this.#persons : this.#organizations).get(jurisdiction)?.get(recordType) ?? [];
  }
}
