import { type Block, blockOf } from '../../policy/statistics/blocks.ts';
import { type BlockAtom, ToldBlocks, toldBlocks } from '../../policy/statistics/told.ts';
import { unhurried } from '../../policy/unhurried.ts';
import { type Span, type Tables, type Told, builtTables } from './built.ts';
import { Cells, countsOf } from './cells.ts';
import type { Fact } from './fact.ts';
import type { Reading } from './reader.ts';
import { remembered } from './remembered.ts';
import { type ReportRow, inOrder, rowOf } from './row.ts';

/**
 * The tables of one part of the report, over a period and the one before it.
 * @param facts of all places, whichever is asked for: what is told of one must not tell of another. Of all time, whatever the period.
 * @param by blocks in which persons are counted.
 */
export async function reportTables<Table extends string>(
  tables: Tables<Table>,
  facts: readonly Fact<Table>[],
  asked: Reading,
  by: Block,
): Promise<Told<Table>> {
  const cells = new Cells(Object.keys(tables) as Table[]);
  const atoms: BlockAtom[] = [];
  let since: string | null = null;
  await unhurried(facts, (fact) => {
    const { month, persons } = fact;
    if (since === null || month < since) since = month;
    if (persons > 0) atoms.push({ block: blockOf(month, by), cells: cells.of(fact), persons });
  });
  const told = new ToldBlocks(await toldBlocks(atoms, cells.size, remembered));
  return builtTables(tables, { spans: await spansOf(cells, facts), told, since }, asked, by);
}

/** Facts by what of a report they are in. */
export async function spansOf<Table extends string>(
  cells: Cells<Table>,
  facts: readonly Fact<Table>[],
  isTotal: (fact: Fact<Table>) => boolean = () => true,
): Promise<Span[]> {
  const spans: Span[] = [];
  const flags = (fact: Fact<Table>): number =>
    Number(fact.isNow) + 2 * Number(fact.isBefore) + 4 * Number(isTotal(fact));
  for (const [when, own] of Map.groupBy(facts, flags)) {
    const { organizations } = await countsOf(cells, own);
    spans.push({ isNow: (when & 1) > 0, isBefore: (when & 2) > 0, isTotal: (when & 4) > 0, organizations });
  }
  return spans;
}

/** What is on a list on a day, which is about nobody: nothing is withheld of it. */
export interface Listed<Table extends string> {
  keys: Record<Table, string | null>;
  isBefore: boolean;
  organizations: number;
  persons: number;
}

/** Tables of lists, on the last day of the period and of the one before it; what is in force is its own total. */
export function listTables<Table extends string>(
  tables: Tables<Table>,
  listed: readonly Listed<Table>[],
): Record<Table, ReportRow[]> {
  const built = (Object.keys(tables) as Table[]).map((table): [Table, ReportRow[]] => {
    const groups = Map.groupBy(listed, ({ keys }) => keys[table]);
    const { names, ordered = false } = tables[table];
    const rows = [...groups].flatMap(([key, own]) => {
      if (key === null) return [];
      const sum = (of: 'organizations' | 'persons', isBefore: boolean): number =>
        own.reduce((all, one) => all + (one.isBefore === isBefore ? one[of] : 0), 0);
      const organizations = sum('organizations', false);
      const persons = { sum: sum('persons', false), exact: true };
      return rowOf(key, names(key), {
        organizations: { now: organizations, before: sum('organizations', true), total: organizations },
        persons: { now: persons, before: { sum: sum('persons', true), exact: true }, total: persons },
      });
    });
    return [table, inOrder(rows, ordered)];
  });
  return Object.fromEntries(built) as Record<Table, ReportRow[]>;
}
