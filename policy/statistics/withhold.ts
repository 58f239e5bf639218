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
  sums: number[];
  tables: number[];
  names: string[];
}

function cubeOf(atoms: readonly Atom[]): Cube {
  const numbers = new Map<string, number>();
  const cube: Cube & { atoms: Int32Array[] } = { atoms: [], sums: [], tables: [], names: [] };
  for (const { cells, persons } of atoms) {
    if (persons === 0) continue;
    const numbered = cells.map((name, table) => {
      if (name === null) return NOWHERE;
      const key = `${table} ${name}`;
      const number = numbers.get(key) ?? cube.names.push(name) - 1;
      numbers.set(key, number);
      cube.tables[number] = table;
      cube.sums[number] = (cube.sums[number] ?? 0) + persons;
      return number;
    });
    cube.atoms.push(Int32Array.from(numbered));
  }
  return cube;
}

/** @param tables how many tables there are: cells of an atom. */
export function withheldCells(atoms: readonly Atom[], tables: number): Withheld {
  const cube = cubeOf(atoms);
  const small = cube.sums.flatMap((sum, cell) => (sum < LEAST_PERSONS ? cell : []));
  const withheld = new Uint8Array(cube.sums.length);
  for (const cell of small) withheld[cell] = 1;
  for (const cell of small) {
    const touched = cheapestExchange(cell, cube, withheld);
    if (!touched) return 'ALL';
    for (const other of touched) withheld[other] = 1;
  }
  const sets = Array.from({ length: tables }, () => new Set<string>());
  for (const [cell, name] of cube.names.entries())
    if (withheld[cell]) sets[cube.tables[cell] as number]?.add(name);
  return sets;
}

/** Cells of the exchange that withholds the fewest persons more, so that totals stay; null where there is none. */
function cheapestExchange(
  cell: number,
  { atoms, sums, tables }: Cube,
  withheld: Uint8Array,
): number[] | null {
  const table = tables[cell] as number;
  let best: { cost: number; persons: number; to: Int32Array; from: Int32Array } | null = null;
  for (const to of atoms) {
    if (to[table] !== cell) continue;
    for (const from of atoms) {
      if (from[table] === cell) continue;
      const price = priceOf(to, from, sums, withheld, best?.persons ?? Infinity);
      if (!price) continue;
      if (price.cost === 0) return [];
      if (!best || price.persons < best.persons || price.cost < best.cost) best = { ...price, to, from };
    }
  }
  return best && differing(best.to, best.from);
}

const differing = (to: Int32Array, from: Int32Array): number[] =>
  [...to].flatMap((gains, at) =>
    gains === from[at] ? [] : [gains, from[at] as number].filter((cell) => cell !== NOWHERE),
  );

/**
 * One more at `to`, one less at `from`: how many cells more that withholds, and how many persons are in them. Null where a cell would come to
 * nothing, which would be shown, or where it costs more than `most`.
 */
function priceOf(
  to: Int32Array,
  from: Int32Array,
  sums: readonly number[],
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
      if ((sums[loses] as number) < 2) return null;
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
