import type pg from 'pg';
import type { Snapshot } from '../../../records/snapshot.ts';

/**
 * Items whose tier has changed, or that have come into force or ended, since the catalogue was last looked at: one change each, whoever of
 * several processes sees it first. Items that are new are no change, since nothing was told of them before.
 * @returns how many.
 */
export async function disclosureChanges(
  client: pg.PoolClient,
  { version, items }: Snapshot,
  lastSeq: number,
): Promise<number> {
  const { rowCount: isNewer } = await client.query(
    'update change_head set catalogue_version = $1 where id = 1 and catalogue_version < $1',
    [version],
  );
  if (!isNewer) return 0;
  const now = [...items.values()].map(({ id, tier, inForce, jurisdiction, provider, recordType }) => ({
    id,
    tier,
    inForce,
    jurisdiction,
    provider,
    recordType,
  }));
  const { rows } = await client.query<{ count: number }>(
    `with now as (
       select * from jsonb_to_recordset($2::jsonb) as (id int, tier text, "inForce" boolean, jurisdiction text, provider text, "recordType" text)),
     changed as (
       select n.*, row_number() over (order by n.id) as nth from now n join disclosed_item d on d.item_id = n.id
       where (d.tier, d.in_force) is distinct from (n.tier, n."inForce")),
     told as (
       insert into change (seq, agency, record_type, item_id, jurisdiction, provider, change, at)
       select $1 + nth, 'catalogue', "recordType", id, jurisdiction, provider, 'DISCLOSURE', now() from changed),
     kept as (
       insert into disclosed_item (item_id, tier, in_force) select id, tier, "inForce" from now
       on conflict (item_id) do update set tier = excluded.tier, in_force = excluded.in_force
       where (disclosed_item.tier, disclosed_item.in_force) is distinct from (excluded.tier, excluded.in_force))
     select count(*)::int as count from changed`,
    [lastSeq, JSON.stringify(now)],
  );
  return rows[0]?.count ?? 0;
}
