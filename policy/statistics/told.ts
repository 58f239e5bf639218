import { type Atom, type Withheld, withheldCells } from './withhold.ts';

/** As `Atom`, of one block of time. */
export interface BlockAtom extends Atom {
  block: string;
}

/** Finds out what is withheld of a block; the same atoms have the same key. May know it from before, and may take a breath first. */
export type Remember = (key: string, find: () => Withheld) => Promise<Withheld>;

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What is told of natural persons by reports of any periods, taken together [SP-stat]. Months, or years, are looked at one by one: what of a block is
 * told follows from that block alone, once it is over, whatever period it is asked for in; and a longer period tells a figure where each of
 * its blocks tells it. So every answer is a sum of figures that blocks tell, and no reports, however they overlap and whenever they are asked for,
 * tell more than the blocks do one by one: nothing from which a small figure could be worked out (withhold.ts).
 *
 * It costs the figures of longer periods of which a block is small: `sum` of the blocks that do tell is a lower bound, and as safe.
 */
export class ToldBlocks {
  readonly #sums = new Map<string, number>();
  readonly #withheld = new Map<string, Withheld>();
  /** By table: what is never counted together, such as objections filed and objections closed, is guarded each by itself. */
  readonly #groups: readonly number[];

  private constructor(groups: readonly number[]) {
    this.#groups = groups;
  }

  /** @param tables how many tables there are: cells of an atom. */
  static async of(atoms: readonly BlockAtom[], tables: number, remember: Remember): Promise<ToldBlocks> {
    const groups = groupsOf(atoms, tables);
    const groupOf = ({ cells }: Atom): number => groups[cells.findIndex((cell) => cell !== null)] ?? 0;
    const told = new ToldBlocks(groups);
    for (const [of, own] of Map.groupBy(atoms, (atom) => `${atom.block} ${groupOf(atom)}`)) {
      const { key: known, atoms: distinct } = merged(own);
      told.#withheld.set(of, await remember(known, () => withheldCells(distinct, tables)));
    }
    for (const { block, cells, persons } of atoms)
      for (const [table, cell] of cells.entries())
        if (cell !== null) told.#add(key(block, table, cell), persons);
    return told;
  }

  /** A figure over blocks; `exact` is false where one of them withholds its part, which then is not in the sum. */
  over(blocks: readonly string[], table: number, cell: string): { sum: number; exact: boolean } {
    let sum = 0;
    let exact = true;
    for (const block of blocks) {
      const withheld = this.#withheldOf(block, table);
      if (withheld === 'ALL' || (withheld[table] ?? NOTHING).has(cell)) exact = false;
      else sum += this.#sums.get(key(block, table, cell)) ?? 0;
    }
    return { sum, exact };
  }

  /** Whether so little is told of a block in a table that its rows are not named either: from how many there are the sum could be worked out. */
  isSilent(block: string, table: number): boolean {
    return this.#withheldOf(block, table) === 'ALL';
  }

  #withheldOf(block: string, table: number): Withheld {
    return this.#withheld.get(`${block} ${this.#groups[table]}`) ?? [];
  }

  #add(of: string, persons: number): void {
    this.#sums.set(of, (this.#sums.get(of) ?? 0) + persons);
  }
}

const key = (block: string, table: number, cell: string): string => `${block} ${table} ${cell}`;

/** Tables that some atom is in together, by the first of them. */
function groupsOf(atoms: readonly Atom[], tables: number): number[] {
  const groups = Array.from({ length: tables }, (_, table) => table);
  const known = new Set<string>();
  for (const { cells } of atoms) {
    const own = [...cells.keys()].filter((table) => cells[table] !== null);
    const pattern = own.join(' ');
    if (known.has(pattern)) continue;
    known.add(pattern);
    const joined = new Set(own.map((table) => groups[table]));
    const first = Math.min(...own.map((table) => groups[table] as number));
    for (const [table, group] of groups.entries()) if (joined.has(group)) groups[table] = first;
  }
  return groups;
}

/** Atoms that no table tells apart, as one, in an order of their own; `key` says all of them. */
function merged(atoms: readonly Atom[]): { key: string; atoms: Atom[] } {
  const known = new Map<string, { cells: readonly (string | null)[]; persons: number }>();
  for (const { cells, persons } of atoms) {
    const name = JSON.stringify(cells);
    const one = known.get(name);
    if (one) one.persons += persons;
    else known.set(name, { cells, persons });
  }
  const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: sorted.map(([name, { persons }]) => `${name}${persons}`).join(),
    atoms: sorted.map(([, atom]) => atom),
  };
}
