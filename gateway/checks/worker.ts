import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { BatchJobRow, SliceDue } from '../../records/checks/batch.ts';
import { checkSlice } from './slice.ts';
import type { ChecksParts } from './parts.ts';
import type { BatchStore } from './store.ts';

/** How often an idle gateway looks for a job that another one left. */
const IDLE_MS = 2_000;

/** Refusals that do not go away by waiting. */
const FINAL: ReadonlySet<unknown> = new Set([
  'FORBIDDEN',
  'PURPOSE_NOT_ALLOWED',
  'PURPOSE_REQUIRED',
  'AUTHORIZATION_REQUIRED',
  'BAD_USER_INPUT',
]);

/**
 * Carries out jobs of batch checks, one at a time, in any number of gateways. A slice goes through three steps, each of them durable: its
 * results and the entries that are to tell of them are kept; the entries are written to the journal; the job is moved on, and the results are given
 * out. Wherever a process is killed, the next one goes on at that step: no subject is checked without an entry, and none has two.
 */
export class BatchWorker {
  readonly #parts: ChecksParts;
  readonly #store: BatchStore;
  readonly #id = randomUUID();
  readonly #stop = new AbortController();
  #wake = new AbortController();
  readonly #running: Promise<void>;

  constructor(parts: ChecksParts, store: BatchStore) {
    this.#parts = parts;
    this.#store = store;
    this.#running = this.#work();
  }

  /** There is something to do. */
  kick(): void {
    this.#wake.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #work(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const job = await this.#store.claim(this.#id).catch(() => null);
      if (job && (await this.#run(job))) continue;
      await sleep(IDLE_MS, undefined, { signal: this.#wake.signal, ref: false }).catch(() => {});
      this.#wake = new AbortController();
    }
  }

  /** @returns false where something is not there that will be: the job is taken up again after a pause. */
  async #run(job: BatchJobRow): Promise<boolean> {
    try {
      while (!this.#stop.signal.aborted) {
        const due = await this.#store.due(job.id, this.#id);
        if (!due) return true;
        await this.#step(job, due);
      }
      await this.#store.release(job.id, this.#id);
      return true;
    } catch (error) {
      if (error instanceof GraphQLError && FINAL.has(error.extensions['code'])) {
        await this.#store.end(job.id, 'STOPPED', error.message).catch(() => {});
        return true;
      }
      this.#parts.log.warn({ job: job.id, err: error }, 'a batch check waits');
      await this.#store.release(job.id, this.#id).catch(() => {});
      return false;
    }
  }

  async #step(job: BatchJobRow, due: SliceDue): Promise<void> {
    let { entries } = due;
    if (!due.results || !entries) {
      const slice = await checkSlice(this.#parts, job, due.number, due.rows);
      if (!(await this.#store.save(job.id, this.#id, slice))) return;
      ({ entries } = slice);
    }
    const standing = new Set(due.inJournal);
    await Promise.all(
      entries
        .filter(({ id }) => !standing.has(id))
        .map((entry) => this.#parts.journal.write({ ...entry, at: new Date(entry.at) })),
    );
    await this.#store.logged(job.id, due.number);
  }
}
