import type pg from 'pg';
import { addDays } from '../../../policy/dates.ts';
import { type ToldBlock, ToldBlocks, toldBlock } from '../../../policy/statistics/told.ts';
import { unhurried } from '../../../policy/unhurried.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { builtTables } from '../../../records/report/built.ts';
import { Cells, type Sums, countsOf } from '../../../records/report/cells.ts';
import { dated, datedValues } from '../../../records/report/dated.ts';
import type { Reading } from '../../../records/report/reader.ts';
import type { Tables, Told } from '../../../records/report/built.ts';
import type { Counted, Fact } from '../../../records/report/fact.ts';
import { spansOf } from '../../../records/report/tables.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { calendarOf, firstOf, lastOf } from './calendar.ts';
import { type Kept, POSITION, type Position } from './counting.ts';
import { groundOf } from './ground.ts';
import { KnownMonths } from './known.ts';
import type { NameIn } from './naming.ts';

/** One snapshot holds for all that is read. Days of three months are 120,000 rows: 250 ms summed in memory, 610 sorted on disk. */
const SETTINGS = `set transaction isolation level repeatable read, read only; set local work_mem = '32MB'`;

/** Rows of a part of the report: what it counts by, and when that was. */
export interface KeptRow extends Counted {
  unit: string;
}

/** A part of the report whose sums are kept by day and by month. */
export interface KeptPart<Table extends string, Row extends KeptRow> {
  kept: Kept;
  tables: Record<Table, { name: NameIn; ordered?: boolean }>;
  /** In which row of each table it is. `place`: of its unit. */
  keys: (row: Row, place: string | null) => Record<Table, string | null>;
  /** What is not counted yet, up to the last day of the period, by month and whether it is in it. */
  tail: (client: pg.PoolClient, at: Position, asked: Reading, snapshot: Snapshot) => Promise<Row[]>;
}

/** What a month comes to; `told` is there once it is over. */
interface Month {
  organizations: Sums;
  told: ToldBlock | null;
}

/** Reads from the moment of a report: what is kept, how far that goes, and what is not in it yet. */
export interface Moment {
  client: pg.PoolClient;
  /** Months that lie wholly in the period: 2016-03. */
  now: readonly string[];
}

/**
 * A part of the report from sums by month, and by day where the period begins or ends within a month; exact at any moment, from the journal what
 * is not counted yet. What a month that is over comes to, and what of it is told, is worked out once: until something is added to the
 * month, or a unit moves to another place.
 */
export class KeptMonths<Table extends string, Row extends KeptRow> {
  readonly #pool: pg.Pool;
  readonly #part: KeptPart<Table, Row>;
  readonly #cells: Cells<Table>;
  readonly #known: KnownMonths;
  /** Under way: whoever needs it waits for it, rather than do the same beside it. */
  #preparing: Promise<void> | null = null;

  constructor(pool: pg.Pool, part: KeptPart<Table, Row>) {
    this.#pool = pool;
    this.#part = part;
    this.#cells = new Cells(Object.keys(part.tables) as Table[]);
    this.#known = new KnownMonths(pool, part.kept.month);
  }

