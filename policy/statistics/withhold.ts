import { unhurried } from '../unhurried.ts';

/**
 * Which figures about natural persons a report leaves out, so that none reveals a person [SP-stat]: counts from 1 to 4, and what they could be
 * worked out from.
 *
 * Tables of one report overlap in every way: months and units come to the same total, classes of a year to that year, a unit has matters of its
 * own. Instead of knowing how, one condition is kept for every small figure: there is an exchange of one look between two places that changes
 * this figure and nothing that is shown. Then no sums and differences of what is shown, in whatever tables, can tell the figure: they
 * come out the same with another one. Cells that such an exchange touches are withheld besides.
 *
 * Zero is shown: it is about nobody. What is looked at is one block of time, a month or a year; told.ts is about reports of many.
 */

/** A count below this is told of nobody. */
export const LEAST_PERSONS = 5;

/** A part of the facts that no table divides further: in which cells it counts, one in each table (null: not in that table), and how many persons. */
export interface Atom {
  cells: readonly (string | null)[];
  persons: number;
}

/** What is withheld, by table; `ALL` where there is too little to tell anything of. */
export type Withheld = readonly ReadonlySet<string>[] | 'ALL';

const NOWHERE = -1;

/** Atoms by the numbers of their cells: there are thousands, and every pair of them may be looked at. */
interface Cube {
  /** In order, no two alike. */
  atoms: readonly Int32Array[];
  /** In which table each differs first from the one before it. */
  steps: Int32Array;
  /** Persons, table and name of each cell. */
  sums: Float64Array;
  tables: readonly number[];
  names: readonly string[];
}

/** Equal facts make equal cubes, in whatever order they come: what is withheld of a month must be the same in every process. */
async function cubeOf(atoms: readonly Atom[], tables: number): Promise<Cube> {
  const counted = atoms.filter(({ persons }) => persons > 0);
  const numbers = Array.from({ length: tables }, () => new Map<string, number>());
  await unhurried(counted, ({ cells }) => {
    for (let table = 0; table < tables; table++) {
      const name = cells[table] ?? null;
      if (name !== null) numbers[table]?.set(name, NOWHERE);
    }
  });
  const cube = { tables: [] as number[], names: [] as string[] };
  await unhurried(numbers.entries(), ([table, own]) => {
    for (const name of [...own.keys()].sort()) {
      own.set(name, cube.names.push(name) - 1);
      cube.tables.push(table);
    }
  });
  const sums = new Float64Array(cube.names.length);
  const numbered: Int32Array[] = [];
  await unhurried(counted, ({ cells, persons }) => {
    const own = new Int32Array(tables).fill(NOWHERE);
    for (let table = 0; table < tables; table++) {
      const name = cells[table] ?? null;
      if (name === null) continue;
      const cell = numbers[table]?.get(name) as number;
      own[table] = cell;
      sums[cell] = (sums[cell] as number) + persons;
    }
    numbered.push(own);
  });
  numbered.sort(inOrder);
  const distinct = numbered.filter(
    (atom, at) => at === 0 || inOrder(atom, numbered[at - 1] as Int32Array) !== 0,
  );
  const steps = Int32Array.from(distinct, (atom, at) =>
    at === 0 ? 0 : atom.findIndex((cell, table) => cell !== distinct[at - 1]?.[table]),
  );
  return { ...cube, sums, atoms: distinct, steps };
}

function inOrder(a: Int32Array, b: Int32Array): number {
  for (let at = 0; at < a.length; at++) {
    const differs = (a[at] as number) - (b[at] as number);
    if (differs !== 0) return differs;
  }
  return 0;
}

