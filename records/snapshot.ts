import type { DisclosureTier, Grade, PurposeKind, RecordClass } from '../policy/terms.ts';

/** Revisions of the catalogue that a day's versions have room for. */
export const REVISIONS = 2 ** 32;

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
  /** 更新周期, as the catalogue words it. */
  updateCycle: string;
  /** First day of its first version. */
  since: string;
  /** False once its last version has ended: nothing is collected under it any more and it opens no scope, but records keep their item's name. */
  inForce: boolean;
}

/** 核查条件 of a matter's rule: a negative record hits that meets all that it names [SP-check]. */
export interface StandingClause {
  /** Code of an item. */
  item?: string | null;
  class?: RecordClass | null;
  grade?: Grade | null;
  /** Years since the determination within which it counts. */
  years?: number | null;
}

/** Which records of its items a matter opens to a credential of a district: the district's own, or the whole city's [SP-sub]. */
export const MATTER_REACHES = ['DISTRICT', 'CITY'] as const;
export type MatterReach = (typeof MATTER_REACHES)[number];

export interface SnapshotMatter {
  id: number;
  code: string;
  name: string;
  unit: string;
  kind: PurposeKind;
  aboutPersons: boolean;
  reach: MatterReach;
  /** Negative records that must be absent; null: every one of the items in scope. */
  rule: readonly StandingClause[] | null;
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
  /** Grows with every change and every day; equal versions are equal contents. Modulo REVISIONS it is the catalogue's revision. */
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

const indexed = new WeakMap<SnapshotData, Snapshot>();

/** In one process all parts of the house are given the same data: they share one index of it. */
export function indexSnapshot(data: SnapshotData): Snapshot {
  const known = indexed.get(data);
  if (known) return known;
  const snapshot = {
    version: data.version,
    items: new Map(data.items.map((i) => [i.id, i])),
    itemsByCode: new Map(data.items.map((i) => [i.code, i])),
    matters: new Map(data.matters.map((m) => [m.code, m])),
    units: new Map(data.units.map((u) => [u.code, u])),
  };
  indexed.set(data, snapshot);
  return snapshot;
}

/** Where snapshots come from: the catalogue in the same process, or its feed over HTTP. Null: nothing newer than `since`. */
export interface SnapshotSource {
  snapshot(since: number): Promise<SnapshotData | null>;
}
