import type { Snapshot } from '../../../records/snapshot.ts';

const known = new WeakMap<Snapshot, string>();

/** Where units are, as one text: equal for snapshots by which every figure of a place is the same. */
export function placesOf(snapshot: Snapshot): string {
  let places = known.get(snapshot);
  if (places === undefined) {
    const units = [...snapshot.units.values()].map(({ code, jurisdiction }) => `${code} ${jurisdiction}`);
    known.set(snapshot, (places = units.sort().join()));
  }
  return places;
}
