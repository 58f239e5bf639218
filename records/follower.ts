import type { Logger } from 'pino';
import { Following } from './following.ts';
import { type Snapshot, type SnapshotSource, indexSnapshot } from './snapshot.ts';

export interface FollowerOptions {
  source: SnapshotSource;
  /** Writes what changed to where records are filtered, before the snapshot counts as in force. */
  apply?: (next: Snapshot, last: Snapshot | null) => Promise<void>;
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
        await apply?.(next, last);
        return next;
      },
      leaseSeconds,
      log,
    });
  }
}
