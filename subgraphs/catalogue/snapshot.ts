import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import {
  REVISIONS,
  type Snapshot,
  type SnapshotData,
  type SnapshotSource,
  indexSnapshot,
} from '../../records/snapshot.ts';
import { CHANGE_CHANNEL } from './change.ts';
import { inForce } from './rows.ts';

const RECONNECT_MS = 500;
/** Silence on the listening connection that is believed without asking: a dead connection may look like a quiet one. */
const BELIEVED_MS = 400;
const DAY_MS = 86_400_000;

/**
 * Grows when the revision does and when the day does, since versions come into force by the day. It follows from the two alone, so
 * that all processes of the catalogue give the same content the same number.
 */
const versionOf = (day: string, revision: number): number =>
  (Date.parse(day) / DAY_MS) * REVISIONS + revision;

interface Loaded {
  day: string;
  revision: number;
  data: SnapshotData;
  indexed: Snapshot;
}

/** What holds on the day, read as of one moment. */
async function readSnapshot(pool: pg.Pool, day: string): Promise<Loaded> {
  const client = await pool.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const revision = await client.query<{ revision: string }>(
      'select revision::text from catalogue_revision',
    );
    const items = await client.query<SnapshotData['items'][number]>(
      `select v.item_id as id, v.code, v.name, v.class, v.tier, v.jurisdiction, v.provider, v.data_standard as "dataStandard",
         v.record_type as "recordType", v.about_persons as "aboutPersons", v.negative, v.grade, v.update_cycle as "updateCycle", v.since::text,
         (${inForce('$1')}) as "inForce"
       from (
         select distinct on (v.item_id) v.*, min(v.valid_from) over (partition by v.item_id) as since from item_version v where v.valid_from <= $1::date
         order by v.item_id, (${inForce('$1')}) desc, v.version desc
       ) v`,
      [day],
    );
    const matters = await client.query<SnapshotData['matters'][number]>(
      `select v.matter_id as id, v.code, v.name, v.unit, v.kind, v.about_persons as "aboutPersons", v.reach, v.rule,
         coalesce((select array_agg(s.item_id) from matter_scope s where s.matter_id = v.matter_id and s.version = v.version), '{}') as items
       from matter_version v where ${inForce('$1')}`,
      [day],
    );
    const units = await client.query<SnapshotData['units'][number]>(
      'select code, name, jurisdiction from unit',
    );
    await client.query('commit');
    const at = Number(revision.rows[0]?.revision ?? 0);
    const data = { version: versionOf(day, at), items: items.rows, matters: matters.rows, units: units.rows };
    return { day, revision: at, data, indexed: indexSnapshot(data) };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

export interface SnapshotFeedOptions {
  pool: pg.Pool;
  /** For the connection that listens. */
  url: string;
  today: () => string;
  log: Logger;
}

/**
 * The catalogue's word on what holds today, kept in memory. A change is announced by NOTIFY and read at once. Where nothing was heard for a
 * moment the database is asked for its revision before an answer is given, so a lost connection delays a change but never hides it.
 */
export class SnapshotFeed implements SnapshotSource {
  readonly #options: SnapshotFeedOptions;
  readonly #stop = new AbortController();
  #listener: pg.Client | undefined;
  #loaded: Loaded | undefined;
  #loading: Promise<void> | undefined;
  /** The highest revision heard of. */
  #revision = 0;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(options: SnapshotFeedOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#listen();
    await this.refresh();
  }

  /** What was last read, for this subgraph's own answers. */
  current(): Snapshot {
    if (!this.#loaded) throw new Error('the catalogue has not been read yet');
    return this.#loaded.indexed;
  }

  async snapshot(since: number): Promise<SnapshotData | null> {
    if (!this.#listener || performance.now() - this.#heardAt > BELIEVED_MS) await this.#ask();
    if (this.#isBehind()) await this.#load();
    // The read that was under way may have begun before the change.
    if (this.#isBehind()) await this.#load();
    const data = this.#loaded?.data;
    return data && data.version > since ? data : null;
  }

  async refresh(): Promise<void> {
    await this.#ask();
    if (this.#isBehind()) await this.#load();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loading?.catch(() => {});
    await this.#listener?.end().catch(() => {});
  }

  #isBehind(): boolean {
    return this.#loaded?.day !== this.#options.today() || this.#loaded.revision < this.#revision;
  }

  async #ask(): Promise<void> {
    const { rows } = await this.#options.pool.query<{ revision: string }>({
      name: 'catalogue_revision',
      text: 'select revision::text from catalogue_revision',
    });
    this.#hear(Number(rows[0]?.revision ?? 0));
  }

  #hear(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
    this.#heardAt = performance.now();
  }

  #load(): Promise<void> {
    this.#loading ??= readSnapshot(this.#options.pool, this.#options.today())
      .then((loaded) => {
        this.#loaded = loaded;
      })
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    const lost = (error?: Error) => {
      if (this.#listener !== client) return;
      this.#listener = undefined;
      void client.end().catch(() => {});
      if (this.#stop.signal.aborted) return;
      this.#options.log.warn({ error: error?.message }, 'the connection that hears of changes was lost');
      void this.#listenAgain();
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => {
      this.#hear(Number(payload));
      this.#load().catch((error: unknown) =>
        this.#options.log.warn({ error: String(error) }, 'a change of the catalogue could not be read yet'),
      );
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANGE_CHANNEL}`);
      this.#stop.signal.throwIfAborted();
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    this.#listener = client;
  }

  async #listenAgain(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#listen();
        return;
      } catch (error) {
        this.#options.log.warn({ error: String(error) }, 'no connection to hear of changes');
        await sleep(RECONNECT_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }
}
