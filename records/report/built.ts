import { type Block, blocksIn, daysOfBlocks } from '../../policy/statistics/blocks.ts';
import type { ToldBlocks } from '../../policy/statistics/told.ts';
import { unhurried } from '../../policy/unhurried.ts';
import { type Sums, nameIn } from './cells.ts';
import type { Reading } from './reader.ts';
import { type Figures, type ReportRow, inOrder, rowOf } from './row.ts';

export type Names = (key: string) => string;

/** Tables by name, with what their rows are called; `ordered`: by key. */
export type Tables<Table extends string> = Record<Table, { names: Names; ordered?: boolean }>;

export interface Told<Table extends string> {
  tables: Record<Table, ReportRow[]>;
  /** Days in which persons are counted: whole months or years of the period that are over; null: there are none in it. */
  personsFrom: string | null;
  personsTo: string | null;
}

/** The one row of a table of one row. */
export const TOTAL = 'TOTAL';

/** Organizations of some days, and what of a report these are in. */
export interface Span {
  isNow: boolean;
  isBefore: boolean;
  isTotal: boolean;
  organizations: Sums;
}

export interface BuiltFrom {
  spans: readonly Span[];
  /** Natural persons, by block. */
  told: ToldBlocks;
  /** Month in which counting began; null: nothing was counted. */
  since: string | null;
}

const START = '1900-01-01';
const NONE = { now: 0, before: 0, total: 0 };
const UNTOLD = { sum: 0, exact: false };

/** The tables of one part of a report, of all places or of the one that is asked for. */
export async function builtTables<Table extends string>(
  tables: Tables<Table>,
  { spans, told, since }: BuiltFrom,
  { period, before, jurisdiction, today }: Reading,
  by: Block,
): Promise<Told<Table>> {
  const order = Object.keys(tables) as Table[];
  const blocks = {
    now: blocksIn(period, by, today),
    before: blocksIn(before, by, today),
    total: blocksIn(
      { from: since === null ? START : `${since.slice(0, 4)}-01-01`, to: period.to },
      by,
      today,
    ),
  };
  const own = jurisdiction === null ? '' : nameIn(jurisdiction, '');
  const built = new Map<Table, ReportRow[]>();
  for (const [at, table] of order.entries()) {
    const cells = jurisdiction === null ? at : order.length + at;
    const sums = new Map<string, Figures['organizations']>();
    const keys = new Set<string>();
    await unhurried(spans, ({ isNow, isBefore, isTotal, organizations }) => {
      for (const [cell, n] of organizations[cells] ?? []) {
        if (!cell.startsWith(own)) continue;
        const key = cell.slice(own.length);
        let sum = sums.get(key);
        if (!sum) sums.set(key, (sum = { ...NONE }));
        if (isTotal) sum.total += n;
        if (isNow) sum.now += n;
        if (isBefore) sum.before += n;
        if (isNow || isBefore) keys.add(key);
      }
    });
    // Of a block that tells nothing its rows are not named either.
    await unhurried([...blocks.now, ...blocks.before], (block) => {
      const isSilent = told.isSilent(block, at);
      for (const cell of told.cells(block, cells)) {
        const key = cell.slice(own.length);
        if (cell.startsWith(own) && (!isSilent || key === TOTAL)) keys.add(key);
      }
    });
    const persons = (key: string): Figures['persons'] => {
      const over = (when: keyof typeof blocks) => told.over(blocks[when], cells, `${own}${key}`);
      // Of no whole block nothing is told, not even that there was nobody.
      const inside = (when: 'now' | 'before') => (blocks[when].length > 0 ? over(when) : UNTOLD);
      return { now: inside('now'), before: inside('before'), total: over('total') };
    };
    const { names, ordered = false } = tables[table];
    const rows: ReportRow[] = [];
    await unhurried(keys, (key) => {
      rows.push(rowOf(key, names(key), { organizations: sums.get(key) ?? NONE, persons: persons(key) }));
    });
    built.set(table, inOrder(rows, ordered));
  }
  const days = daysOfBlocks(blocks.now);
  return {
    tables: Object.fromEntries(built) as Record<Table, ReportRow[]>,
    personsFrom: days?.from ?? null,
    personsTo: days?.to ?? null,
  };
}
