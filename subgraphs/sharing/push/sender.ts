import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Given } from '../report/given.ts';
import type { PushedEvent } from './message.ts';
import type { Networks } from './networks.ts';
import { pauseAfter } from './pause.ts';
import type { DueWebhook, Webhooks } from './webhooks.ts';

const LOOK_MS = 1_000;
const RETRY_MS = 1_000;
const LOCK = 0x70757368;
/** Events of one message at most: one is in memory for each receiver, and no more. */
const AT_ONCE = 500;

/** What a recipient is told next, and the place up to which that is all there is for it. */
export interface PushSlice {
  events: readonly PushedEvent[];
  /** Of which it tells. */
  given: Given;
  upTo: number;
}

/** Reads what comes next for a webhook, within its scope as it stands; null: it is given nothing now. */
export type ReadSlice = (webhook: DueWebhook, most: number) => Promise<PushSlice | null>;

export interface SenderParts {
  /** The subgraph's database: who sends holds a lock of a session of its own. */
  databaseUrl: string;
  webhooks: Webhooks;
  read: ReadSlice;
  networks: Networks;
  today: () => string;
  log: Logger;
}

/** Loaded when the first message is sent: few processes ever send one. */
const loaded = async (networks: Networks) => {
  const [{ signedMessage }, { Poster }] = await Promise.all([import('./message.ts'), import('./post.ts')]);
  return { signedMessage, poster: new Poster(networks) };
};

/**
 * Tells recipients of changes [SP-push]. Every process of the subgraph runs one, and one at a time is at work: it holds a lock of its session.
 * A receiver is sent the next message only once it has acknowledged the one before, and its place is stored after that: whatever is killed
 * wherever, it is sent again what it may not have taken in, with the same ids, and misses nothing. Each receiver has a turn of its own, so
 * that one that is down costs no other anything.
 */
export class PushSender {
  readonly #parts: SenderParts;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #delivery: ReturnType<typeof loaded> | undefined;
  #complaint = '';

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await (await this.#delivery)?.poster.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#inTurn();
        this.#complaint = '';
      } catch (error) {
        this.#complain(error);
      }
      await this.#pause(RETRY_MS);
    }
  }

  /** Waits for the lock and sends while it is held; throws when the session is lost, and with it the lock. */
  async #inTurn(): Promise<void> {
    const { signal } = this.#stop;
    const session = new pg.Client({
      connectionString: this.#parts.databaseUrl,
      options:
        '-c timezone=UTC -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    session.on('error', () => undefined);
    const over = new AbortController();
    const turns = new Map<string, Promise<void>>();
    try {
      await session.connect();
      while (!signal.aborted && !(await locked(session))) await this.#pause(RETRY_MS);
      while (!signal.aborted) {
        for (const { unit } of await this.#parts.webhooks.due(null, session)) {
          if (turns.has(unit)) continue;
          turns.set(
            unit,
            this.#send(unit, AbortSignal.any([signal, over.signal]))
              .catch((error: unknown) => this.#complain(error))
              .finally(() => turns.delete(unit)),
          );
        }
        await this.#pause(LOOK_MS);
      }
    } finally {
      over.abort();
      await Promise.all(turns.values());
      await session.end().catch(() => {});
    }
  }

  /** Sends one receiver what there is, message by message, as long as it stands and acknowledges them. */
  async #send(unit: string, givenUp: AbortSignal): Promise<void> {
    const { webhooks, read } = this.#parts;
    while (!givenUp.aborted) {
      const [webhook] = await webhooks.due(unit);
      const slice = webhook && (await read(webhook, AT_ONCE));
      if (!slice) return;
      if (slice.events.length === 0) await webhooks.passed(webhook, slice.upTo);
      else await this.#deliver(webhook, slice, givenUp);
    }
  }

  async #deliver(webhook: DueWebhook, slice: PushSlice, givenUp: AbortSignal): Promise<void> {
    const { webhooks, networks, today, log } = this.#parts;
    const { signedMessage, poster } = await (this.#delivery ??= loaded(networks));
    const message = signedMessage(slice.events, webhooks.secretOf(webhook), new Date());
    const error = await poster.post(webhook.url, message, givenUp);
    if (error === null) return webhooks.acknowledged(webhook, slice, today());
    if (givenUp.aborted) return;
    const pauseMs = pauseAfter(webhook.attempts, Math.random());
    await webhooks.failed(webhook, error, pauseMs);
    log.warn({ unit: webhook.unit, error, pauseMs }, 'a webhook was not acknowledged; it is tried again');
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
  }

  /** Once, not in every round. */
  #complain(error: unknown): void {
    const complaint = String(error);
    if (complaint === this.#complaint || this.#stop.signal.aborted) return;
    this.#complaint = complaint;
    this.#parts.log.warn({ err: error }, 'changes cannot be pushed');
  }
}

async function locked(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    LOCK,
  ]);
  return rows[0]?.locked ?? false;
}
