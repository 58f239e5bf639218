import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { journalSession } from './session.ts';
import { MOST_AT_ONCE, SealedTree, type SealingKey } from './sealedTree.ts';

/**
 * From the beginning of one round to that of the next: a checkpoint at least every second under load, with time to spare for rounds that take
 * long on a busy machine. A round without news costs 0.4 ms.
 */
const ROUND_MS = 250;
const RETRY_MS = 1_000;
const LOCK = 0x7365616c;

export interface SealerParts extends SealingKey {
  /** The journal's database, as the role that reads entries and adds to the tree over them, and can do nothing else. */
  url: string;
  log: Logger;
}

/**
 * Seals the journal: what gateways have written goes into the tree, with a signed checkpoint [SH-31]. Every process that may seal runs one,
 * and one at a time is at work: it holds a lock of the session by which it reads and writes, so that who loses the lock, by whatever
 * accident, has lost the connection and can write nothing any more. When its process ends another takes the tree up from the tables.
 */
export class JournalSealer {
  readonly #parts: SealerParts;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #complaint = '';

  constructor(parts: SealerParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Ends after one more round: what was written before is sealed, unless another process does so. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (;;) {
      try {
        await this.#seal();
      } catch (error) {
        this.#complain(String(error));
      }
      if (this.#stop.signal.aborted) return;
      await this.#pause(RETRY_MS);
    }
  }

  /** Until it is told to stop; throws when anything at all goes wrong, and then begins anew from the tables. */
  async #seal(): Promise<void> {
    const { signal } = this.#stop;
    const session = await journalSession(this.#parts.url);
    try {
      while (!(await locked(session))) {
        if (signal.aborted) return;
        await this.#pause(ROUND_MS);
      }
      const tree = await SealedTree.takeUp(session, this.#parts);
      for (;;) {
        const last = signal.aborted;
        const begun = performance.now();
        const sealed = await tree.grow();
        this.#complaint = '';
        if (last) return;
        if (sealed < MOST_AT_ONCE) await this.#pause(ROUND_MS - (performance.now() - begun));
      }
    } finally {
      await session.end().catch(() => {});
    }
  }

  #pause(ms: number): Promise<void> {
    return sleep(Math.max(0, ms), undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
  }

  /** Once, not in every round. */
  #complain(complaint: string): void {
    if (complaint === this.#complaint) return;
    this.#complaint = complaint;
    this.#parts.log.error({ error: complaint }, 'the journal is not being sealed');
  }
}

async function locked(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    LOCK,
  ]);
  return rows[0]?.locked ?? false;
}
