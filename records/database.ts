import { type EntitySchema, type MigrationObject, MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import pg from 'pg';

/** How a subgraph reaches its own database: as the application role, which cannot alter tables. */
export interface DatabaseOptions {
  url: string;
  /** Connections held at most. */
  pool?: number;
}

/** A subgraph's database: statements on the bare driver. The ORM has the tables and their migrations (docs/performance.md). */
export interface Database {
  pool: pg.Pool;
  close(): Promise<void>;
}

const MIGRATIONS_TABLE = 'schema_migration';

// Times leave as UTC whatever the server's zone; a statement that outlives its caller's patience is ended by the server. Hot reads take
// arrays of keys: for arrays of one PostgreSQL would make a plan of its own each time, at the price of the read itself. Pages are cached, or on disks
// without moving parts: lists are read along their index, in order, not gathered by bitmap and sorted, which takes a quarter longer.
const SESSION = {
  options:
    '-c timezone=UTC -c statement_timeout=30000 -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1',
  connectionTimeoutMillis: 5000,
};

const TEXT_ARRAY: number = 1009;
/** date, timestamp, timestamptz, interval. */
const TIMES = [1082, 1114, 1184, 1186];
const ARRAYS_OF_TIMES = [1182, 1115, 1185, 1187];

/** Times arrive as PostgreSQL writes them, never as a Date of this process's zone. */
const timesAsText = new pg.TypeOverrides();
for (const oid of TIMES) timesAsText.setTypeParser(oid, (text) => text);
for (const oid of ARRAYS_OF_TIMES) timesAsText.setTypeParser(oid, pg.types.getTypeParser(TEXT_ARRAY));

export async function openDatabase({ url, pool: max = 8 }: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({ ...SESSION, connectionString: url, max, types: timesAsText });
  // The server may end a session, one in use as well: the statement under way tells whoever waits for it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { pool, close: () => pool.end() };
}

const ormOptions = (url: string, entities: EntitySchema[]) => ({
  clientUrl: url,
  entities,
  pool: { min: 0, max: 2 },
  driverOptions: SESSION,
  discovery: { warnWhenNoEntities: false },
  // Functions are no entities' but the migrations' that made them.
  schemaGenerator: { skipTables: [MIGRATIONS_TABLE], ignoreRoutines: true },
  logger: () => {},
});

/** Brings the tables to their newest form, as the migrator role. Safe to repeat. @returns names of the migrations that were missing. */
export async function migrate(
  url: string,
  entities: EntitySchema[],
  migrations: MigrationObject[],
): Promise<string[]> {
  // Every start and every command comes here, and hardly ever is one missing: to find that out needs no ORM.
  const applied = await appliedMigrations(url);
  if (migrations.every(({ name }) => applied.has(name))) return [];
  const orm = await MikroORM.init({
    ...ormOptions(url, entities),
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      snapshot: false,
      transactional: true,
      tableName: MIGRATIONS_TABLE,
    },
  });
  try {
    return (await orm.migrator.up()).map((m) => m.name);
  } finally {
    await orm.close(true);
  }
}

const UNDEFINED_TABLE = '42P01';

/** Names of the migrations that a database has had. */
async function appliedMigrations(url: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Set();
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the entities have and the tables lack; empty when migrations and entities agree. */
export async function schemaDrift(url: string, entities: EntitySchema[]): Promise<string> {
  const orm = await MikroORM.init(ormOptions(url, entities));
  try {
    return await orm.schema.getUpdateSchemaSQL({ wrap: false });
  } finally {
    await orm.close(true);
  }
}
