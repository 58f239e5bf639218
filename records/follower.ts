import type { Logger } from 'pino';
import type pg from 'pg';
import { inTransaction } from '../platform/postgres/transaction.ts';
import { tiersOf } from '../policy/tiers.ts';
import { Following } from './following.ts';
import { PUBLIC_PERSON_SCOPE, PUBLIC_SCOPE } from './grant.ts';
import {
  REVISIONS,
  type Snapshot,
  type SnapshotItem,
  type SnapshotSource,
  indexSnapshot,
} from './snapshot.ts';

export interface FollowerOptions {
  source: SnapshotSource;
  /** Writes what changed to where records are filtered, before the snapshot counts as in force. */
  apply?: (next: Snapshot) => Promise<void>;
  /** For how long the last word from the catalogue may be trusted. */
  leaseSeconds: number;
  log: Logger;
}

/** Keeps a process's copy of the catalogue in step. */
export class CatalogueFollower extends Following<Snapshot> {
  constructor({ source, apply, leaseSeconds, log }: FollowerOptions) {
    super({
      what: 'the catalogue',
      ask: async (last) => {
        const data = await source.snapshot(last?.version ?? -1);
        if (!data) return null;
        const next = indexSnapshot(data);
        await apply?.(next);
        return next;
      },
      leaseSeconds,
      log,
    });
  }
}

/** Items that every scope opens, as pairs for `scope_item`, of these record types alone. */
function scopePairs(snapshot: Snapshot, types: ReadonlySet<string>): { scopes: number[]; items: number[] } {
  const scopes: number[] = [];
  const items: number[] = [];
  const open = (scope: number, item: number) => {
    scopes.push(scope);
    items.push(item);
  };
  const opens = (item: SnapshotItem | undefined): item is SnapshotItem =>
    item !== undefined && item.inForce && types.has(item.recordType);
  for (const item of snapshot.items.values()) {
    if (opens(item) && tiersOf('PUBLIC').includes(item.tier))
      open(item.aboutPersons ? PUBLIC_PERSON_SCOPE : PUBLIC_SCOPE, item.id);
  }
  for (const matter of snapshot.matters.values()) {
    for (const id of matter.items) {
      const item = snapshot.items.get(id);
      if (opens(item) && tiersOf('MATTER').includes(item.tier)) open(matter.id, id);
    }
  }
  return { scopes, items };
}

/**
 * Brings `scope_item` in line with a snapshot, in one transaction and only where it differs. Several processes may do so for one database:
 * the lock makes them take turns, and one that lags behind the catalogue does not write an older scope over a newer one.
 */
export function scopeWriter(
  pool: pg.Pool,
  recordTypes: readonly string[],
): (next: Snapshot) => Promise<void> {
  const types = new Set(recordTypes);
  return async (next) => {
    const { scopes, items } = scopePairs(next, types);
    await inTransaction(pool, async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('scope_item'))`);
      const revision = next.version % REVISIONS;
      const ahead = await client.query('select from scope_revision where revision > $1', [revision]);
      if (ahead.rowCount) return;
      await client.query(
        'insert into scope_revision (id, revision) values (1, $1) on conflict (id) do update set revision = excluded.revision',
        [revision],
      );
      await client.query('create temp table wanted_scope (scope int, item_id int) on commit drop');
      await client.query('insert into wanted_scope select * from unnest($1::int[], $2::int[])', [
        scopes,
        items,
      ]);
      await client.query(
        'delete from scope_item s where not exists (select from wanted_scope w where w.scope = s.scope and w.item_id = s.item_id)',
      );
      await client.query(
        'insert into scope_item (scope, item_id) select scope, item_id from wanted_scope on conflict do nothing',
      );
    });
  };
}
