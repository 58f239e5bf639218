import type pg from 'pg';

/**
 * Holds all that is under way about a record until the transaction ends. The outbox keeps the order of writing: two transactions that give
 * orders about one record must not come between each other, also where one of them has no row to lock yet.
 */
export async function holdRecord(client: Pick<pg.PoolClient, 'query'>, recordId: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [recordId]);
}
