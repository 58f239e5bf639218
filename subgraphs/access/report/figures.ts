import { unhurried } from '../../../policy/unhurried.ts';
import type { ToldBlock } from '../../../policy/statistics/told.ts';
import type { Sums } from '../../../records/report/cells.ts';

/** What a month that is over comes to. */
export interface Figures {
  organizations: Sums;
  told: ToldBlock;
}

/** A table as it is written down: its rows, and of each how many organizations and persons; null: what is withheld is not written down. */
type Written = [rows: string[], organizations: number[], persons: (number | null)[]];

export function textOf({ organizations, told }: Figures): string {
  const tables = organizations.map((sums, at): Written => {
    const persons = told.sums[at] as Sums[number];
    const withheld = told.withheld[at];
    const rows = [...new Set([...sums.keys(), ...persons.keys()])];
    const isWithheld = (row: string): boolean =>
      withheld === 'ALL' ? persons.has(row) : withheld?.has(row) === true;
    return [
      rows,
      rows.map((row) => sums.get(row) ?? 0),
      rows.map((row) => (isWithheld(row) ? null : (persons.get(row) ?? 0))),
    ];
  });
  return JSON.stringify({ isSilent: told.withheld.includes('ALL'), tables });
}

/** As it was, but for the figures that are withheld: those are 0. */
export async function figuresOf(text: string): Promise<Figures> {
  const { isSilent, tables } = JSON.parse(text) as { isSilent: boolean; tables: Written[] };
  const organizations: Map<string, number>[] = [];
  const told = { sums: [] as Map<string, number>[], withheld: [] as (Set<string> | 'ALL')[] };
  await unhurried(tables, ([rows, ofOrganizations, ofPersons]) => {
    const [sums, persons, withheld] = [
      new Map<string, number>(),
      new Map<string, number>(),
      new Set<string>(),
    ];
    for (const [at, row] of rows.entries()) {
      const n = ofPersons[at] as number | null;
      if (ofOrganizations[at]) sums.set(row, ofOrganizations[at]);
      if (n !== 0) persons.set(row, n ?? 0);
      if (n === null) withheld.add(row);
    }
    organizations.push(sums);
    told.sums.push(persons);
    told.withheld.push(isSilent ? 'ALL' : withheld);
  });
  return { organizations, told };
}
