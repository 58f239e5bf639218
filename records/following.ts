import type { Logger } from 'pino';

const POLL_MS = 250;

export interface FollowingOptions<T> {
  /** Who is followed, for the log. */
  what: string;
  /** What is new since the last word; null: nothing. */
  ask: (last: T | null) => Promise<T | null>;
  /** For how long the last word may be trusted. */
  leaseSeconds: number;
  log: Logger;
}

/**
 * Keeps a process's copy of what another part of the house decides in step: a change is in force within a second. When that part has been
 * silent for longer than the lease, `current()` is null and its holder must close rather than go by a word that may have changed.
 */
export class Following<T> {
  readonly #options: FollowingOptions<T>;
  #last: T | null = null;
  #heardAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(options: FollowingOptions<T>) {
    this.#options = options;
  }

  /** Resolves once the first word is in force. */
  async start(): Promise<void> {
    await this.refresh();
    this.#schedule();
  }

  /** Resolves once the first question was answered or failed: closed until there is an answer. */
  async startClosed(): Promise<void> {
    await this.#attempt();
    this.#schedule();
  }

  /** Null while stale. */
  current(): T | null {
    return performance.now() - this.#heardAt <= this.#options.leaseSeconds * 1000 ? this.#last : null;
  }

  /** Asks now; concurrent callers share one question. */
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
    this.#last = (await this.#options.ask(this.#last)) ?? this.#last;
    this.#heardAt = asked;
  }

  #attempt(): Promise<void> {
    const { log, what } = this.#options;
    return this.refresh().catch((error: unknown) =>
      log.warn({ error: String(error) }, `${what} does not answer`),
    );
  }

  #schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#attempt().then(() => this.#schedule()), POLL_MS);
    this.#timer.unref();
  }
}