/** @param tables how many tables there are: cells of an atom. */
export async function withheldCells(atoms: readonly Atom[], tables: number): Promise<Withheld> {
  const cube = await cubeOf(atoms, tables);
  const small = new Map<number, number[]>();
  for (const [cell, sum] of cube.sums.entries()) if (sum < LEAST_PERSONS) small.set(cell, []);
  for (const [at, atom] of cube.atoms.entries()) for (const cell of atom) small.get(cell)?.push(at);
  const withheld = new Uint8Array(cube.sums.length);
  for (const cell of small.keys()) withheld[cell] = 1;
  // An exchange hides every cell that it changes.
  const hidden = new Uint8Array(cube.sums.length);
  let isHidden = true;
  await unhurried(small, ([cell, places]) => {
    if (!isHidden || hidden[cell]) return;
    const touched = cheapestExchange(cell, places, cube, withheld);
    isHidden = touched !== null;
    for (const other of touched ?? []) withheld[other] = hidden[other] = 1;
  });
  if (!isHidden) return 'ALL';
  const sets = Array.from({ length: tables }, () => new Set<string>());
  for (const [cell, name] of cube.names.entries())
    if (withheld[cell]) sets[cube.tables[cell] as number]?.add(name);
  return sets;
}

/**
 * Cells that change in the exchange that withholds the fewest persons more, so that totals stay; null where there is none. The atoms next to it in order have most
 * cells in common with it: looked at first, they mostly have one that costs nothing. Where the first cells of one are too dear already, those are passed over
 * that have the same first cells.
 * @param places of the atoms that are in the cell.
 */
function cheapestExchange(
  cell: number,
  places: readonly number[],
  { atoms, steps, sums, tables }: Cube,
  withheld: Uint8Array,
): number[] | null {
  const table = tables[cell] as number;
  let best: { price: number; to: Int32Array; from: Int32Array } | null = null;
  for (const place of places) {
    const to = atoms[place] as Int32Array;
    let [before, after] = [place - 1, place + 1];
    while (before >= 0 || after < atoms.length) {
      const isBefore = before >= 0 && (after >= atoms.length || place - before <= after - place);
      const at = isBefore ? before-- : after++;
      const from = atoms[at] as Int32Array;
      if (from[table] === cell) continue;
      const { price, upTo } = priceOf(to, from, sums, withheld, best?.price ?? Infinity);
      if (price === 0) return differing(to, from);
      if (price < (best?.price ?? Infinity)) best = { price, to, from };
      else if (isBefore) while (before >= 0 && (steps[before + 1] as number) > upTo) before--;
      else while (after < atoms.length && (steps[after] as number) > upTo) after++;
    }
  }
  return best && differing(best.to, best.from);
}

/** A cell that would come to nothing, which would be shown. */
const isLast = (cell: number, sums: Float64Array): boolean => cell !== NOWHERE && (sums[cell] as number) < 2;

const differing = (to: Int32Array, from: Int32Array): number[] =>
  [...to].flatMap((gains, at) =>
    gains === from[at] ? [] : [gains, from[at] as number].filter((cell) => cell !== NOWHERE),
  );

/** More than there are cells in an exchange. */
const CELLS = 1_024;

/** What it costs that a cell changes: persons that are withheld more, and by one more cell. */
const costOf = (cell: number, sums: Float64Array, withheld: Uint8Array): number =>
  cell === NOWHERE || withheld[cell] ? 0 : (sums[cell] as number) * CELLS + 1;

/**
 * One more at `to`, one less at `from`: how many persons that withholds more, and where these are equal in how many cells, as one number. 0: nothing more. Infinity
 * where a cell would come to nothing. What is not below `most` is not counted to its end, but `upTo` the table where that is known.
 */
function priceOf(
  to: Int32Array,
  from: Int32Array,
  sums: Float64Array,
  withheld: Uint8Array,
  most: number,
): { price: number; upTo: number } {
  let price = 0;
  for (let at = 0; at < to.length; at++) {
    const gains = to[at] as number;
    const loses = from[at] as number;
    if (gains === loses) continue;
    if (isLast(loses, sums)) return { price: Infinity, upTo: at };
    price += costOf(loses, sums, withheld) + costOf(gains, sums, withheld);
    if (price >= most) return { price, upTo: at };
  }
  return { price, upTo: to.length };
}
