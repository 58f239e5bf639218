/** A row of a table, as `ReportRow` in schema/common/report.graphql. */
export interface ReportRow {
  key: string;
  name: string;
  organizations: number;
  persons: number | null;
  personsAtLeast: number;
  withheld: boolean;
  organizationsBefore: number;
  personsBefore: number | null;
  organizationsGrowth: number | null;
  personsGrowth: number | null;
  organizationsRank: number | null;
  personsRank: number | null;
  organizationsTotal: number;
  personsTotal: number | null;
  personsTotalAtLeast: number;
}

/** A row of a table that is not about subjects, as `ReportCount`. */
export interface ReportCount {
  key: string;
  name: string;
  count: number;
}

/** As `ReportFulfilment`. */
export interface ReportFulfilment {
  unit: { code: string; name: string };
  listed: number;
  fulfilled: number;
  rate: number | null;
  rank: number;
}

/** As `ReportQuality` in schema/collection.graphql. */
export interface ReportQuality {
  unit: { code: string; name: string };
  batches: number;
  linkRate: number | null;
  received: number | null;
  rejected: number | null;
  late: number | null;
  withheld: boolean;
}

/** Fields of a row as a query selects them. */
export const ROW_FIELDS = `key name organizations persons personsAtLeast withheld organizationsBefore personsBefore organizationsGrowth personsGrowth
  organizationsRank personsRank organizationsTotal personsTotal personsTotalAtLeast`;

/** What of a row is about organizations, and what about persons, now, before and since the beginning. */
export interface Figures {
  organizations: Record<'now' | 'before' | 'total', number>;
  /** `exact` is false where something is withheld of it. */
  persons: Record<'now' | 'before' | 'total', { sum: number; exact: boolean }>;
}

/** Part by which it grew; null where there was nothing before, or either is withheld. */
const growth = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : (now - before) / before;

export function rowOf(key: string, name: string, { organizations, persons }: Figures): ReportRow {
  const told = (when: 'now' | 'before' | 'total'): number | null =>
    persons[when].exact ? persons[when].sum : null;
  return {
    key,
    name,
    organizations: organizations.now,
    persons: told('now'),
    personsAtLeast: persons.now.sum,
    withheld: !persons.now.exact,
    organizationsBefore: organizations.before,
    personsBefore: told('before'),
    organizationsGrowth: growth(organizations.now, organizations.before),
    personsGrowth: growth(told('now'), told('before')),
    organizationsRank: null,
    personsRank: null,
    organizationsTotal: organizations.total,
    personsTotal: told('total'),
    personsTotalAtLeast: persons.total.sum,
  };
}

function rank(
  rows: readonly ReportRow[],
  count: 'organizations' | 'persons',
  place: 'organizationsRank' | 'personsRank',
): void {
  const counts = rows.map((row) => row[count] ?? 0).sort((a, b) => b - a);
  const places = new Map<number, number>();
  for (const [at, n] of counts.entries()) if (!places.has(n)) places.set(n, at + 1);
  for (const row of rows) {
    const n = row[count];
    // Equal counts share a place; nothing and what is withheld have none.
    if (n) row[place] = places.get(n) as number;
  }
}

/** Ranked, and in the order of their organizations, or of their keys: never of persons, which would tell of what is withheld. */
export function inOrder(rows: ReportRow[], byKey: boolean): ReportRow[] {
  rank(rows, 'organizations', 'organizationsRank');
  rank(rows, 'persons', 'personsRank');
  const keys = (a: ReportRow, b: ReportRow) => (a.key < b.key ? -1 : Number(a.key > b.key));
  return rows.sort((a, b) => (byKey ? 0 : b.organizations - a.organizations) || keys(a, b));
}
