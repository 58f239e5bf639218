import { hash } from 'node:crypto';
import { unhurried } from './unhurried.ts';
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
  /** By block, of each table: persons by cell. */
  readonly #sums = new Map<string, Map<string, number>[]>();
  readonly #withheld = new Map<string, Withheld>();
  /** By table: what is never counted together, such as objections filed and objections closed, is guarded each by itself. */
  readonly #groups: readonly number[];

  private constructor(groups: readonly number[]) {
    this.#groups = groups;
  }

  /** @param tables how many tables there are: cells of an atom. */
  static async of(atoms: readonly BlockAtom[], tables: number, remember: Remember): Promise<ToldBlocks> {
    const blocks = new Map<string, BlockAtom[]>();
    const patterns = new Set<string>();
    await unhurried(atoms, (atom) => {
      const own = blocks.get(atom.block);
      if (own) own.push(atom);
      else blocks.set(atom.block, [atom]);
      patterns.add(patternOf(atom));
    });
    const groups = groupsOf(patterns, tables);
    const groupOf = ({ cells }: Atom): number => groups[cells.findIndex((cell) => cell !== null)] ?? 0;
    const told = new ToldBlocks(groups);
    for (const [block, ofBlock] of blocks) {
      const sums = Array.from({ length: tables }, () => new Map<string, number>());
      told.#sums.set(block, sums);
      for (const [group, own] of Map.groupBy(ofBlock, groupOf)) {
        const { key, atoms: distinct } = await merged(own);
        const withheld = await remember(key, () => withheldCells(distinct, tables));
        told.#withheld.set(`${block} ${group}`, withheld);
        await unhurried(distinct, (atom) => add(atom, sums));
      }
    }
    return told;
  }

  /** A figure over blocks; `exact` is false where one of them withholds its part, which then is not in the sum. */
  over(blocks: readonly string[], table: number, cell: string): { sum: number; exact: boolean } {
    let sum = 0;
    let exact = true;
    for (const block of blocks) {
      const withheld = this.#withheldOf(block, table);
      if (withheld === 'ALL' || (withheld[table] ?? NOTHING).has(cell)) exact = false;
      else sum += this.#sums.get(block)?.[table]?.get(cell) ?? 0;
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
}

function add({ cells, persons }: Atom, sums: readonly Map<string, number>[]): void {
  for (const [table, cell] of cells.entries()) {
    const own = sums[table];
    if (cell !== null && own) own.set(cell, (own.get(cell) ?? 0) + persons);
  }
}

/** In which tables an atom is: 1 or 0 for each. */
const patternOf = ({ cells }: Atom): string => {
  let pattern = '';
  for (const cell of cells) pattern += cell === null ? '0' : '1';
  return pattern;
};

/** Tables that some atom is in together, by the first of them. */
function groupsOf(patterns: ReadonlySet<string>, tables: number): number[] {
  const groups = Array.from({ length: tables }, (_, table) => table);
  for (const pattern of patterns) {
    const own = [...pattern].flatMap((is, table) => (is === '1' ? table : []));
    const joined = new Set(own.map((table) => groups[table]));
    const first = Math.min(...own.map((table) => groups[table] as number));
    for (const [table, group] of groups.entries()) if (joined.has(group)) groups[table] = first;
  }
  return groups;
}

/** Every list of cells has a name of its own: cells come from the database, where a text cannot have the character 0. */
const nameOf = ({ cells }: Atom): string => {
  let name = '';
  for (const cell of cells) name += cell === null ? '-\0' : `+${cell}\0`;
  return name;
};

/**
 * Atoms that no table tells apart, as one, in an order of their own; `key` says all of them. By digests, which differ in their first characters:
 * names are long and begin alike, and thousands of them took 50 ms to sort.
 */
async function merged(atoms: readonly Atom[]): Promise<{ key: string; atoms: Atom[] }> {
  const known = new Map<string, { cells: readonly (string | null)[]; persons: number }>();
  await unhurried(atoms, (atom) => {
    const digest = hash('sha256', nameOf(atom), 'base64');
    const one = known.get(digest);
    if (one) one.persons += atom.persons;
    else known.set(digest, { cells: atom.cells, persons: atom.persons });
  });
  const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: sorted.map(([digest, { persons }]) => `${digest}${persons}`).join(),
    atoms: sorted.map(([, atom]) => atom),
  };
}
