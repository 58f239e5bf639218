import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Sealer } from '../../../platform/crypto/seal.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Given, addGiven } from '../report/given.ts';
import { secretContext } from './entities.ts';
import type { Told } from './scope.ts';

/** State of a webhook, for who may know of it: without its secret. */
export interface WebhookRow extends Told {
  unit: string;
  url: string;
  acknowledgedAt: string | null;
  attempts: number;
  failingSince: string | null;
  nextTry: string | null;
  lastError: string | null;
  recordedAt: string;
}

/** A webhook that there is something to send to. */
export interface DueWebhook extends Told {
  unit: string;
  version: string;
  url: string;
  sealed: Buffer;
  /** Place in the order of changes up to which it has acknowledged all. */
  position: number;
  attempts: number;
}

const COLUMNS = `unit, matter, public_only as "publicOnly", url, acknowledged_at as "acknowledgedAt", attempts, failing_since as "failingSince", next_try as "nextTry",
  last_error as "lastError", recorded_at as "recordedAt"`;

/** For how long the last word of the gateways on withdrawn units is trusted. */
const WORD_HOLDS = `interval '60 seconds'`;

const SECRET_BYTES = 32;

/** Where recipients are told of changes, and how far each has acknowledged them. */
export class Webhooks {
  readonly #pool: pg.Pool;
  readonly #sealer: Sealer;

  constructor(pool: pg.Pool, sealer: Sealer) {
    this.#pool = pool;
    this.#sealer = sealer;
  }

  /**
   * In the place of what was recorded before, with a secret of its own; what was acknowledged stays acknowledged. A new one begins with what
   * comes from now on. @returns null where the unit is no recipient.
   */
  async record(
    { unit, matter, publicOnly, url }: Pick<WebhookRow, 'unit' | 'matter' | 'publicOnly' | 'url'>,
    by: string,
  ): Promise<{ webhook: WebhookRow; secret: string } | null> {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const { rows } = await this.#pool.query<WebhookRow>(
      `insert into webhook (unit, version, url, secret, position, recorded_by, matter, public_only)
       select r.unit, $2, $3, $4, h.last_seq, $5, $6, $7 from recipient r cross join change_head h
       where r.unit = $1 and r.withdrawn_at is null and h.id = 1
       on conflict (unit) do update set version = excluded.version, url = excluded.url, secret = excluded.secret, matter = excluded.matter,
         public_only = excluded.public_only, attempts = 0, failing_since = null, next_try = null, last_error = null,
         recorded_by = excluded.recorded_by, recorded_at = now()
       returning ${COLUMNS}`,
      [unit, randomUUID(), url, this.#sealer.seal(secret, secretContext(unit)), by, matter, publicOnly],
    );
    return rows[0] ? { webhook: rows[0], secret } : null;
  }

  /** @returns false where there was none. */
  async withdraw(unit: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('delete from webhook where unit = $1', [unit]);
    return (rowCount ?? 0) > 0;
  }

  /** By unit; of one unit alone where it is named. */
  async page(unit: string | null, after: string | null, size: number): Promise<WebhookRow[]> {
    const { rows } = await this.#pool.query<WebhookRow>(
      `select ${COLUMNS} from webhook where ($1::text is null or unit = $1) and ($2::text is null or unit > $2) order by unit limit $3`,
      [unit, after, size],
    );
    return rows;
  }

  async count(unit: string | null): Promise<number> {
    const { rows } = await this.#pool.query<{ count: number }>(
      'select count(*)::int as count from webhook where $1::text is null or unit = $1',
      [unit],
    );
    return rows[0]?.count ?? 0;
  }

  /** What gateways know of withdrawn units; a gateway that lags behind does not undo what a newer one said. */
  async tell(revision: number, units: readonly string[]): Promise<void> {
    await this.#pool.query(
      `insert into withdrawn_word (id, revision, units, told_at) values (1, $1, $2, now())
       on conflict (id) do update set revision = excluded.revision, units = excluded.units, told_at = now()
       where withdrawn_word.revision <= excluded.revision`,
      [revision, units],
    );
  }

  /** Those that are behind, whose time has come, and whose unit is still given changes; that of one unit alone where it is named. */
  async due(
    unit: string | null,
    session: Pick<pg.Client | pg.Pool, 'query'> = this.#pool,
  ): Promise<DueWebhook[]> {
    const { rows } = await session.query<Omit<DueWebhook, 'position'> & { position: string }>(
      `select w.unit, w.matter, w.public_only as "publicOnly", w.version, w.url, w.secret as sealed, w.position, w.attempts
       from webhook w join recipient r on r.unit = w.unit and r.withdrawn_at is null
         join change_head h on h.id = 1 and w.position < h.last_seq
         join withdrawn_word t on t.id = 1 and t.told_at > now() - ${WORD_HOLDS} and w.unit <> all(t.units)
       where (w.next_try is null or w.next_try <= now()) and ($1::text is null or w.unit = $1)`,
      [unit],
    );
    return rows.map((row) => ({ ...row, position: Number(row.position) }));
  }

  secretOf({ unit, sealed }: DueWebhook): string {
    return this.#sealer.open(sealed, secretContext(unit));
  }

  /**
   * Everything up to this place was acknowledged; what was sent is counted with it, once. This, and the next two, change nothing once it was
   * recorded anew or withdrawn.
   */
  acknowledged(
    { unit, version }: DueWebhook,
    { upTo, given }: { upTo: number; given: Given },
    day: string,
  ): Promise<void> {
    return inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ isForward: boolean }>(
        `update webhook set position = greatest(position, $3), acknowledged_at = now(), attempts = 0, failing_since = null, next_try = null,
           last_error = null
         where unit = $1 and version = $2 returning old.position < $3 as "isForward"`,
        [unit, version, upTo],
      );
      if (rows[0]?.isForward) await addGiven(client, { way: 'PUSHED', unit, day }, given);
    });
  }

  /** There was nothing for it up to this place. */
  passed(webhook: DueWebhook, position: number): Promise<void> {
    return this.#move(webhook, 'position = greatest(position, $3)', [position]);
  }

  failed(webhook: DueWebhook, error: string, pauseMs: number): Promise<void> {
    return this.#move(
      webhook,
      `attempts = attempts + 1, failing_since = coalesce(failing_since, now()), last_error = $3,
       next_try = now() + make_interval(secs => $4::float8 / 1000)`,
      [error, pauseMs],
    );
  }

  async #move({ unit, version }: DueWebhook, change: string, values: unknown[]): Promise<void> {
    await this.#pool.query(`update webhook set ${change} where unit = $1 and version = $2`, [
      unit,
      version,
      ...values,
    ]);
  }
}
