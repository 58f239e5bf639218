import type pg from 'pg';
import { dayArgument } from '../../records/arguments.ts';
import type { Cursors } from '../../records/cursor.ts';
import { pageSize } from '../../records/resolvers.ts';
import { type Coded, type Connection, ListCursors, type PageArgs, connection } from './connection.ts';
import {
  BEHAVIOUR_COLUMNS,
  type BehaviourRow,
  CREDIT_LIST_COLUMNS,
  type CreditListRow,
  ITEM_COLUMNS,
  type ItemRow,
  MATTER_COLUMNS,
  type MatterRow,
  UNIT_COLUMNS,
  type UnitRow,
  inForce,
} from './rows.ts';
import { searchConditions } from './search.ts';

export const USUAL_PAGE = 50;

type Nullable<T> = { [K in keyof T]?: T[K] | null };

export type ItemFilter = Nullable<{
  jurisdiction: string;
  class: string;
  tier: string;
  provider: string;
  search: string;
  asOf: string;
}>;
export type MatterFilter = Nullable<{ unit: string; kind: string; search: string }>;
export type BehaviourFilter = Nullable<{ unit: string; effect: string; search: string }>;
export type CreditListFilter = Nullable<{ jurisdiction: string; kind: string; asOf: string }>;
export type UnitFilter = Nullable<{ kind: string; search: string }>;

/** Turns a value into a parameter of the statement and gives its placeholder. */
type Parameter = (value: unknown) => string;

/** PostgreSQL's text knows no NUL, so nothing stored can match one. */
const storable = (text: string): string => text.replaceAll('\u0000', '\ufffd');

const equal = (parameter: Parameter, values: Record<string, string | null | undefined>): string[] =>
  Object.entries(values).flatMap(([column, value]) =>
    value == null ? [] : [`v.${column} = ${parameter(storable(value))}`],
  );

const found = (parameter: Parameter, text: string | null | undefined): string[] =>
  text == null ? [] : searchConditions(storable(text), parameter);

/** The lists of the catalogue, in the order of codes, paged by key and not by offset: what is published meanwhile shifts nothing. */
export class Lists {
  readonly #pool: pg.Pool;
  readonly #cursors: Cursors;

  constructor(pool: pg.Pool, cursors: Cursors) {
    this.#pool = pool;
    this.#cursors = cursors;
  }

  items(filter: ItemFilter, page: PageArgs, today: string): Promise<Connection<ItemRow>> {
    const { jurisdiction, class: recordClass, tier, provider, search, asOf } = filter;
    const first = asOf == null ? today : dayArgument('asOf', asOf);
    return this.#list<ItemRow>(
      'items',
      filter,
      page,
      first,
      'item_version',
      ITEM_COLUMNS,
      (parameter, day) => [
        inForce(parameter(day)),
        ...equal(parameter, { jurisdiction, class: recordClass, tier, provider }),
        ...found(parameter, search),
      ],
    );
  }

  async creditLists(
    filter: CreditListFilter,
    page: PageArgs,
    today: string,
  ): Promise<Connection<CreditListRow>> {
    const { jurisdiction, kind, asOf } = filter;
    let readOn = asOf == null ? today : dayArgument('asOf', asOf);
    const list = await this.#list<CreditListRow>(
      'creditLists',
      filter,
      page,
      readOn,
      'credit_list_version',
      CREDIT_LIST_COLUMNS,
      (parameter, day) => {
        readOn = day;
        return [inForce(parameter(day)), ...equal(parameter, { jurisdiction, kind })];
      },
    );
    for (const row of list.nodes) row.day = readOn;
    return list;
  }

  async matters(filter: MatterFilter, page: PageArgs, today: string): Promise<Connection<MatterRow>> {
    const { unit, kind, search } = filter;
    let readOn = today;
    const list = await this.#list<MatterRow>(
      'matters',
      filter,
      page,
      today,
      'matter_version',
      MATTER_COLUMNS,
      (parameter, day) => {
        readOn = day;
        return [inForce(parameter(day)), ...equal(parameter, { unit, kind }), ...found(parameter, search)];
      },
    );
    for (const row of list.nodes) row.day = readOn;
    return list;
  }

  behaviours(filter: BehaviourFilter, page: PageArgs, today: string): Promise<Connection<BehaviourRow>> {
    const { unit, effect, search } = filter;
    return this.#list<BehaviourRow>(
      'behaviours',
      filter,
      page,
      today,
      'behaviour',
      BEHAVIOUR_COLUMNS,
      (parameter, day) => [
        inForce(parameter(day)),
        ...equal(parameter, { unit, effect }),
        ...found(parameter, search),
      ],
    );
  }

  units(filter: UnitFilter, page: PageArgs, today: string): Promise<Connection<UnitRow>> {
    const { kind, search } = filter;
    return this.#list<UnitRow>('units', filter, page, today, 'unit', UNIT_COLUMNS, (parameter) => [
      ...equal(parameter, { kind }),
      ...found(parameter, search),
    ]);
  }

  async #list<Row extends Coded>(
    name: string,
    filter: Record<string, unknown>,
    page: PageArgs,
    begunOn: string,
    table: string,
    columns: string,
    conditions: (parameter: Parameter, day: string) => string[],
  ): Promise<Connection<Row>> {
    const first = pageSize(page.first, USUAL_PAGE);
    const cursors = new ListCursors(this.#cursors, name, filter);
    const position = page.after == null ? null : cursors.read(page.after);
    const day = position?.day ?? begunOn;
    const statement = () => {
      const values: unknown[] = [];
      const parameter: Parameter = (value) => `$${values.push(value)}`;
      return { values, parameter, where: conditions(parameter, day) };
    };
    const { values, parameter, where } = statement();
    if (position) where.push(`v.code > ${parameter(position.code)}`);
    const { rows } = await this.#pool.query<Row & pg.QueryResultRow>(
      `select ${columns} from ${table} v ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
       order by v.code limit ${parameter(first + 1)}`,
      values,
    );
    const count = async () => {
      const all = statement();
      const counted = await this.#pool.query<{ count: number }>(
        `select count(*)::int as count from ${table} v ${all.where.length > 0 ? `where ${all.where.join(' and ')}` : ''}`,
        all.values,
      );
      return counted.rows[0]?.count ?? 0;
    };
    return connection<Row>(rows, { first, day, begun: position !== null, cursors, count });
  }
}
