import type pg from 'pg';
import type { RecordSink } from './delivery.ts';
import type { RecordKind } from './kind.ts';
import { inTransaction } from '../platform/postgres/transaction.ts';
import type { RecordKey } from './orders/facts.ts';
import type { Followers } from './orders/followers.ts';

/** The agency's side of lists that exclude one another: who stands on a list today, and taking entries back. */
export function listingDoors(
  pool: pg.Pool,
  kinds: readonly RecordKind[],
  today: () => string,
  followers: Followers,
): Pick<RecordSink, 'listed' | 'withdraw'> {
  const kindOf = (recordType: string): RecordKind => {
    const kind = kinds.find(({ type }) => type === recordType);
    if (!kind) throw new Error(`no records of type ${recordType} are kept here`);
    return kind;
  };
  return {
    async listed(recordType, subjectIds, jurisdictions) {
      const { rows } = await pool.query<{ id: string }>(
        `select distinct r.subject_id as id from ${kindOf(recordType).table} r
         where r.subject_id = any($1::uuid[]) and r.jurisdiction = any($2::text[])
           and r.archived_at is null and r.revoked_at is null and (r.ended_on is null or r.ended_on > $3::date)
           and (r.visible_until is null or r.visible_until >= $3::date)`,
        [subjectIds, jurisdictions, today()],
      );
      return rows.map(({ id }) => id);
    },
    withdraw: (recordType, subjectIds, jurisdictions) =>
      inTransaction(pool, async (client) => {
        const kind = kindOf(recordType);
        const { rows } = await client.query<RecordKey>(
          `update ${kind.table} set archived_at = now()
           where subject_id = any($1::uuid[]) and jurisdiction = any($2::text[]) and archived_at is null and revoked_at is null
           returning subject_id as "subjectId", id`,
          [subjectIds, jurisdictions],
        );
        await followers.tell(client, kind, rows, 'BLACKLISTED');
        return rows.length;
      }),
  };
}
