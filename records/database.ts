import { type EntitySchema, type MigrationObject, MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import type pg from 'pg';

/** How a subgraph reaches its own database: as the application role, which cannot alter tables. */
export interface DatabaseOptions {
  url: string;
  entities: EntitySchema[];
  /** Connections held at most. */
  pool?: number;
}

/**
 * A subgraph's database. Writes go through the ORM; hot reads are prepared statements on the ORM's own pool, which measured level with
 * the bare driver (docs/performance.md).
 */
export interface Database {
  orm: MikroORM;
  pool: pg.Pool;
  close(): Promise<void>;
}

const MIGRATIONS_TABLE = 'schema_migration';

const ormOptions = (url: string, entities: EntitySchema[], pool: number) => ({
  clientUrl: url,
  entities,
  pool: { min: 0, max: pool },
  // Times leave as UTC whatever the server's zone; a statement that outlives its caller's patience is ended by the server. Hot reads take
  // arrays of keys: for arrays of one PostgreSQL would make a plan of its own each time, at the price of the read itself.
  driverOptions: {
    options: '-c timezone=UTC -c statement_timeout=30000 -c plan_cache_mode=force_generic_plan',
    connectionTimeoutMillis: 5000,
  },
  discovery: { warnWhenNoEntities: false },
  schemaGenerator: { skipTables: [MIGRATIONS_TABLE] },
  logger: () => {},
});

export async function openDatabase({ url, entities, pool = 8 }: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(url, entities, pool));
  const connection = orm.em.getConnection();
  await connection.connect();
  return { orm, pool: await connection.getNativeClient(), close: () => orm.close(true) };
}

/** Brings the tables to their newest form, as the migrator role. Safe to repeat. */
export async function migrate(
  url: string,
  entities: EntitySchema[],
  migrations: MigrationObject[],
): Promise<string[]> {
  const orm = await MikroORM.init({
    ...ormOptions(url, entities, 2),
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

/** What the entities have and the tables lack; empty when migrations and entities agree. */
export async function schemaDrift(url: string, entities: EntitySchema[]): Promise<string> {
  const orm = await MikroORM.init(ormOptions(url, entities, 2));
  try {
    return await orm.schema.getUpdateSchemaSQL({ wrap: false });
  } finally {
    await orm.close(true);
  }
}
