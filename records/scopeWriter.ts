import type pg from 'pg';
import { plainArray } from '../platform/postgres/arrays.ts';
import { inTransaction } from '../platform/postgres/transaction.ts';
import { tiersOf } from '../policy/tiers.ts';
import { PUBLIC_PERSON_SCOPE, PUBLIC_SCOPE } from './grant.ts';
import { REVISIONS, type Snapshot, type SnapshotItem, type SnapshotMatter } from './snapshot.ts';

/** Pairs for `scope_item`, as two columns. */
interface Pairs {
  scopes: number[];
  items: number[];
}

/** What decides by which scopes an item is opened. */
const opensAlike = (a: SnapshotItem, b: SnapshotItem | undefined): boolean =>
  b !== undefined &&
  a.inForce === b.inForce &&
  a.tier === b.tier &&
  a.aboutPersons === b.aboutPersons &&
  a.recordType === b.recordType;

const listsAlike = (a: SnapshotMatter, b: SnapshotMatter | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.items.length === b.items.length &&
  a.items.every((item, i) => item === b.items[i]);

/** What may open other pairs in the next snapshot than in the last, by number. */
interface Touched {
  items: ReadonlySet<number>;
  matters: ReadonlySet<number>;
}

/** Numbers of what is not alike in both. */
function differing<K, V extends { id: number }>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
  isAlike: (a: V, b: V | undefined) => boolean,
): Set<number> {
  const found = new Set<number>();
  for (const [key, value] of a) if (!isAlike(value, b.get(key))) found.add(value.id);
  for (const [key, value] of b) if (!a.has(key)) found.add(value.id);
  return found;
}

/**
 * In one process all agencies go from the same snapshot to the same: they are compared once. What stands here names the last by its version: each
 * that held the one before would keep all that ever were.
 */
const compared = new WeakMap<Snapshot, { since: number; touched: Touched }>();

function touchedBetween(last: Snapshot, next: Snapshot): Touched {
  const known = compared.get(next);
  if (known?.since === last.version) return known.touched;
  const touched = {
    items: differing(last.items, next.items, opensAlike),
    matters: differing(last.matters, next.matters, listsAlike),
  };
  compared.set(next, { since: last.version, touched });
  return touched;
}

/** Items that scopes open, of these record types alone: all of them, or those that were touched. */
function pairsOf(snapshot: Snapshot, types: ReadonlySet<string>, touched: Touched | null): Pairs {
  const pairs: Pairs = { scopes: [], items: [] };
  const open = (scope: number, item: SnapshotItem | undefined, tiers: readonly string[]) => {
    if (!item?.inForce || !types.has(item.recordType) || !tiers.includes(item.tier)) return;
    pairs.scopes.push(scope);
    pairs.items.push(item.id);
  };
  const ofPublic = tiersOf('PUBLIC');
  for (const id of touched?.items ?? snapshot.items.keys()) {
    const item = snapshot.items.get(id);
    open(item?.aboutPersons ? PUBLIC_PERSON_SCOPE : PUBLIC_SCOPE, item, ofPublic);
  }
  const ofMatters = tiersOf('MATTER');
  for (const matter of snapshot.matters.values()) {
    const isWhole = !touched || touched.matters.has(matter.id);
    for (const id of matter.items)
      if (isWhole || touched.items.has(id)) open(matter.id, snapshot.items.get(id), ofMatters);
  }
  return pairs;
}

const arrays = ({ scopes, items }: Pairs): string[] => [plainArray(scopes), plainArray(items)];

/** All pairs are sent and compared: half a second for the catalogue of a city. */
async function replaceAll(client: pg.PoolClient, pairs: Pairs): Promise<void> {
  await client.query('create temp table wanted_scope (scope int, item_id int) on commit drop');
  await client.query('insert into wanted_scope select * from unnest($1::int[], $2::int[])', arrays(pairs));
  await client.query(
    'delete from scope_item s where not exists (select from wanted_scope w where w.scope = s.scope and w.item_id = s.item_id)',
  );
  await client.query(
    'insert into scope_item (scope, item_id) select scope, item_id from wanted_scope on conflict do nothing',
  );
}

/** Only what differs: the table is known to hold the pairs of the last snapshot. */
async function replaceSome(client: pg.PoolClient, before: Pairs, after: Pairs): Promise<void> {
  if (before.items.length > 0)
    await client.query(
      'delete from scope_item s using unnest($1::int[], $2::int[]) as t(scope, item_id) where s.scope = t.scope and s.item_id = t.item_id',
      arrays(before),
    );
  if (after.items.length > 0)
    await client.query(
      'insert into scope_item (scope, item_id) select * from unnest($1::int[], $2::int[]) on conflict do nothing',
      arrays(after),
    );
}

const revisionOf = ({ version }: Snapshot): number => version % REVISIONS;
const dayOf = ({ version }: Snapshot): number => Math.floor(version / REVISIONS);

/**
 * Brings `scope_item` in line with a snapshot, in one transaction and only where it differs. Several processes may do so for one database:
 * the lock makes them take turns, and one that lags behind the catalogue does not write an older scope over a newer one. What changed since
 * the last snapshot is written alone where the table is as this process left it; on another day, and wherever another process has been, all
 * is compared.
 */
export function scopeWriter(
  pool: pg.Pool,
  recordTypes: readonly string[],
): (next: Snapshot, last: Snapshot | null) => Promise<void> {
  const types = new Set(recordTypes);
  return (next, last) =>
    inTransaction(pool, async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('scope_item'))`);
      const { rows } = await client.query<{ revision: string }>('select revision::text from scope_revision');
      const standing = rows[0] && Number(rows[0].revision);
      if (standing !== undefined && standing > revisionOf(next)) return;
      await client.query(
        'insert into scope_revision (id, revision) values (1, $1) on conflict (id) do update set revision = excluded.revision',
        [revisionOf(next)],
      );
      if (last && standing === revisionOf(last) && dayOf(last) === dayOf(next)) {
        const touched = touchedBetween(last, next);
        await replaceSome(client, pairsOf(last, types, touched), pairsOf(next, types, touched));
      } else await replaceAll(client, pairsOf(next, types, null));
    });
}
