import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { ChangeDoor } from '../../../records/changes/door.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { disclosureChanges } from './disclosure.ts';

/** Changes taken in by one transaction at most. */
const AT_ONCE = 2_000;
/** After a round in which nothing was found. */
const PAUSE_MS = 500;
/** Rounds that may fail before it is told of, once: at a start not every agency is there yet. */
const PATIENCE = 10;

/** Told of changes in the transaction that takes them in: `from` and `to` are the first and the last of them. */
export type Collected = (client: pg.PoolClient, from: number, to: number) => Promise<void>;

export interface CollectorParts {
  pool: pg.Pool;
  /** Names of the agencies that keep records. */
  agencies: readonly string[];
  doorOf: (agency: string) => ChangeDoor;
  /** Null while the copy of the catalogue is stale. */
  snapshot: () => Snapshot | null;
  collected: Collected;
  log: Logger;
}

const INSERT = `
insert into change (seq, agency, position, record_type, subject_id, record_id, item_id, jurisdiction, provider, change, visible_until, shown_until,
  public_until, public_after, at)
select $1 + ordinality, $2, position, "recordType", "subjectId", "recordId", "itemId", jurisdiction, provider, change, "visibleUntil",
  "shownUntil", "publicUntil", "publicAfter", at
from rows from (jsonb_to_recordset($3::jsonb) as (position bigint, "recordType" text, "subjectId" uuid, "recordId" uuid, "itemId" int,
  jurisdiction text, provider text, change text, "visibleUntil" date, "shownUntil" date, "publicUntil" date, "publicAfter" date, at timestamptz)) with ordinality`;

/** A place in the order: one writer at a time holds its end, so that who reads up to it misses nothing that comes below. */
async function withHead(
  client: pg.PoolClient,
  write: (lastSeq: number) => Promise<number>,
  collected: Collected,
): Promise<number> {
  const { rows } = await client.query<{ lastSeq: string }>(
    'select last_seq as "lastSeq" from change_head where id = 1 for update',
  );
  const lastSeq = Number(rows[0]?.lastSeq);
  const count = await write(lastSeq);
  if (count === 0) return 0;
  await client.query('update change_head set last_seq = $1 where id = 1', [lastSeq + count]);
  await collected(client, lastSeq + 1, lastSeq + count);
  return count;
}

/**
 * Takes in what agencies logged. Changes and the place after them are stored in one transaction, and only where nobody else has gone on
 * from the same place: whatever process is killed wherever, each change is taken in once. An agency that is down holds up no other.
 */
export class Collector {
  readonly #parts: CollectorParts;
  readonly #stop = new AbortController();
  readonly #running: Promise<unknown>;
  readonly #failures = new Map<string, number>();
  /** As last read or written here; one that another process has moved is read anew. */
  readonly #places = new Map<string, string | null>();
  #catalogue = -1;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
    const { agencies } = parts;
    this.#running = Promise.all([
      ...agencies.map((agency) => this.#keep(agency, () => this.#collect(agency))),
      this.#keep('catalogue', () => this.#disclosure()),
    ]);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #keep(source: string, round: () => Promise<boolean>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let more = false;
      try {
        more = await round();
        this.#failures.delete(source);
      } catch (error) {
        const failures = (this.#failures.get(source) ?? 0) + 1;
        this.#failures.set(source, failures);
        if (failures === PATIENCE && !signal.aborted)
          this.#parts.log.warn({ err: error, source }, 'changes cannot be taken in');
      }
      if (!more) await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #place(agency: string): Promise<string | null> {
    let place = this.#places.get(agency);
    if (place === undefined) {
      const { rows } = await this.#parts.pool.query<{ place: string }>(
        'select place from change_source where agency = $1',
        [agency],
      );
      this.#places.set(agency, (place = rows[0]?.place ?? null));
    }
    return place;
  }

  /** @returns whether there may be more at once. */
  async #collect(agency: string): Promise<boolean> {
    const { pool, doorOf, collected, log } = this.#parts;
    const before = await this.#place(agency);
    const { changes, place, lost } = await doorOf(agency).changes(before, AT_ONCE);
    if (place === before) return false;
    this.#places.delete(agency);
    await inTransaction(pool, async (client) => {
      if (!(await moveOn(client, agency, before, place))) return;
      if (lost) {
        log.error({ agency }, 'its log of changes does not go on where it was left: recipients begin anew');
        await beginAnew(client);
        return;
      }
      const insert = async (lastSeq: number): Promise<number> =>
        (await client.query(INSERT, [lastSeq, agency, JSON.stringify(changes)])).rowCount ?? 0;
      await withHead(client, insert, collected);
    });
    return changes.length === AT_ONCE;
  }

  async #disclosure(): Promise<boolean> {
    const { pool, snapshot, collected } = this.#parts;
    const now = snapshot();
    if (!now || now.version === this.#catalogue) return false;
    await inTransaction(pool, (client) =>
      withHead(client, (lastSeq) => disclosureChanges(client, now, lastSeq), collected),
    );
    this.#catalogue = now.version;
    return false;
  }
}

/** Nobody can tell what lies in the gap: all positions before it are too old. */
async function beginAnew(client: pg.PoolClient): Promise<void> {
  await client.query('update change_head set last_seq = last_seq + 1, cut_seq = last_seq + 1 where id = 1');
  await client.query('delete from change');
}

/** @returns false where another process has gone on from there. */
async function moveOn(
  client: pg.PoolClient,
  agency: string,
  before: string | null,
  place: string | null,
): Promise<boolean> {
  const { rowCount } =
    place === null
      ? await client.query('delete from change_source where agency = $1 and place = $2', [agency, before])
      : before === null
        ? await client.query(
            'insert into change_source (agency, place) values ($1, $2) on conflict (agency) do nothing',
            [agency, place],
          )
        : await client.query(
            'update change_source set place = $3, collected_at = now() where agency = $1 and place = $2',
            [agency, before, place],
          );
  return rowCount === 1;
}
