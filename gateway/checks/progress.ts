import type { BatchJobRow } from '../../records/checks/batch.ts';
import type { BatchStore } from './store.ts';

/** How often jobs that somebody watches are looked at. */
const EVERY_MS = 500;

/** Told how a job stands, as often as it is looked at; null: it is no more. */
type Watcher = (job: BatchJobRow | null) => void;

/**
 * Jobs that somebody watches, whichever gateway carries them out: one question in half a second for all of them and all who watch, none while
 * nobody does. Where it is not answered, the next one is.
 */
export class JobProgress {
  readonly #store: Pick<BatchStore, 'several'>;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Pick<BatchStore, 'several'>) {
    this.#store = store;
  }

  /** @returns how to stop watching. */
  watch(id: string, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(watcher));
    this.#timer ??= setTimeout(() => void this.#look(), EVERY_MS);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#watchers.get(id) === watchers) this.#watchers.delete(id);
    };
  }

  async #look(): Promise<void> {
    const ids = [...this.#watchers.keys()];
    const jobs = ids.length > 0 ? await this.#store.several(ids).catch(() => null) : null;
    const found = new Map(jobs?.map((job) => [job.id, job]));
    for (const id of jobs ? ids : [])
      for (const watcher of this.#watchers.get(id) ?? []) watcher(found.get(id) ?? null);
    this.#timer = this.#watchers.size > 0 ? setTimeout(() => void this.#look(), EVERY_MS) : undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
  }
}
