import { provision } from '../platform/postgres/provision.ts';
import { databases } from '../subgraphs/databases.ts';

/**
 * Makes the databases and roles of all subgraphs on a PostgreSQL of one's own, or brings them into line; safe to repeat.
 * PGHOST, PGPORT and PGPASSWORD are the superuser's; the password of a role is in `<ROLE>_PASSWORD`.
 */
const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const port = Number(process.env['PGPORT'] ?? '5432');
const server = `${variable('PGHOST')}:${port}`;
const password = encodeURIComponent(variable('PGPASSWORD'));

await provision(
  {
    port,
    superuserUrl: (database) => `postgres://postgres:${password}@${server}/${encodeURIComponent(database)}`,
  },
  databases,
  { rolePassword: (role) => variable(`${role.toUpperCase()}_PASSWORD`) },
);
