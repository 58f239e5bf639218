import { hash } from 'node:crypto';
import { unhurried } from '../unhurried.ts';
import { type Atom, type Withheld, withheldCells } from './withhold.ts';

/** As `Atom`, of one block of time. */
export interface BlockAtom extends Atom {
  block: string;
}

/** Finds out what is withheld of a block; the same atoms have the same key. May know it from before, and may take a breath first. */
export type Remember = (key: string, find: () => Promise<Withheld>) => Promise<Withheld>;

/** What is told of natural persons in one block. */
export interface ToldBlock {
  /** Of each table: persons by cell. */
  sums: readonly ReadonlyMap<string, number>[];
  /** Of each table: cells that are not told, or `ALL`. */
  withheld: readonly (ReadonlySet<string> | 'ALL')[];
}

const NOTHING: ReadonlySet<string> = new Set();

/** @param tables how many tables there are, guarded together: cells of an atom. */
export async function toldBlock(atoms: readonly Atom[], tables: number): Promise<ToldBlock> {
  const withheld = await withheldCells(atoms, tables);
  return {
    sums: await summed(atoms, tables),
    withheld: Array.from({ length: tables }, (_, at) =>
      withheld === 'ALL' ? 'ALL' : (withheld[at] ?? NOTHING),
    ),
  };
}

/**
 * Of many blocks. What is never counted together, such as objections filed and objections closed, is guarded each by itself.
 * @param tables how many tables there are: cells of an atom.
 */
export async function toldBlocks(
  atoms: readonly BlockAtom[],
  tables: number,
  remember: Remember,
): Promise<Map<string, ToldBlock>> {
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
  const told = new Map<string, ToldBlock>();
  for (const [block, ofBlock] of blocks) {
    const withheld: ToldBlock['withheld'][number][] = groups.map(() => NOTHING);
    for (const [group, own] of Map.groupBy(ofBlock, groupOf)) {
      const { key, atoms: distinct } = await merged(own);
      const found = await remember(key, () => withheldCells(distinct, tables));
      for (const [table, of] of groups.entries())
        if (of === group) withheld[table] = found === 'ALL' ? 'ALL' : (found[table] ?? NOTHING);
    }
    told.set(block, { sums: await summed(ofBlock, tables), withheld });
  }
  return told;
}

/**
 * What is told of natural persons by reports of any periods, taken together [SP-stat]. Months, or years, are looked at one by one: what of a block is
 * told follows from that block alone, once it is over, whatever period it is asked for in; and a longer period tells a figure where each of
 * its blocks tells it. So every answer is a sum of figures that blocks tell, and no reports, however they overlap and whenever they are asked for,
 * tell more than the blocks do one by one: nothing from which a small figure could be worked out (withhold.ts).
 *
 * It costs the figures of longer periods of which a block is small: `sum` of the blocks that do tell is a lower bound, and as safe.
 */
export class ToldBlocks {
  readonly #blocks: ReadonlyMap<string, ToldBlock>;

  /** @param blocks by name; nobody is counted in one that is not among them. */
  constructor(blocks: ReadonlyMap<string, ToldBlock>) {
    this.#blocks = blocks;
  }

  /** A figure over blocks; `exact` is false where one of them withholds its part, which then is not in the sum. */
  over(blocks: readonly string[], table: number, cell: string): { sum: number; exact: boolean } {
    let sum = 0;
    let exact = true;
    for (const block of blocks) {
      const told = this.#blocks.get(block);
      const withheld = told?.withheld[table] ?? NOTHING;
      if (withheld === 'ALL' || withheld.has(cell)) exact = false;
      else sum += told?.sums[table]?.get(cell) ?? 0;
    }
    return { sum, exact };
  }

  /** Whether so little is told of a block in a table that its rows are not named either: from how many there are the sum could be worked out. */
  isSilent(block: string, table: number): boolean {
    return this.#blocks.get(block)?.withheld[table] === 'ALL';
  }

  /** Cells of a table that somebody is in. */
  cells(block: string, table: number): Iterable<string> {
    return this.#blocks.get(block)?.sums[table]?.keys() ?? [];
  }
}

async function summed(atoms: readonly Atom[], tables: number): Promise<Map<string, number>[]> {
  const sums = Array.from({ length: tables }, () => new Map<string, number>());
  await unhurried(atoms, (atom) => add(atom, sums));
  return sums;
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
