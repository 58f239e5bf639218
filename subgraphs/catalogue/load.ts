import type pg from 'pg';
import { copyLines, copyValue, pieces } from '../../records/sink.ts';
import { inChange } from './change.ts';
import type { CatalogueData } from './data.ts';
import { searchGrams, searchKey } from './search.ts';

type Value = string | number | boolean | null;
type Rows = Iterable<Record<string, Value>>;

/** What a load added. */
export interface LoadResult {
  units: number;
  items: number;
  matters: number;
  behaviours: number;
}

const GRAM_SEPARATOR = '\u001f';

const searchable = (row: { name: string; code: string }) => ({
  search_key: searchKey(row.name, row.code),
  search_grams: searchGrams(row.name, row.code).join(GRAM_SEPARATOR),
});

/** COPY into a table of texts that the transaction drops; columns are those named. */
async function stage(
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  rows: Rows,
): Promise<void> {
  const list = ['line', ...columns];
  await client.query(
    `create temp table ${table} (${list.map((c) => `${c} text`).join(', ')}) on commit drop`,
  );
  function* lines(): Generator<string> {
    let line = 0;
    for (const row of rows) yield [++line, ...columns.map((c) => row[c])].map(copyValue).join('\t');
  }
  await copyLines(client, table, list, pieces(lines()));
}

const ITEM = [
  'code',
  'name',
  'class',
  'tier',
  'jurisdiction',
  'provider',
  'data_standard',
  'record_type',
  'about_persons',
  'negative',
  'grade',
  'validity_period',
  'update_cycle',
  'use_scope',
  'valid_from',
  'search_key',
  'search_grams',
] as const;

const MATTER = [
  'code',
  'name',
  'unit',
  'kind',
  'about_persons',
  'reach',
  'basis',
  'rule',
  'valid_from',
  'search_key',
  'search_grams',
] as const;

const BEHAVIOUR = [
  'code',
  'name',
  'unit',
  'effect',
  'grade',
  'national',
  'basis',
  'valid_from',
  'search_key',
  'search_grams',
] as const;

const UNIT = ['code', 'name', 'kind', 'jurisdiction', 'search_key', 'search_grams'] as const;

const CASTS: Record<string, string> = {
  about_persons: 'n.about_persons::boolean',
  negative: 'n.negative::boolean',
  national: 'n.national::boolean',
  valid_from: 'n.valid_from::date',
  rule: 'n.rule::jsonb',
  search_grams: `string_to_array(n.search_grams, E'\\u001f')`,
};

const from = (columns: readonly string[]): string => columns.map((c) => CASTS[c] ?? `n.${c}`).join(', ');

/**
 * Adds what the catalogue does not have yet, each as its first version. What it has stays: a version that was published since is not
 * undone by loading the files again.
 * @throws Error where a matter names an item that neither the data nor the catalogue has.
 */
export async function loadCatalogue(pool: pg.Pool, data: CatalogueData): Promise<LoadResult> {
  return inChange(pool, async (client) => {
    await stage(
      client,
      'new_unit',
      UNIT,
      data.units.map((u) => ({ ...u, ...searchable(u) })),
    );
    await stage(
      client,
      'new_item',
      ITEM,
      data.items.map((i) => ({
        ...i,
        data_standard: i.dataStandard,
        record_type: i.recordType,
        about_persons: i.aboutPersons,
        validity_period: i.validityPeriod,
        update_cycle: i.updateCycle,
        use_scope: i.useScope,
        valid_from: i.validFrom,
        ...searchable(i),
      })),
    );
    await stage(
      client,
      'new_matter',
      MATTER,
      data.matters.map(({ items: _items, rule, reach, ...m }) => ({
        ...m,
        reach: reach ?? 'DISTRICT',
        rule: rule ? JSON.stringify(rule) : null,
        about_persons: m.aboutPersons,
        valid_from: m.validFrom,
        ...searchable(m),
      })),
    );
    await stage(
      client,
      'new_scope',
      ['matter', 'item'],
      data.matters.flatMap((m) => m.items.map((item) => ({ matter: m.code, item }))),
    );
    await stage(
      client,
      'new_behaviour',
      BEHAVIOUR,
      data.behaviours.map((b) => ({ ...b, valid_from: b.validFrom, ...searchable(b) })),
    );
    const value = await insertStaged(client);
    return { changed: Object.values(value).some((n) => n > 0), value };
  });
}

async function insertStaged(client: pg.PoolClient): Promise<LoadResult> {
  const run = async (sql: string): Promise<number> => (await client.query(sql)).rowCount ?? 0;
  const units = await run(
    `insert into unit (${UNIT.join(', ')}) select ${from(UNIT)} from new_unit n on conflict (code) do nothing`,
  );
  await run(
    'insert into item (code) select code from new_item n where not exists (select from item i where i.code = n.code) order by line::int',
  );
  const items = await run(
    `insert into item_version (item_id, version, ${ITEM.join(', ')})
     select i.id, 1, ${from(ITEM)} from new_item n join item i on i.code = n.code
     where not exists (select from item_version v where v.item_id = i.id)`,
  );
  await refuseUnknownItems(client);
  await run(
    'insert into matter (code) select code from new_matter n where not exists (select from matter m where m.code = n.code) order by line::int',
  );
  const { rows } = await client.query<{ matters: number }>(
    `with added as (
       insert into matter_version (matter_id, version, ${MATTER.join(', ')})
       select m.id, 1, ${from(MATTER)} from new_matter n join matter m on m.code = n.code
       where not exists (select from matter_version v where v.matter_id = m.id)
       returning matter_id, code
     ), scope as (
       insert into matter_scope (matter_id, version, item_id)
       select distinct a.matter_id, 1, i.id from added a join new_scope n on n.matter = a.code join item i on i.code = n.item
     )
     select count(*)::int as matters from added`,
  );
  const behaviours = await run(
    `insert into behaviour (${BEHAVIOUR.join(', ')}) select ${from(BEHAVIOUR)} from new_behaviour n on conflict (code) do nothing`,
  );
  return { units, items, matters: rows[0]?.matters ?? 0, behaviours };
}

async function refuseUnknownItems(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ matter: string; item: string }>(
    'select matter, item from new_scope n where not exists (select from item i where i.code = n.item) limit 5',
  );
  if (rows.length > 0) {
    throw new Error(`matters name unknown items: ${rows.map((r) => `${r.matter} → ${r.item}`).join(', ')}`);
  }
}
