import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { RecordKind } from '../../../records/kind.ts';
import type { SubgraphName } from '../../../schema/sdl.ts';
import { type BenchGround, superuserUrl } from '../../harness/ground.ts';
import type { Catalogue } from '../../stock/catalogue.ts';

const NAME = 'raw';

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes a table like another in another database, and fills it with what a query of the first gives. */
async function copyTable(source: pg.Client, target: pg.Client, table: string, rows: string): Promise<void> {
  const { rows: columns } = await source.query<{ definition: string }>(
    `select format('%I %s', attname, format_type(atttypid, atttypmod)) as definition from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  await target.query(`create table ${table} (${columns.map((c) => c.definition).join(', ')})`);
  await pipeline(
    source.query(to(`copy (${rows}) to stdout (format binary)`)),
    target.query(from(`copy ${table} from stdin (format binary)`)),
  );
}

/** Records inside the matter's scope and in term. */
const shown = (table: string, { scope, today }: Catalogue): string =>
  `select r.* from ${table} r join scope_item s on s.item_id = r.item_id and s.scope = ${scope}
   where r.archived_at is null and r.revoked_at is null and (r.visible_until is null or r.visible_until >= '${today}')`;

/** Puts item and provider into the records: two joins a record would double what the statement takes. */
const withNames = (table: string): string => `
  alter table ${table} rename to copied;
  create table ${table} as
    select r.*, item.code as item_code, item.name as item_name, item.class as item_class, item.tier as item_tier,
      unit.code as provider_code, unit.name as provider_name
    from copied r join item on item.id = r.item_id join unit on unit.code = r.provider;
  drop table copied;
  create index on ${table} (subject_id, effective_on, id)`;

export interface RawDatabaseOptions {
  bench: BenchGround;
  catalogue: Catalogue;
  agencies: readonly { name: SubgraphName; kinds: readonly RecordKind[] }[];
}

/**
 * One database with all that the question shows, and nothing that it does not, so that one statement finds an answer without deciding
 * anything. @returns its URL
 */
export async function makeRawDatabase({ bench, catalogue, agencies }: RawDatabaseOptions): Promise<string> {
  const { ground } = bench;
  const url = superuserUrl(ground, NAME);
  await as(superuserUrl(ground, 'postgres'), (server) => server.query(`create database ${NAME}`));
  await as(url, async (target) => {
    await target.query(`
      create table item (id int primary key, code text, name text, class text, tier text);
      create table unit (code text primary key, name text)`);
    const items = Object.entries(catalogue.items).map(([id, item]) => ({ id, ...item }));
    const load = 'select * from jsonb_populate_recordset';
    await target.query(`insert into item ${load}(null::item, $1)`, [JSON.stringify(items)]);
    const units = JSON.stringify(Object.values(catalogue.units));
    await target.query(`insert into unit ${load}(null::unit, $1)`, [units]);
    for (const { name, kinds } of agencies) {
      await as(superuserUrl(ground, name), async (source) => {
        if (name === 'registration') {
          await copyTable(source, target, 'subject', `select * from subject where kind <> 'NATURAL_PERSON'`);
          await target.query('create unique index on subject (code)');
        }
        for (const { table } of kinds) {
          await copyTable(source, target, table, shown(table, catalogue));
          await target.query(withNames(table));
        }
      });
    }
    await target.query('vacuum analyze');
  });
  return url;
}
