import { defineEntity, p } from '@mikro-orm/core';
import type pg from 'pg';
import type { RecordKind } from '../../records/kind.ts';
import type { RecordKey } from '../../records/orders/facts.ts';
import type { RecordFacts } from '../../records/orders/order.ts';

/** Kept beside the entries: while one carries a mark of its person's own, the original's must be known to come back after it. */
export const OriginalMark = defineEntity({
  name: 'OriginalMark',
  tableName: 'original_mark',
  comment:
    '原记录的异议标注: marks of organizations’ records that entries of responsible persons follow [NT-29, SR-28]',
  properties: {
    originalType: p.text().primary().comment('原记录类型: GraphQL type of the organization’s record'),
    originalRecord: p.uuid().primary().comment('原记录: id of the organization’s record'),
    dispute: p.json<object>().comment('异议标注: since, by, stage, note'),
  },
});

/** In a mark that came from the original: an entry's own, of a person who disputes it, is not taken off with that of the original. */
const FOLLOWED = 'followed';

/** Keeps the original's mark as it stands; the entries' rows are held. */
async function keepMark(
  client: pg.PoolClient,
  { recordType, id, dispute, archived, revoked }: RecordFacts,
): Promise<void> {
  const key = [recordType, id];
  if (dispute === null || archived || revoked) {
    await client.query('delete from original_mark where original_type = $1 and original_record = $2', key);
    return;
  }
  await client.query(
    `insert into original_mark (original_type, original_record, dispute) values ($1, $2, $3)
     on conflict (original_type, original_record) do update set dispute = excluded.dispute`,
    [...key, JSON.stringify({ ...dispute, [FOLLOWED]: true })],
  );
}

/** Marks that entries of a kind take over from their originals. */
export const originalMarks = (kind: RecordKind) => {
  const ofOriginal = `(select m.dispute from original_mark m
    where m.original_type = r.original_type and m.original_record = r.original_record)`;
  return {
    keep: keepMark,
    /** Entries carry their original's mark, but for those with one of their own. @returns those that changed. */
    async follow(client: pg.PoolClient, { recordType, id }: RecordFacts): Promise<RecordKey[]> {
      const { rows } = await client.query<RecordKey>(
        `update ${kind.table} r set dispute = ${ofOriginal}
         where original_type = $1 and original_record = $2 and revoked_at is null and archived_at is null
           and (dispute is null or dispute ? '${FOLLOWED}') and dispute is distinct from ${ofOriginal}
         returning subject_id as "subjectId", id`,
        [recordType, id],
      );
      return rows;
    },
    /** An entry whose own mark has gone carries its original's again. @returns whether there is one. */
    async restore(client: pg.PoolClient, recordType: string, { subjectId, id }: RecordKey): Promise<boolean> {
      if (recordType !== kind.type) return false;
      const { rowCount } = await client.query(
        `update ${kind.table} r set dispute = ${ofOriginal}
         where subject_id = $1 and id = $2 and revoked_at is null and archived_at is null and ${ofOriginal} is not null`,
        [subjectId, id],
      );
      return rowCount !== 0;
    },
  };
};
