import type { Snapshot, SnapshotMatter } from './snapshot.ts';

/** GB/T 2260: divisions of county level, districts among them, are those that do not end in 00. Nothing in it stands below them. */
const isDistrict = (division: string): boolean => !division.endsWith('00');

/**
 * The district whose records alone a credential sees under a matter, or undefined where the matter's scope decides alone [SP-sub]. A credential
 * is a district's if its claim says so, or if its unit is the district's: a claim that names the city does not make it the city's.
 */
export function districtOf(
  { jurisdiction, unit }: { jurisdiction: string | null; unit: string | null },
  { reach }: Pick<SnapshotMatter, 'reach'>,
  { units }: Pick<Snapshot, 'units'>,
): string | undefined {
  if (reach === 'CITY') return undefined;
  const home = unit === null ? undefined : units.get(unit)?.jurisdiction;
  return [jurisdiction, home].find((division) => division != null && isDistrict(division)) ?? undefined;
}
