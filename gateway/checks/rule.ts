import { isDate } from '../../policy/dates.ts';
import { tiersOf } from '../../policy/tiers.ts';
import type { RuleLine } from '../../records/checks/standing.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot, SnapshotItem, SnapshotMatter, StandingClause } from '../../records/snapshot.ts';

/** A rule with its items: what agencies are asked. */
export interface Rule {
  lines: readonly { item: SnapshotItem; line: RuleLine }[];
}

/** The same day some years before; of 29 February 28. */
function yearsBefore(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) - years).padStart(4, '0');
  const before = `${year}${day.slice(4)}`;
  return isDate(before) ? before : `${year}-02-28`;
}

const isWithin = ({ jurisdiction }: SnapshotItem, district: string | undefined): boolean =>
  district === undefined || jurisdiction === district;

/** An item that a clause names itself belongs to it even if the matter cannot open it: then the check cannot pass. */
const selects = (clause: StandingClause, item: SnapshotItem, grant: Pick<Grant, 'district'>): boolean =>
  (clause.item == null
    ? tiersOf('MATTER').includes(item.tier) && isWithin(item, grant.district)
    : clause.item === item.code) &&
  (clause.class == null || clause.class === item.class);

/**
 * The rule of a matter on a day [SP-check]. A matter that states none has the strictest that its scope allows: every negative record of the
 * items it opens. A matter was published with its scope for just this purpose; to refuse would stop matters that are in force, and any
 * laxer rule would be ours and not the unit's.
 */
export function ruleOf(
  matter: SnapshotMatter,
  snapshot: Snapshot,
  grant: Pick<Grant, 'today' | 'district'>,
): Rule {
  const items = matter.items.flatMap((id) => snapshot.items.get(id) ?? []);
  const negative = items.filter((item) => item.negative && item.inForce);
  const clauses = matter.rule ?? [{}];
  return {
    lines: clauses.flatMap((clause) => {
      const since = clause.years == null ? null : yearsBefore(grant.today, clause.years);
      return negative
        .filter((item) => selects(clause, item, grant))
        .map((item) => ({ item, line: [item.id, clause.grade ?? null, since] as const }));
    }),
  };
}

function isOpen(item: SnapshotItem, { scope, district }: Pick<Grant, 'scope' | 'district'>): boolean {
  if (!isWithin(item, district)) return false;
  switch (scope.kind) {
    case 'MATTER':
      return tiersOf('MATTER').includes(item.tier);
    case 'PUBLIC':
      return tiersOf('PUBLIC').includes(item.tier) && !item.aboutPersons;
    case 'AUTHORIZED':
      return scope.items.includes(item.id) || isOpen(item, { scope: scope.beside });
    default:
      return false;
  }
}

/** Whether something that the rule asks about a subject of this kind is closed to the caller: what is not seen cannot be found absent. */
export const isPartlyClosed = (
  { lines }: Rule,
  grant: Pick<Grant, 'scope' | 'district'>,
  person: boolean,
): boolean => lines.some(({ item }) => item.aboutPersons === person && !isOpen(item, grant));
