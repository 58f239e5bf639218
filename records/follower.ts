import type { Logger } from 'pino';
import type pg from 'pg';
import { tiersOf } from '../policy/tiers.ts';
import { PUBLIC_PERSON_SCOPE, PUBLIC_SCOPE } from './grant.ts';
import {
  REVISIONS,
  type Snapshot,
  type SnapshotItem,
  type SnapshotSource,
  indexSnapshot,
} from './snapshot.ts';

const POLL_MS = 250;

export interface FollowerOptions {
  source: SnapshotSource;
  /** Writes what changed to where records are filtered, before the snapshot counts as in force. */
  apply?: (next: Snapshot) => Promise<void>;
  /** For how long the last word from the catalogue may be trusted. */
  leaseSeconds: number;
  log: Logger;
}

/**
 * Keeps a process's copy of the catalogue in step. A change of tier is in force within a second; when the catalogue has been silent for
 * longer than the lease, `current()` is null and its holder must close rather than answer by rules that may have changed.
 */
export class CatalogueFollower {
  readonly #options: FollowerOptions;
  #snapshot: Snapshot | null = null;
  #heardAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Resolves once the first snapshot is in force. */
  async start(): Promise<void> {
    await this.refresh();
    this.#schedule();
  }

  /** Null while stale. */
  current(): Snapshot | null {
    return performance.now() - this.#heardAt <= this.#options.leaseSeconds * 1000 ? this.#snapshot : null;
  }

  /** Asks the catalogue now; concurrent callers share one question. */
  refresh(): Promise<void> {
    this.#running ??= this.#ask().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running?.catch(() => {});
  }

  async #ask(): Promise<void> {
    const asked = performance.now();
    const data = await this.#options.source.snapshot(this.#snapshot?.version ?? -1);
    if (data) {
      const next = indexSnapshot(data);
      await this.#options.apply?.(next);
      this.#snapshot = next;
    }
    this.#heardAt = asked;
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) =>
          this.#options.log.warn({ error: String(error) }, 'the catalogue does not answer'),
        )
        .finally(() => this.#schedule());
    }, POLL_MS);
    this.#timer.unref();
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
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select pg_advisory_xact_lock(hashtext('scope_item'))`);
      const revision = next.version % REVISIONS;
      const ahead = await client.query('select from scope_revision where revision > $1', [revision]);
      if (ahead.rowCount) return await client.query('rollback').then(() => {});
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
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  };
}
