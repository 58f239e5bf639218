import type { Packs } from '../policy/packs/packs.ts';
import { refusal } from './errors.ts';
import type { Snapshot } from './snapshot.ts';

/** A record is dealt with in its own jurisdiction, or by the city that the district belongs to on the day [JS-13]. */
const isDealtWithAt = (place: string | undefined, jurisdiction: string, packs: Packs, day: string): boolean =>
  place !== undefined && packs.line(jurisdiction, day).includes(place);

const placeOf = (unit: string | null, { units }: Snapshot): string | undefined =>
  unit === null ? undefined : units.get(unit)?.jurisdiction;

/**
 * What is done about a record is for the center and the authority of its own jurisdiction, or of its city.
 * @throws FORBIDDEN
 */
export function demandPlace(
  unit: string | null,
  jurisdiction: string,
  snapshot: Snapshot,
  packs: Packs,
  day: string,
): void {
  if (isDealtWithAt(placeOf(unit, snapshot), jurisdiction, packs, day)) return;
  throw refusal('FORBIDDEN', {
    zh: `该记录适用 ${jurisdiction} 的规则，由当地办理`,
    en: `the rules of ${jurisdiction} govern this record: it is dealt with there`,
  });
}

/** Jurisdictions of the catalogue whose records are for a unit to deal with; none where nobody knows where the unit is. */
export function jurisdictionsOf(
  unit: string | null,
  snapshot: Snapshot,
  packs: Packs,
  day: string,
): string[] {
  const place = placeOf(unit, snapshot);
  const all = new Set([...snapshot.items.values()].map(({ jurisdiction }) => jurisdiction));
  return [...all].filter((jurisdiction) => isDealtWithAt(place, jurisdiction, packs, day));
}
