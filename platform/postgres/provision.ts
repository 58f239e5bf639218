import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Secrets } from '../data/secrets.ts';
import type { Cluster } from './cluster.ts';

/** A database, and the roles it has beside its migrator and its application. */
export interface DatabaseSpec {
  name: string;
  /** `named`: migrations give it its rights, table by table. */
  roles?: readonly { name: string; grants: 'insert-select' | 'named' }[];
  /** Schemas that belong to the application role itself: of packages that keep tables of their own. */
  ownSchemas?: readonly string[];
}

export interface DatabaseUrls {
  /** As `<name>_migrator`, which owns the database and its tables. */
  migratorUrl: string;
  /** As `<name>_app`, which reads and writes rows and can change nothing else. */
  appUrl: string;
  /** Of the further roles, by name. */
  roleUrls: Record<string, string>;
}

const PROVISION_LOCK = 0x70726f76;
const TABLE_RIGHTS = {
  app: 'select, insert, update, delete',
  'insert-select': 'select, insert',
  named: null,
};

/**
 * Makes the databases and their roles, or brings them into line; safe to repeat and to run at once. A role
 * connects to its own database only. The rights are given on tables that the migrator makes from then on;
 * what a migration takes back stays taken back.
 */
export async function provision(
  cluster: Pick<Cluster, 'port' | 'superuserUrl'>,
  databases: readonly DatabaseSpec[],
  secrets: Pick<Secrets, 'rolePassword'>,
): Promise<Record<string, DatabaseUrls>> {
  await as(cluster.superuserUrl('postgres'), async (server) => {
    await server.query('select pg_advisory_lock($1)', [PROVISION_LOCK]);
    await server.query('revoke connect, temporary on database postgres, template1 from public');
    for (const database of databases) {
      for (const role of rolesOf(database)) await ensureRole(server, role, secrets.rolePassword(role));
      await ensureDatabase(server, database);
    }
    await Promise.all(
      databases.map((database) =>
        as(cluster.superuserUrl(database.name), (inside) => grantTables(inside, database)),
      ),
    );
  });

  const url = (role: string, database: string) =>
    `postgres://${encodeURIComponent(role)}:${encodeURIComponent(secrets.rolePassword(role))}@127.0.0.1:${cluster.port}/${encodeURIComponent(database)}`;
  return Object.fromEntries(
    databases.map(({ name, roles = [] }) => [
      name,
      {
        migratorUrl: url(migratorOf(name), name),
        appUrl: url(appOf(name), name),
        roleUrls: Object.fromEntries(roles.map((role) => [role.name, url(role.name, name)])),
      },
    ]),
  );
}

const migratorOf = (database: string): string => `${database}_migrator`;
const appOf = (database: string): string => `${database}_app`;
const rolesOf = ({ name, roles = [] }: DatabaseSpec): string[] => [
  migratorOf(name),
  appOf(name),
  ...roles.map((role) => role.name),
];

async function ensureRole(server: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await server.query('select from pg_roles where rolname = $1', [role]);
  await server.query(
    `${rowCount ? 'alter' : 'create'} role ${escapeIdentifier(role)}
     login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${escapeLiteral(password)}`,
  );
}

async function ensureDatabase(server: Client, database: DatabaseSpec): Promise<void> {
  const name = escapeIdentifier(database.name);
  const migrator = escapeIdentifier(migratorOf(database.name));
  const { rowCount } = await server.query('select from pg_database where datname = $1', [database.name]);
  if (!rowCount) await server.query(`create database ${name} owner ${migrator}`);
  const others = rolesOf(database).map(escapeIdentifier).join(', ');
  await server.query(`
    revoke all on database ${name} from public;
    grant connect, temporary on database ${name} to ${others};
    comment on database ${name} is ${escapeLiteral(commentOn(database.name))}`);
}

const commentOn = (name: string): string =>
  `${name} 数据库：表归 ${migratorOf(name)} 所有，应用以 ${appOf(name)} 读写 / tables belong to ${migratorOf(name)}, the application reads and writes as ${appOf(name)}`;

async function grantTables(
  inside: Client,
  { name, roles = [], ownSchemas = [] }: DatabaseSpec,
): Promise<void> {
  const readers = [
    { role: appOf(name), rights: TABLE_RIGHTS.app },
    ...roles.map((role) => ({ role: role.name, rights: TABLE_RIGHTS[role.grants] })),
  ];
  const byMigrator = `alter default privileges for role ${escapeIdentifier(migratorOf(name))} in schema public`;
  const grants = readers.map(({ role, rights }) => {
    const reader = escapeIdentifier(role);
    const usage = `grant usage on schema public to ${reader};`;
    if (rights === null) return usage;
    return `${usage}
      ${byMigrator} grant ${rights} on tables to ${reader};
      ${byMigrator} grant usage, select on sequences to ${reader};`;
  });
  await inside.query(
    `create extension if not exists pg_trgm; revoke all on schema public from public; ${grants.join('\n')}`,
  );
  for (const schema of ownSchemas)
    await inside.query(
      `create schema if not exists ${escapeIdentifier(schema)} authorization ${escapeIdentifier(appOf(name))}`,
    );
}

async function as<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
