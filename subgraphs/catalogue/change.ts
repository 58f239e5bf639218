import type pg from 'pg';

/** Where a change is announced to every process of the catalogue, with the new revision. */
export const CHANGE_CHANNEL = 'catalogue';

/**
 * Every write to the catalogue. Writers take turns at the revision's row, so a higher revision is always a later content, and listeners hear
 * of it at the commit. Work that changed nothing leaves no revision behind.
 */
export async function inChange<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<{ changed: boolean; value: T }>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ revision: string }>(
      'update catalogue_revision set revision = revision + 1 returning revision::text as revision',
    );
    const { changed, value } = await work(client);
    if (changed) await client.query('select pg_notify($1, $2)', [CHANGE_CHANNEL, rows[0]?.revision]);
    await client.query(changed ? 'commit' : 'rollback');
    return value;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
