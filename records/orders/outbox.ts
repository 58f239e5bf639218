import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { Order, OrderDoor, OrderInput } from './order.ts';

/** Orders carried out at the same time for one recipient: each is about another record. */
const AT_ONCE = 20;
/** What a crash left behind, here or in another process, is found by looking. */
const LOOK_MS = 2_000;
/** A recipient that fails is left alone this long at first, twice as long every time after. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** Whoever gave an order waits this long to see it carried out; after that it is carried out all the same, later. */
const PATIENCE_MS = 2_000;

const ENQUEUE = `
insert into order_outbox (id, recipient, record_type, subject_id, record_id, action)
select id, "to", "recordType", "subjectId", "recordId", action
from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, "to" text, "recordType" text, "subjectId" uuid, "recordId" uuid, action jsonb))
  with ordinality
order by ordinality`;

const RECIPIENTS = `select distinct recipient from order_outbox where applied_at is null`;

/** Of each record the oldest order alone; what another process is at is left to it. */
const NEXT = `
select o.seq, o.id, o.recipient as "to", o.record_type as "recordType", o.subject_id as "subjectId", o.record_id as "recordId", o.action
from order_outbox o
where o.applied_at is null and o.recipient = $1 and not exists (
  select from order_outbox e
  where e.applied_at is null and e.recipient = $1 and e.record_id = o.record_id and e.seq < o.seq)
order by o.seq limit ${AT_ONCE} for update of o skip locked`;

/** What went well has no error. */
const CROSS_OFF = `
update order_outbox o set attempts = attempts + 1, last_error = t.error, applied_at = case when t.error is null then now() end
from unnest($1::bigint[], $2::text[]) as t(seq, error) where o.seq = t.seq`;

interface Pause {
  until: number;
  ms: number;
}

type Given = Order & { seq: number };

/**
 * The transactional outbox: an order is written in the transaction that gives rise to it, so that there is never one without the other.
 * It is sent after the commit and crossed off when its recipient has carried it out; a crash in between sends it again, and the recipient
 * knows it by its id. Orders about one record to one recipient go one after the other. A recipient that is down holds up nobody else.
 */
export class Outbox {
  readonly #pool: pg.Pool;
  readonly #route: (to: string) => OrderDoor;
  readonly #log: Logger;
  readonly #running = new Map<string, Promise<void>>();
  readonly #pauses = new Map<string, Pause>();
  readonly #stop = new AbortController();
  readonly #looking: Promise<void>;

  constructor(pool: pg.Pool, route: (to: string) => OrderDoor, log: Logger) {
    this.#pool = pool;
    this.#route = route;
    this.#log = log;
    this.#looking = this.#look();
  }

  /** Writes orders in the caller's transaction, in this order. */
  async enqueue(client: Pick<pg.PoolClient, 'query'>, orders: readonly OrderInput[]): Promise<void> {
    if (orders.length === 0) return;
    await client.query(ENQUEUE, [JSON.stringify(orders.map((order) => ({ id: randomUUID(), ...order })))]);
  }

  /** Call after the commit: waits until what can be carried out now has been, for two seconds at most. */
  async flush(): Promise<void> {
    const patience = new AbortController();
    const done = this.#sendAll().catch((error: unknown) => this.#log.error({ err: error }, 'orders'));
    await Promise.race([done, sleep(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
    await Promise.allSettled(this.#running.values());
  }

  async #look(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#sendAll().catch((error: unknown) => {
        if (!signal.aborted) this.#log.warn({ err: error }, 'orders cannot be read');
      });
      await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #sendAll(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const { rows } = await this.#pool.query<{ recipient: string }>(RECIPIENTS);
    await Promise.all(rows.map(({ recipient }) => this.#sendTo(recipient)));
  }

  /** One run a recipient; whoever comes while one is under way gets one of its own after it. */
  #sendTo(recipient: string): Promise<void> {
    const before = this.#running.get(recipient) ?? Promise.resolve();
    const run = before.catch(() => {}).then(() => this.#run(recipient));
    this.#running.set(recipient, run);
    return run.finally(() => {
      if (this.#running.get(recipient) === run) this.#running.delete(recipient);
    });
  }

  async #run(recipient: string): Promise<void> {
    while (!this.#stop.signal.aborted && (this.#pauses.get(recipient)?.until ?? 0) <= Date.now()) {
      if ((await this.#batch(recipient)) === 0) return;
    }
  }

  /** @returns how many were tried. */
  async #batch(recipient: string): Promise<number> {
    const { tried, error } = await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<Given>(NEXT, [recipient]);
      const outcomes = await Promise.allSettled(rows.map((order) => this.#carryOut(order)));
      const errors = outcomes.map((o) => (o.status === 'rejected' ? String(o.reason).slice(0, 500) : null));
      await client.query(CROSS_OFF, [rows.map(({ seq }) => seq), errors]);
      return { tried: rows.length, error: errors.find((e) => e !== null) };
    });
    this.#settle(recipient, error ?? undefined);
    return tried;
  }

  /** A recipient that is not there throws when it is looked up. */
  async #carryOut({ id, to, recordType, subjectId, recordId, action }: Given): Promise<void> {
    await this.#route(to).apply({ id, to, recordType, subjectId, recordId, action });
  }

  #settle(recipient: string, error: string | undefined): void {
    if (error === undefined) {
      this.#pauses.delete(recipient);
      return;
    }
    const ms = Math.min((this.#pauses.get(recipient)?.ms ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS);
    this.#pauses.set(recipient, { until: Date.now() + ms, ms });
    this.#log.warn({ recipient, error, pauseMs: ms }, 'an order was not carried out; it will be');
  }
}
