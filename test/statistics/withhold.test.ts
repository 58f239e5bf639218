import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Atom, LEAST_PERSONS, type Withheld, withheldCells } from '../../policy/statistics/withhold.ts';
import { isCombination } from './combination.ts';

// Units lie in places, and a unit works in one channel: the tables of one report are tied to each other in ways that nobody declares.
const UNITS = ['a', 'b', 'c', 'd'];
const MONTHS = ['1', '2', '3'];
const placeOf = (unit: string): string => (unit < 'c' ? 'west' : 'east');
const channelOf = (unit: string): string => (unit === 'a' || unit === 'd' ? 'desk' : 'market');
const KINDS = ['supervision', 'approval'];

const cellsOf = (unit: string, month: string, kind: string): (string | null)[] => [
  'all',
  unit,
  month,
  kind,
  placeOf(unit),
  channelOf(unit),
  `${unit} ${month}`,
  kind === 'approval' ? unit : null,
];
const TABLES = cellsOf('a', '1', 'approval').length;
const PLACES = UNITS.flatMap((u) => MONTHS.flatMap((m) => KINDS.map((k) => cellsOf(u, m, k))));

const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 }));
const cubes = fc
  .array(count, { minLength: PLACES.length, maxLength: PLACES.length })
  .map((counts): Atom[] => counts.map((persons, at) => ({ cells: PLACES[at] as string[], persons })));

interface Cell {
  table: number;
  cell: string;
  sum: number;
  isShown: boolean;
}

function cells(atoms: readonly Atom[], withheld: Withheld): Cell[] {
  const found = new Map<string, Cell>();
  for (const { cells: of, persons } of atoms) {
    for (const [table, cell] of of.entries()) {
      if (cell === null) continue;
      const key = `${table} ${cell}`;
      const isShown = withheld !== 'ALL' && !withheld[table]?.has(cell);
      const one = found.get(key) ?? { table, cell, sum: 0, isShown };
      one.sum += persons;
      found.set(key, one);
    }
  }
  return [...found.values()];
}

/** A figure by the places that count in it; places where a shown zero says that there is nobody are known. */
function vectors(all: readonly Cell[]) {
  const empty = new Set(
    all.filter(({ sum, isShown }) => isShown && sum === 0).map(({ table, cell }) => `${table} ${cell}`),
  );
  const open = PLACES.filter((of) => of.every((cell, table) => !empty.has(`${table} ${cell}`)));
  return ({ table, cell }: Cell): number[] => open.map((of) => Number(of[table] === cell));
}

describe('[SP-stat] no figure reveals a person', () => {
  test('counts from 1 to 4 are withheld; zero and more are shown where nothing is small', async () => {
    await fc.assert(
      fc.asyncProperty(cubes, async (atoms) => {
        const withheld = await withheldCells(atoms, TABLES);
        const all = cells(atoms, withheld);
        for (const { sum, isShown } of all) expect(isShown && sum > 0 && sum < LEAST_PERSONS).toBe(false);
        if (all.every(({ sum }) => sum === 0 || sum >= LEAST_PERSONS))
          expect(all.filter(({ isShown }) => !isShown)).toEqual([]);
      }),
    );
  });

  test('no sums and differences of what is shown, in any tables, come to one', async () => {
    await fc.assert(
      fc.asyncProperty(cubes, async (atoms) => {
        const all = cells(atoms, await withheldCells(atoms, TABLES));
        const vector = vectors(all);
        const shown = all.filter(({ isShown, sum }) => isShown && sum > 0).map(vector);
        for (const one of all.filter(({ sum }) => sum > 0 && sum < LEAST_PERSONS))
          expect(isCombination(vector(one), shown)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('what is shown would be the same with another count', async () => {
    await fc.assert(
      fc.asyncProperty(cubes, async (atoms) => {
        const withheld = await withheldCells(atoms, TABLES);
        if (withheld === 'ALL') return;
        const here = cells(atoms, withheld);
        for (const small of here.filter(({ sum }) => sum > 0 && sum < LEAST_PERSONS)) {
          const others = atoms.flatMap((to) =>
            atoms
              .filter(({ persons }) => persons > 0)
              .map((from): Atom[] =>
                atoms.map((atom) => ({
                  ...atom,
                  persons: atom.persons + Number(atom === to) - Number(atom === from),
                })),
              ),
          );
          const told = (cube: readonly Atom[]) => cells(cube, withheld).filter(({ isShown }) => isShown);
          const same = JSON.stringify(told(atoms));
          const sumIn = (cube: readonly Atom[]) =>
            cells(cube, withheld).find(({ table, cell }) => table === small.table && cell === small.cell)
              ?.sum;
          expect(
            others.some((cube) => sumIn(cube) !== small.sum && JSON.stringify(told(cube)) === same),
          ).toBe(true);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('one small unit costs one other figure of its table, and no total', async () => {
    const looks = (unit: string, persons: number): Atom => ({ cells: ['all', unit], persons });
    expect(await withheldCells([looks('a', 3), looks('b', 20), looks('c', 400)], 2)).toEqual([
      new Set(),
      new Set(['a', 'b']),
    ]);
  });

  test('where there are too few to hide among, nothing is told', async () => {
    const looks = (unit: string, persons: number): Atom => ({ cells: ['all', unit], persons });
    expect(await withheldCells([looks('a', 4)], 2)).toBe('ALL');
    expect(await withheldCells([looks('a', 0)], 2)).toEqual([new Set(), new Set()]);
  });
});
