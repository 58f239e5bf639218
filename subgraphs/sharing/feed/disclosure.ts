import type pg from 'pg';
import type { Snapshot } from '../../../records/snapshot.ts';

/** Items that are not as they were. Without a snapshot of before: all. */
const notAsIn = (last: Snapshot | null, { items }: Snapshot) =>
  [...items.values()].filter(({ id, tier, inForce }) => {
    const before = last?.items.get(id);
    return before?.tier !== tier || before.inForce !== inForce;
  });

/**
 * Items whose tier has changed, or that have come into force or ended, since the catalogue was last looked at: one change each, whoever of
 * several processes sees it first. Items that are new are no change, since nothing was told of them before.
 * @param last what this process looked at last: where nobody has looked since, what differs from it is all that can have changed
 * @returns how many.
 */
export async function disclosureChanges(
  client: pg.PoolClient,
  next: Snapshot,
  last: Snapshot | null,
  lastSeq: number,
): Promise<number> {
  const { rows: heads } = await client.query<{ version: string }>(
    `update change_head h set catalogue_version = $1 from (select catalogue_version from change_head where id = 1) before
     where h.id = 1 and h.catalogue_version < $1 returning before.catalogue_version::text as version`,
    [next.version],
  );
  if (!heads[0]) return 0;
  const found = notAsIn(Number(heads[0].version) === last?.version ? last : null, next);
  if (found.length === 0) return 0;
  const now = found.map(({ id, tier, inForce, jurisdiction, provider, recordType }) => ({
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
