import { type Block, blockOf, blocksIn, daysOfBlocks } from '../../policy/statistics/blocks.ts';
import { type BlockAtom, ToldBlocks } from '../../policy/statistics/told.ts';
import { unhurried } from '../../policy/statistics/unhurried.ts';
import type { Reading } from './reader.ts';
import { remembered } from './remembered.ts';
import { type Figures, type ReportRow, inOrder, rowOf } from './row.ts';

/** Figures of a report that no table divides further. `keys`: its row in each table; null: it is not in that table. */
export interface Fact<Table extends string> extends Counted {
  keys: Record<Table, string | null>;
  /** Division code of the place whose report counts it too; null: none. */
  place: string | null;
}

/** What is counted, as it is read: everything from the beginning to the last day of the period. */
export interface Counted {
  /** 2016-03 */
  month: string;
  /** Whether it was in the period, or in the one before it. */
  isNow: boolean;
  isBefore: boolean;
  organizations: number;
  persons: number;
}

export type Names = (key: string) => string;

/** Tables by name, with what their rows are called; `ordered`: by key. */
export type Tables<Table extends string> = Record<Table, { names: Names; ordered?: boolean }>;

export interface Told<Table extends string> {
  tables: Record<Table, ReportRow[]>;
  /** Days in which persons are counted: whole months or years of the period that are over; null: there are none in it. */
  personsFrom: string | null;
  personsTo: string | null;
}

const START = '1900-01-01';

/** The one row of a table of one row. */
export const TOTAL = 'TOTAL';

/**
 * In order: in a report of one place, its own tables, which are guarded together with those of all. Names are made once and not for each of a
 * hundred thousand facts: most of the time went into their hashes and into garbage.
 */
function cells<Table extends string>(order: readonly Table[]): (fact: Fact<Table>) => (string | null)[] {
  const known = new Map<string, Map<string, string>>();
  const named = (place: string, key: string): string => {
    let names = known.get(place);
    if (!names) known.set(place, (names = new Map()));
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = `${place} ${key}`));
    return name;
  };
  return ({ keys, place }) => {
    const own = order.map((table) => keys[table]);
    return [...own, ...own.map((key) => (place === null || key === null ? null : named(place, key)))];
  };
}

/**
 * The tables of one part of the report, over a period and the one before it.
 * @param facts of all places, whichever is asked for: what is told of one must not tell of another. Of all time, whatever the period.
 * @param by blocks in which persons are counted.
 */
export async function reportTables<Table extends string>(
  tables: Tables<Table>,
  facts: readonly Fact<Table>[],
  { period, before, jurisdiction, today }: Reading,
  by: Block,
): Promise<Told<Table>> {
  const order = Object.keys(tables) as Table[];
  const cellsOf = cells(order);
  const atoms: BlockAtom[] = [];
  await unhurried(facts, (fact) => {
    const { month, persons } = fact;
    if (persons > 0) atoms.push({ block: blockOf(month, by), cells: cellsOf(fact), persons });
  });
  const told = await ToldBlocks.of(atoms, 2 * order.length, remembered);
  const blocks = {
    now: blocksIn(period, by, today),
    before: blocksIn(before, by, today),
    total: blocksIn({ from: firstDay(facts), to: period.to }, by, today),
  };
  const counted = [...blocks.now, ...blocks.before];
  const here = facts.filter(({ place }) => jurisdiction === null || place === jurisdiction);
  const built = new Map<Table, ReportRow[]>();
  for (const [at, table] of order.entries()) {
    const named = new Set(counted.filter((block) => !told.isSilent(block, at)));
    const isNamed = (key: string, month: string): boolean =>
      key === TOTAL ? counted.includes(blockOf(month, by)) : named.has(blockOf(month, by));
    const sums = new Map<string, Figures['organizations']>();
    const keys = new Set<string>();
    await unhurried(here, (fact) => {
      const key = fact.keys[table];
      if (key === null) return;
      if (!keys.has(key) && isSeen(fact, () => isNamed(key, fact.month))) keys.add(key);
      const sum = sums.get(key) ?? { now: 0, before: 0, total: 0 };
      sums.set(key, sum);
      sum.total += fact.organizations;
      if (fact.isNow) sum.now += fact.organizations;
      if (fact.isBefore) sum.before += fact.organizations;
    });
    const persons = (key: string): Figures['persons'] => {
      const over = (when: keyof typeof blocks) =>
        jurisdiction === null
          ? told.over(blocks[when], at, key)
          : told.over(blocks[when], order.length + at, `${jurisdiction} ${key}`);
      // Of no whole block nothing is told, not even that there was nobody.
      const inside = (when: 'now' | 'before') => (blocks[when].length > 0 ? over(when) : UNTOLD);
      return { now: inside('now'), before: inside('before'), total: over('total') };
    };
    const { names, ordered = false } = tables[table];
    const rows = [...keys].map((key) =>
      rowOf(key, names(key), { organizations: sums.get(key) ?? NONE, persons: persons(key) }),
    );
    built.set(table, inOrder(rows, ordered));
  }
  const days = daysOfBlocks(blocks.now);
  return {
    tables: Object.fromEntries(built) as Record<Table, ReportRow[]>,
    personsFrom: days?.from ?? null,
    personsTo: days?.to ?? null,
  };
}

const NONE = { now: 0, before: 0, total: 0 };
const UNTOLD = { sum: 0, exact: false };

const firstDay = (facts: readonly Counted[]): string => {
  let first: string | null = null;
  for (const { month } of facts) if (first === null || month < first) first = month;
  return first === null ? START : `${first.slice(0, 4)}-01-01`;
};

/** Whether its rows have something in the period or before. @param isNamed whether it may be seen that somebody was in the row then. */
const isSeen = ({ isNow, isBefore, organizations, persons }: Counted, isNamed: () => boolean): boolean =>
  (organizations > 0 && (isNow || isBefore)) || (persons > 0 && isNamed());

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
