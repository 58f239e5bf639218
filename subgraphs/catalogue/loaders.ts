import DataLoader from 'dataloader';
import type pg from 'pg';
import {
  BEHAVIOUR_COLUMNS,
  type BehaviourRow,
  ITEM_COLUMNS,
  type ItemRow,
  MATTER_COLUMNS,
  type MatterRow,
  UNIT_COLUMNS,
  type UnitRow,
  inForce,
} from './rows.ts';

/** An item or a matter, as it holds on a day. */
export interface DatedKey {
  code: string;
  day: string;
}

/** A matter's version, and the day as of which its items are read. */
export interface ScopeKey {
  matter: number;
  version: number;
  day: string;
}

export interface ScopePageKey extends ScopeKey {
  after: string | null;
  /** Rows at most. */
  limit: number;
}

/** What rows refer to, read for all rows of a tick in one statement each. Nothing is kept. */
export interface Loaders {
  unit: DataLoader<string, UnitRow | null>;
  behaviour: DataLoader<string, BehaviourRow | null>;
  item: DataLoader<DatedKey, ItemRow | null>;
  matter: DataLoader<DatedKey, MatterRow | null>;
  scopePage: DataLoader<ScopePageKey, ItemRow[]>;
  scopeSize: DataLoader<ScopeKey, number>;
}

const options = {
  cache: false,
  maxBatchSize: 1000,
  batchScheduleFn: (callback: () => void) => void setImmediate(callback),
};

const held = (table: string, columns: string): string => `
select k.ord::int as ord, ${columns}
from unnest($1::text[], $2::date[]) with ordinality as k(code, day, ord)
join ${table} v on v.code = k.code and ${inForce('k.day')}`;

const SCOPE_PAGES = `
select k.ord::int as ord, v.*
from unnest($1::int[], $2::int[], $3::date[], $4::text[], $5::int[]) with ordinality as k(matter_id, version, day, after, size, ord)
cross join lateral (
  select ${ITEM_COLUMNS}
  from matter_scope s join item_version v on v.item_id = s.item_id
  where s.matter_id = k.matter_id and s.version = k.version and ${inForce('k.day')} and (k.after is null or v.code > k.after)
  order by v.code
  limit k.size
) v
order by k.ord, v.code`;

const SCOPE_SIZES = `
select k.ord::int as ord, (
  select count(*)::int
  from matter_scope s join item_version v on v.item_id = s.item_id
  where s.matter_id = k.matter_id and s.version = k.version and ${inForce('k.day')}
) as size
from unnest($1::int[], $2::int[], $3::date[]) with ordinality as k(matter_id, version, day, ord)`;

export function catalogueLoaders(pool: pg.Pool): Loaders {
  const byCode = <Row extends { code: string }>(table: string, columns: string) =>
    new DataLoader<string, Row | null>(async (codes) => {
      const { rows } = await pool.query<Row & pg.QueryResultRow>({
        name: `${table}_by_code`,
        text: `select ${columns} from ${table} v where v.code = any($1::text[])`,
        values: [codes],
      });
      const known = new Map(rows.map((row) => [row.code, row]));
      return codes.map((code) => known.get(code) ?? null);
    }, options);

  const byDay = <Row extends object>(table: string, columns: string) =>
    new DataLoader<DatedKey, Row | null>(async (keys) => {
      const { rows } = await pool.query<Row & { ord: number }>({
        name: `${table}_by_day`,
        text: held(table, columns),
        values: [keys.map((k) => k.code), keys.map((k) => k.day)],
      });
      const known = new Map(rows.map((row) => [row.ord, row]));
      return keys.map((_, i) => known.get(i + 1) ?? null);
    }, options);

  return {
    unit: byCode<UnitRow>('unit', UNIT_COLUMNS),
    behaviour: byCode<BehaviourRow>('behaviour', BEHAVIOUR_COLUMNS),
    item: byDay<ItemRow>('item_version', ITEM_COLUMNS),
    matter: byDay<MatterRow>('matter_version', `${MATTER_COLUMNS}, k.day::text as day`),
    scopePage: new DataLoader<ScopePageKey, ItemRow[]>(async (keys) => {
      const { rows } = await pool.query<ItemRow & { ord: number }>({
        name: 'scope_pages',
        text: SCOPE_PAGES,
        values: [
          keys.map((k) => k.matter),
          keys.map((k) => k.version),
          keys.map((k) => k.day),
          keys.map((k) => k.after),
          keys.map((k) => k.limit),
        ],
      });
      const pages: ItemRow[][] = keys.map(() => []);
      for (const row of rows) pages[row.ord - 1]?.push(row);
      return pages;
    }, options),
    scopeSize: new DataLoader<ScopeKey, number>(async (keys) => {
      const { rows } = await pool.query<{ ord: number; size: number }>({
        name: 'scope_sizes',
        text: SCOPE_SIZES,
        values: [keys.map((k) => k.matter), keys.map((k) => k.version), keys.map((k) => k.day)],
      });
      const sizes = new Map(rows.map((row) => [row.ord, row.size]));
      return keys.map((_, i) => sizes.get(i + 1) ?? 0);
    }, options),
  };
}
