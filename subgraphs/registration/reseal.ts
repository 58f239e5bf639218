import type pg from 'pg';
import type { Sealer } from '../../platform/crypto/seal.ts';

const PAGE = 1_000;

/**
 * Seals every natural person's code that was sealed by an older key anew with the current one; after it the older keys may go. Page by page
 * in the order of ids, beside running queries; safe to break off and repeat.
 * @returns how many were sealed anew.
 */
export async function resealCodes(pool: pg.Pool, sealer: Sealer): Promise<number> {
  let sealedAnew = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await pool.query<{ id: string; sealedCode: Buffer }>(
      'select id, sealed_code as "sealedCode" from subject where sealed_code is not null and id > $1 order by id limit $2',
      [after, PAGE],
    );
    const old = rows.filter((row) => sealer.keyIdOf(row.sealedCode) !== sealer.currentKeyId);
    await pool.query(
      `update subject t set sealed_code = n.sealed_code from unnest($1::uuid[], $2::bytea[]) as n(id, sealed_code) where t.id = n.id`,
      [old.map((row) => row.id), old.map((row) => sealer.seal(sealer.open(row.sealedCode, row.id), row.id))],
    );
    sealedAnew += old.length;
    if (rows.length < PAGE) return sealedAnew;
    after = rows.at(-1)?.id as string;
  }
}
