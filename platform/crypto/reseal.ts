import type pg from 'pg';
import type { Sealer } from './seal.ts';

/** A table with a sealed column: `key` are its key columns, `context` makes of them what the value was sealed with. */
export interface SealedColumn {
  table: string;
  key: readonly string[];
  column: string;
  context: (key: readonly string[]) => string;
  /** Values that are in memory at a time; fewer where they are large. */
  page?: number;
}

const PAGE = 1_000;

/**
 * Seals every value that was sealed by an older key anew with the current one; after it the older keys may go. Page by page in the order of
 * keys, beside running queries; safe to break off and repeat.
 * @returns how many were sealed anew.
 */
export async function reseal(
  pool: pg.Pool,
  sealer: Sealer,
  { table, key, column, context, page = PAGE }: SealedColumn,
): Promise<number> {
  const keys = key.join(', ');
  const texts = key.map((k) => `${k}::text`).join(', ');
  const parameters = key.map((_, i) => `$${i + 2}`).join(', ');
  let after: readonly string[] | null = null;
  let sealedAnew = 0;
  for (;;) {
    const result: pg.QueryResult<{ key: string[]; sealed: Buffer }> = await pool.query(
      `select array[${texts}] as key, ${column} as sealed from ${table}
       where ${column} is not null ${after ? `and (${keys}) > (${parameters})` : ''} order by ${keys} limit $1`,
      [page, ...(after ?? [])],
    );
    for (const row of result.rows) {
      if (sealer.keyIdOf(row.sealed) === sealer.currentKeyId) continue;
      const fresh = sealer.seal(sealer.openBytes(row.sealed, context(row.key)), context(row.key));
      await pool.query(`update ${table} set ${column} = $1 where (${keys}) = (${parameters})`, [
        fresh,
        ...row.key,
      ]);
      sealedAnew++;
    }
    if (result.rows.length < page) return sealedAnew;
    after = result.rows.at(-1)?.key ?? null;
  }
}
