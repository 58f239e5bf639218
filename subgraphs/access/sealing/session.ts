import pg from 'pg';
import { pgTypes } from '../../../platform/postgres/pool.ts';

/**
 * Times as UTC, whatever the server's zone: leaves are made of them. Keepalives, so that the lock of a sealer whose machine is gone is free
 * after half a minute.
 *
 * The journal is read along its keys, a page at a time. Plans that gather rows before they put them in order read the whole of a backlog for
 * every page (measured with 50,000: 200 µs an entry, not 9), so there are none here; and the size of a page must be known to the planner.
 */
const OPTIONS =
  '-c enable_bitmapscan=off -c enable_seqscan=off -c plan_cache_mode=force_custom_plan -c timezone=UTC -c synchronous_commit=on -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** One connection to the journal's database. */
export async function journalSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    types: pgTypes,
    options: OPTIONS,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // What was under way fails by itself; a session that the server ends must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Work on the journal as it stands at one moment, however long the work takes and whatever is added meanwhile. */
export async function onSnapshot<T>(url: string, work: (session: pg.Client) => Promise<T>): Promise<T> {
  const session = await journalSession(url);
  try {
    await session.query('begin transaction isolation level repeatable read read only');
    return await work(session);
  } finally {
    await session.end();
  }
}
