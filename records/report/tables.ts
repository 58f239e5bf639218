import { type Withheld, withheldCells } from '../../policy/statistics/withhold.ts';

/** Figures of a report that no table divides further. `keys`: its row in each table; null: it is not in that table. */
export interface Fact<Table extends string> {
  keys: Record<Table, string | null>;
  organizations: number;
  persons: number;
}

/** A row of a table, as `ReportRow` in schema/common/report.graphql. */
export interface ReportRow {
  key: string;
  name: string;
  organizations: number;
  persons: number | null;
  withheld: boolean;
  organizationsBefore: number;
  personsBefore: number | null;
  organizationsGrowth: number | null;
  personsGrowth: number | null;
  organizationsRank: number | null;
  personsRank: number | null;
}

interface Cells {
  organizations: Map<string, number>;
  persons: Map<string, number>;
  isWithheld: (key: string) => boolean;
}

const add = (sums: Map<string, number>, key: string, n: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + n);

function withheldOf<Table extends string>(facts: readonly Fact<Table>[], tables: readonly Table[]): Withheld {
  const atoms = new Map<string, { cells: (string | null)[]; persons: number }>();
  for (const { keys, persons } of facts) {
    const cells = tables.map((table) => keys[table]);
    const key = JSON.stringify(cells);
    const known = atoms.get(key);
    if (known) known.persons += persons;
    else atoms.set(key, { cells, persons });
  }
  return withheldCells([...atoms.values()], tables.length);
}

/** A table's cells; what is withheld follows from all tables together. */
function cellsOf<Table extends string>(
  facts: readonly Fact<Table>[],
  tables: readonly Table[],
  counts: Counted,
): Cells[] {
  const withheld = counts === 'items' ? [] : withheldOf(facts, tables);
  return tables.map((table, at) => {
    const organizations = new Map<string, number>();
    const persons = new Map<string, number>();
    for (const fact of facts) {
      const key = fact.keys[table];
      if (key === null) continue;
      add(organizations, key, fact.organizations);
      add(persons, key, fact.persons);
    }
    return {
      organizations,
      persons,
      isWithheld: (key: string) => withheld === 'ALL' || (withheld[at]?.has(key) ?? false),
    };
  });
}

/** Part by which it grew; null where there was nothing before, or either is withheld. */
const growth = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : (now - before) / before;

function rank(
  rows: ReportRow[],
  count: 'organizations' | 'persons',
  place: 'organizationsRank' | 'personsRank',
): void {
  const counts = rows.map((row) => row[count] ?? 0).sort((a, b) => b - a);
  for (const row of rows) {
    const n = row[count];
    // Equal counts share a place; nothing and what is withheld have none.
    if (n) row[place] = counts.indexOf(n) + 1;
  }
}

/** Whether figures count what is about persons, and small ones are withheld, or items of a list, which are about nobody. */
export type Counted = 'subjects' | 'items';

export type Names = (key: string) => string;

/**
 * The tables of one part of the report, over a period and the one before it. Rows are in the order of their organizations, or of their keys:
 * never of persons, which would tell of what is withheld.
 * @param tables tables by name, with what their rows are called; `ordered`: by key.
 */
export function reportTables<Table extends string>(
  tables: Record<Table, { names: Names; ordered?: boolean }>,
  now: readonly Fact<Table>[],
  before: readonly Fact<Table>[],
  counts: Counted = 'subjects',
): Record<Table, ReportRow[]> {
  const order = Object.keys(tables) as Table[];
  const cells = cellsOf(now, order, counts);
  const cellsBefore = cellsOf(before, order, counts);
  const built = order.map((table, at): [Table, ReportRow[]] => {
    const { names, ordered = false } = tables[table];
    const here = cells[at] as Cells;
    const there = cellsBefore[at] as Cells;
    const keys = new Set([...here.organizations.keys(), ...there.organizations.keys()]);
    const rows = [...keys].map((key): ReportRow => {
      const persons = here.isWithheld(key) ? null : (here.persons.get(key) ?? 0);
      const personsBefore = there.isWithheld(key) ? null : (there.persons.get(key) ?? 0);
      const organizations = here.organizations.get(key) ?? 0;
      const organizationsBefore = there.organizations.get(key) ?? 0;
      return {
        key,
        name: names(key),
        organizations,
        persons,
        withheld: persons === null,
        organizationsBefore,
        personsBefore,
        organizationsGrowth: growth(organizations, organizationsBefore),
        personsGrowth: growth(persons, personsBefore),
        organizationsRank: null,
        personsRank: null,
      };
    });
    rank(rows, 'organizations', 'organizationsRank');
    rank(rows, 'persons', 'personsRank');
    const byKey = (a: ReportRow, b: ReportRow) => (a.key < b.key ? -1 : Number(a.key > b.key));
    rows.sort((a, b) => (ordered ? 0 : b.organizations - a.organizations) || byKey(a, b));
    return [table, rows];
  });
  return Object.fromEntries(built) as Record<Table, ReportRow[]>;
}
