import { unhurried } from './unhurried.ts';

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
  atoms: readonly Int32Array[];
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
  return {
    ...cube,
    sums,
    atoms: numbered.filter((atom, at) => at === 0 || inOrder(atom, numbered[at - 1] as Int32Array) !== 0),
  };
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
 * cells in common with it: looked at first, they mostly have one that costs nothing.
 * @param places of the atoms that are in the cell.
 */
function cheapestExchange(
  cell: number,
  places: readonly number[],
  { atoms, sums, tables }: Cube,
  withheld: Uint8Array,
): number[] | null {
  const table = tables[cell] as number;
  let best: { cost: number; persons: number; to: Int32Array; from: Int32Array } | null = null;
  for (const place of places) {
    const to = atoms[place] as Int32Array;
    for (let far = 1; far < atoms.length; far++) {
      for (const at of [place - far, place + far]) {
        const from = atoms[at];
        if (!from || from[table] === cell || isLast(from[table] as number, sums)) continue;
        const price = priceOf(to, from, sums, withheld, best?.persons ?? Infinity);
        if (!price) continue;
        if (price.cost === 0) return differing(to, from);
        if (!best || price.persons < best.persons || price.cost < best.cost) best = { ...price, to, from };
      }
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

/**
 * One more at `to`, one less at `from`: how many cells more that withholds, and how many persons are in them. Null where a cell would come to
 * nothing, or where it costs more than `most`.
 */
function priceOf(
  to: Int32Array,
  from: Int32Array,
  sums: Float64Array,
  withheld: Uint8Array,
  most: number,
): { cost: number; persons: number } | null {
  let cost = 0;
  let persons = 0;
  for (let at = 0; at < to.length; at++) {
    const gains = to[at] as number;
    const loses = from[at] as number;
    if (gains === loses) continue;
    if (loses !== NOWHERE) {
      if (isLast(loses, sums)) return null;
      if (!withheld[loses]) {
        cost++;
        persons += sums[loses] as number;
      }
    }
    if (gains !== NOWHERE && !withheld[gains]) {
      cost++;
      persons += sums[gains] as number;
    }
    if (persons > most) return null;
  }
  return { cost, persons };
}
