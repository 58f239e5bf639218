import type { DisclosureTier, Grade, PurposeKind, RecordClass } from '../policy/terms.ts';

export interface SnapshotItem {
  /** Small number that record rows carry. */
  id: number;
  code: string;
  name: string;
  class: RecordClass;
  tier: DisclosureTier;
  jurisdiction: string;
  provider: string;
  /** Layout name, or `graphql`. */
  dataStandard: string;
  recordType: string;
  aboutPersons: boolean;
  negative: boolean;
  grade: Grade | null;
}

export interface SnapshotMatter {
  id: number;
  code: string;
  name: string;
  unit: string;
  kind: PurposeKind;
  aboutPersons: boolean;
  /** Numbers of the items in scope. */
  items: readonly number[];
}

export interface SnapshotUnit {
  code: string;
  name: string;
  jurisdiction: string;
}

/**
 * What holds today of the catalogue, as every process keeps it in memory, so that no answer waits for a second hop
 * (`item { code name class tier }`, `provider { code name }`).
 */
export interface Snapshot {
  /** Grows with every change; equal versions are equal contents. */
  version: number;
  items: ReadonlyMap<number, SnapshotItem>;
  itemsByCode: ReadonlyMap<string, SnapshotItem>;
  matters: ReadonlyMap<string, SnapshotMatter>;
  units: ReadonlyMap<string, SnapshotUnit>;
}

/** The plain form in which a snapshot travels. */
export interface SnapshotData {
  version: number;
  items: SnapshotItem[];
  matters: SnapshotMatter[];
  units: SnapshotUnit[];
}

export function indexSnapshot(data: SnapshotData): Snapshot {
  return {
    version: data.version,
    items: new Map(data.items.map((i) => [i.id, i])),
    itemsByCode: new Map(data.items.map((i) => [i.code, i])),
    matters: new Map(data.matters.map((m) => [m.code, m])),
    units: new Map(data.units.map((u) => [u.code, u])),
  };
}

/** Where snapshots come from: the catalogue in the same process, or its feed over HTTP. Null: nothing newer than `since`. */
export interface SnapshotSource {
  snapshot(since: number): Promise<SnapshotData | null>;
}
