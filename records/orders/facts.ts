import type pg from 'pg';
import type { RecordKind } from '../kind.ts';
import type { RecordFacts } from './order.ts';

export interface RecordKey {
  subjectId: string;
  id: string;
}

const factsSql = (kind: RecordKind): string => `
select '${kind.type}' as "recordType", r.subject_id as "subjectId", r.id, r.item_id as "itemId", r.jurisdiction, r.provider, r.grade,
  r.determined_on::text as "determinedOn", r.ended_on::text as "endedOn", r.visible_until::text as "visibleUntil",
  r.public_until::text as "publicUntil", r.revision, r.dispute is not null as disputed, r.dispute, r.archived_at is not null as archived,
  r.revoked_at is not null as revoked
from unnest($1::uuid[], $2::uuid[]) as k(subject_id, id) join ${kind.table} r using (subject_id, id)`;

/** Facts of records in their table; what was moved to the archive is past its term and has none. */
export async function readFacts(
  client: Pick<pg.Pool, 'query'>,
  kind: RecordKind,
  keys: readonly RecordKey[],
): Promise<RecordFacts[]> {
  const { rows } = await client.query<RecordFacts>(factsSql(kind), [
    keys.map((key) => key.subjectId),
    keys.map((key) => key.id),
  ]);
  return rows;
}
