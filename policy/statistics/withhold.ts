/**
 * Which figures about natural persons a report leaves out, so that none reveals a person [SP-stat]: counts from 1 to 4, and what they could be
 * worked out from.
 *
 * Tables of one report overlap in every way: months and units come to the same total, classes of a year to that year, a unit has matters of its
 * own. Instead of knowing how, one condition is kept for every small figure: there is an exchange of one look between two places that changes
 * this figure and nothing that is shown. Then no sums and differences of what is shown, in whatever tables, can tell the figure: they
 * come out the same with another one. Cells that such an exchange touches are withheld besides.
 *
 * Zero is shown: it is about nobody. One report is looked at: reports of overlapping periods are not guarded against each other.
 */

/** A count below this is told of nobody. */
export const LEAST_PERSONS = 5;

/** A part of the facts that no table divides further: in which cells it counts, one in each table (null: not in that table), and how many persons. */
export interface Atom {
  cells: readonly (string | null)[];
  persons: number;
}

type Sums = readonly Map<string, number>[];

const isSmall = (count: number): boolean => count > 0 && count < LEAST_PERSONS;

function sumsOf(atoms: readonly Atom[], tables: number): Sums {
  const sums = Array.from({ length: tables }, () => new Map<string, number>());
  for (const { cells, persons } of atoms)
    for (const [table, cell] of cells.entries())
      if (cell !== null) sums[table]?.set(cell, (sums[table].get(cell) ?? 0) + persons);
  return sums;
}

/** What is withheld, by table; `ALL` where there is too little to tell anything of. */
export type Withheld = readonly ReadonlySet<string>[] | 'ALL';

/** @param tables how many tables there are: cells of an atom. */
export function withheldCells(all: readonly Atom[], tables: number): Withheld {
  const atoms = all.filter(({ persons }) => persons > 0);
  const sums = sumsOf(atoms, tables);
  const withheld = sums.map(
    (cells) => new Set([...cells].filter(([, n]) => isSmall(n)).map(([cell]) => cell)),
  );
  const small = withheld.flatMap((cells, table) => [...cells].map((cell) => ({ table, cell })));
  for (const { table, cell } of small) {
    const exchange = cheapestExchange(table, cell, atoms, sums, withheld);
    if (!exchange) return 'ALL';
    for (const { table: at, cell: touched } of exchange) withheld[at]?.add(touched);
  }
  return withheld;
}

interface Cell {
  table: number;
  cell: string;
}

/** Cells of the exchange that withholds the fewest more, and of these the one with the fewest persons. */
function cheapestExchange(
  table: number,
  cell: string,
  atoms: readonly Atom[],
  sums: Sums,
  withheld: readonly ReadonlySet<string>[],
): Cell[] | null {
  let best: { cost: number; persons: number; to: Atom; from: Atom } | null = null;
  for (const to of atoms) {
    if (to.cells[table] !== cell) continue;
    for (const from of atoms) {
      if (from.cells[table] === cell) continue;
      const price = priceOf(to, from, sums, withheld, best?.cost ?? Infinity);
      if (
        price &&
        (!best || price.cost < best.cost || (price.cost === best.cost && price.persons < best.persons))
      )
        best = { ...price, to, from };
      if (best?.cost === 0) return [];
    }
  }
  if (!best) return null;
  const { to, from } = best;
  return to.cells.flatMap((one, at) => {
    const other = from.cells[at] ?? null;
    return one === other
      ? []
      : [one, other].flatMap((touched) => (touched === null ? [] : { table: at, cell: touched }));
  });
}

/** One more at `to`, one less at `from`. Null where a cell would come to nothing, which would be shown, or where it costs more than `most`. */
function priceOf(
  to: Atom,
  from: Atom,
  sums: Sums,
  withheld: readonly ReadonlySet<string>[],
  most: number,
): { cost: number; persons: number } | null {
  let cost = 0;
  let persons = 0;
  for (let at = 0; at < to.cells.length; at++) {
    const gains = to.cells[at] ?? null;
    const loses = from.cells[at] ?? null;
    if (gains === loses) continue;
    for (const touched of [gains, loses]) {
      if (touched === null) continue;
      const count = sums[at]?.get(touched) ?? 0;
      if (touched === loses && count < 2) return null;
      if (withheld[at]?.has(touched)) continue;
      cost++;
      persons += count;
    }
    if (cost > most) return null;
  }
  return { cost, persons };
}
