import type { Atom } from '../../policy/statistics/withhold.ts';
import { unhurried } from '../../policy/unhurried.ts';
import type { Fact } from './fact.ts';

/** Rows of every table, and after them those of every table of each place: by these numbers `Sums` and atoms have them. */
export class Cells<Table extends string> {
  readonly order: readonly Table[];
  /** Names are made once and not for each of a hundred thousand facts: most of the time went into their hashes and into garbage. */
  readonly #names = new Map<string, Map<string, string>>();

  constructor(order: readonly Table[]) {
    this.order = order;
  }

  get size(): number {
    return 2 * this.order.length;
  }

  of({ keys, place }: Pick<Fact<Table>, 'keys' | 'place'>): (string | null)[] {
    const all: (string | null)[] = this.order.map((table) => keys[table]);
    const names = place === null ? null : this.#namesIn(place);
    for (let at = 0; at < this.order.length; at++) {
      const key = all[at] ?? null;
      if (names === null || key === null) {
        all.push(null);
        continue;
      }
      let name = names.get(key);
      if (name === undefined) names.set(key, (name = nameIn(place as string, key)));
      all.push(name);
    }
    return all;
  }

  #namesIn(place: string): Map<string, string> {
    let names = this.#names.get(place);
    if (!names) this.#names.set(place, (names = new Map()));
    return names;
  }
}

/** What a row is called among those of all places. */
export const nameIn = (place: string, key: string): string => `${place} ${key}`;

/** Organizations by row, of each table in the order of `Cells`. */
export type Sums = readonly ReadonlyMap<string, number>[];

/** What facts come to: organizations in sums, natural persons as they are guarded. */
export interface Counts {
  organizations: Sums;
  atoms: Atom[];
}

export async function countsOf<Table extends string>(
  cells: Cells<Table>,
  facts: Iterable<Pick<Fact<Table>, 'keys' | 'place' | 'organizations' | 'persons'>>,
): Promise<Counts> {
  const sums = Array.from({ length: cells.size }, () => new Map<string, number>());
  const atoms: Atom[] = [];
  await unhurried(facts, (fact) => {
    const { organizations, persons } = fact;
    const own = cells.of(fact);
    if (persons > 0) atoms.push({ cells: own, persons });
    if (organizations > 0)
      for (const [table, cell] of own.entries())
        if (cell !== null) sums[table]?.set(cell, (sums[table].get(cell) ?? 0) + organizations);
  });
  return { organizations: sums, atoms };
}