  /**
   * @param also reads more, of the same moment.
   * @returns besides the tables, `edges`: by days and not yet counted, what is not in `now` of that moment.
   */
  async report<More>(
    asked: Reading,
    { snapshot }: SubgraphContext,
    also: (moment: Moment) => Promise<More>,
  ): Promise<Told<Table> & { edges: Row[]; more: More }> {
    // A unit's own figures are not kept; and what fails here the report tries itself.
    if (asked.unit === null) await this.prepare(asked.today, snapshot).catch(() => {});
    const { tail, days, calendar, months, more } = await this.#read(asked, snapshot, also);
    const edges = [...days, ...tail.filter(({ month }) => calendar.isCut(month))];
    const isOfLast = ({ month }: Counted): boolean => month === calendar.last;
    const facts: Fact<Table>[] = [];
    await unhurried(edges, (row) => {
      if (row.isNow || row.isBefore || isOfLast(row)) facts.push(this.#fact(row, snapshot));
    });
    const spans = [...months].map(([month, { organizations }]) => ({
      isNow: calendar.isNow(month),
      isBefore: calendar.isBefore(month),
      isTotal: true,
      organizations,
    }));
    const told = new Map(
      [...months].flatMap(([month, one]) => (one.told ? [[month, one.told] as const] : [])),
    );
    const built = await builtTables(
      this.#named(snapshot),
      {
        spans: [...spans, ...(await spansOf(this.#cells, facts, isOfLast))],
        told: new ToldBlocks(told),
        since: calendar.months[0] ?? calendar.last,
      },
      asked,
      'MONTH',
    );
    const own = tail.filter(({ month }) => !calendar.isCut(month));
    return { ...built, edges: [...edges, ...own], more };
  }

  /** Of one moment; what is not known is worked out when that is over. */
  async #read<More>(asked: Reading, snapshot: Snapshot, also: (moment: Moment) => Promise<More>) {
    const ground = await groundOf(snapshot);
    const { ofMonths, known, late, ...read } = await this.#atOneMoment(async (client) => {
      const { rows } = await client.query<Position>(POSITION);
      const position = rows[0] ?? { seq: 0, lookSeq: 0, useSeq: 0 };
      const tail = await this.#part.tail(client, position, asked, snapshot);
      const late = Map.groupBy(tail, ({ month }) => month);
      const revisions = await revisionsOf(client, asked.period.to);
      const calendar = calendarOf(asked, new Set([...revisions.keys(), ...late.keys()]));
      const known = new Map<string, Month>();
      for (const month of asked.unit === null ? calendar.months : []) {
        const one = this.#known.of(month, revisions.get(month), ground);
        if (one && !late.has(month)) known.set(month, one);
      }
      const unknown = calendar.months.filter((month) => !known.has(month));
      return {
        tail,
        late,
        calendar,
        known,
        ofMonths: await this.#months(client, unknown, asked.unit),
        days: await this.#days(client, calendar.days, asked),
        more: await also({ client, now: calendar.months.filter((month) => calendar.isNow(month)) }),
      };
    });
    const months = new Map(known);
    for (const month of read.calendar.months) {
      if (known.has(month)) continue;
      const own = [...(ofMonths.get(month) ?? []), ...(late.get(month) ?? [])];
      months.set(month, await this.#month(month, own, asked.today, snapshot));
    }
    return { ...read, months };
  }

  #named(snapshot: Snapshot): Tables<Table> {
    const named = this.#cells.order.map((table) => {
      const { name, ordered = false } = this.#part.tables[table];
      return [table, { names: (key: string) => name(key, snapshot), ordered }];
    });
    return Object.fromEntries(named);
  }

  /** Months that are over and not known to this process yet: as they were kept, or worked out, which takes some 0.1 s each. */
  prepare(today: string, snapshot: Snapshot): Promise<void> {
    return (this.#preparing ??= this.#prepare(today, snapshot).finally(() => {
      this.#preparing = null;
    }));
  }

  async #prepare(today: string, snapshot: Snapshot): Promise<void> {
    const ground = await groundOf(snapshot);
    const revisions = await this.#atOneMoment((client) => revisionsOf(client, addDays(today, -1)));
    const over = [...revisions].filter(([month]) => lastOf(month) < today);
    const unknown = () =>
      over.flatMap(([month, revision]) => (this.#known.of(month, revision, ground) ? [] : month));
    await this.#known.read(unknown(), ground);
    for (const month of unknown()) {
      // Each of a moment of its own: of three years at once there were 154,000 rows in memory.
      const { revision, rows } = await this.#atOneMoment(async (client) => ({
        revision: (await revisionsOf(client, lastOf(month))).get(month) as number,
        rows: (await this.#months(client, [month], null)).get(month) ?? [],
      }));
      const { organizations, told } = await this.#month(month, rows, today, snapshot);
      if (told) await this.#known.write(month, { organizations, told }, revision, ground);
    }
  }

  #atOneMoment<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.#pool, async (client) => {
      await client.query(SETTINGS);
      return work(client);
    });
  }

  async #months(
    client: pg.PoolClient,
    months: readonly string[],
    unit: string | null,
  ): Promise<Map<string, Row[]>> {
    if (months.length === 0) return new Map();
    const { month, by } = this.#part.kept;
    const { rows } = await client.query<Row>(
      `select to_char(month, 'YYYY-MM') as month, ${by.join(', ')}, organizations::float8, persons::float8
       from ${month} where month = any($1::date[]) and ($2::text is null or unit = $2) and organizations + persons > 0`,
      [months.map(firstOf), unit],
    );
    return Map.groupBy(rows, (row) => row.month);
  }

  async #days(
    client: pg.PoolClient,
    days: readonly (readonly [from: string, to: string])[],
    asked: Reading,
  ): Promise<Row[]> {
    if (days.length === 0) return [];
    const { day, by, sums } = this.#part.kept;
    // One by one: of days in an array the planner would not know how few they are, and read all.
    const ranges = days.map((_, at) => `day between $${6 + 2 * at}::date and $${7 + 2 * at}::date`);
    const { rows } = await client.query<Row>(
      `select ${dated('day')}, ${by.join(', ')}, ${sums.map((sum) => `sum(${sum})::float8 as ${sum}`).join(', ')}
       from ${day} where (${ranges.join(' or ')}) and ($5::text is null or unit = $5)
       group by 1, 2, 3, ${by.join(', ')}`,
      [...datedValues(asked), asked.unit, ...days.flat()],
    );
    return rows;
  }

  #fact(row: Row, { units }: Snapshot): Fact<Table> {
    const place = row.unit === '' ? null : (units.get(row.unit)?.jurisdiction ?? null);
    return { ...row, place, keys: this.#part.keys(row, place) };
  }

  *#facts(rows: readonly Row[], snapshot: Snapshot): Generator<Fact<Table>> {
    for (const row of rows) yield this.#fact(row, snapshot);
  }

  async #month(month: string, rows: readonly Row[], today: string, snapshot: Snapshot): Promise<Month> {
    const { organizations, atoms } = await countsOf(this.#cells, this.#facts(rows, snapshot));
    return { organizations, told: lastOf(month) < today ? await toldBlock(atoms, this.#cells.size) : null };
  }
}

async function revisionsOf(client: pg.PoolClient, upTo: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ month: string; revision: number }>(
    `select to_char(month, 'YYYY-MM') as month, revision::float8 as revision from journal_month_counted where month <= $1::date`,
    [upTo],
  );
  return new Map(rows.map(({ month, revision }) => [month, revision]));
}
