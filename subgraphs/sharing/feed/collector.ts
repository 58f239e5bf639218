import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { CHANGE_COLUMNS, type ChangeDoor } from '../../../records/changes/door.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { disclosureChanges } from './disclosure.ts';

/** Changes taken in by one transaction at most. */
const AT_ONCE = 2_000;
/**
 * So many of one agency in a row are taken in without a pause: all that is put on file at once and has to be told of within seconds [SP-watch].
 * What is behind by more, as after an import of hundreds of thousands, is nobody's news, and takes turns with queries for the same processors:
 * one slice at a time of all agencies that are behind, and after it a pause as long as it took. So it has half of one connection's time at most,
 * and less the busier the machine is. Newest first is not to be had: of one record the order of changes is what recipients rely on. An agency
 * that is not behind waits for none that is.
 */
const WITHOUT_PAUSE = 25_000;
/** After a round that found nothing, twice as long every time: at rest a question a second, and news is found sooner while there is some. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;
/** Rounds that may fail before it is told of, once: at a start not every agency is there yet. */
const PATIENCE = 10;

/** Told of changes in the transaction that takes them in: `from` and `to` are the first and the last of them. */
export type Collected = (client: pg.PoolClient, from: number, to: number) => Promise<void>;

/** Told, in the transaction that begins anew, that an agency's log does not go on, and what was taken from it may not hold any more. */
export type Lost = (client: pg.PoolClient, agency: string) => Promise<void>;

export interface CollectorParts {
  pool: pg.Pool;
  /** Names of the agencies that keep records. */
  agencies: readonly string[];
  doorOf: (agency: string) => ChangeDoor;
  /** Null while the copy of the catalogue is stale. */
  snapshot: () => Snapshot | null;
  collected: Collected;
  lost: Lost;
  log: Logger;
}

const COLUMNS = Object.entries(CHANGE_COLUMNS);
const NAMES = COLUMNS.map(([name]) => name).join(', ');

/** What an agency gave as columns goes in as columns. */
const INSERT = `
insert into change (seq, agency, ${NAMES})
select $1::bigint + c.nth, $2, ${NAMES}
from unnest(${COLUMNS.map(([, type], i) => `$${i + 3}::${type}[]`).join(', ')}) with ordinality as c(${NAMES}, nth)`;

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
  /** The last round of those that take turns. */
  #turn: Promise<unknown> = Promise.resolve();
  /** As last looked at here. */
  #catalogue: Snapshot | null = null;

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

  /** @param round takes in what there is, and tells how many changes that were; as many as a transaction takes: there may be more. */
  async #keep(source: string, round: () => Promise<number>): Promise<void> {
    const { signal } = this.#stop;
    let inARow = 0;
    let pauseMs = 0;
    while (!signal.aborted) {
      let taken = 0;
      try {
        taken = await (inARow < WITHOUT_PAUSE ? round() : this.#inTurn(round));
        this.#failures.delete(source);
      } catch (error) {
        const failures = (this.#failures.get(source) ?? 0) + 1;
        this.#failures.set(source, failures);
        if (failures === PATIENCE && !signal.aborted)
          this.#parts.log.warn({ err: error, source }, 'changes cannot be taken in');
      }
      inARow = taken === AT_ONCE ? inARow + taken : 0;
      if (inARow > 0) continue;
      pauseMs =
        taken > 0 ? FIRST_PAUSE_MS : Math.min(Math.max(2 * pauseMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      await this.#pause(pauseMs);
    }
  }

  /** One round after the other, of all that are behind. */
  #inTurn(round: () => Promise<number>): Promise<number> {
    const turn = this.#turn.then(async () => {
      const begun = performance.now();
      const taken = await round();
      await this.#pause(performance.now() - begun);
      return taken;
    });
    this.#turn = turn.catch(() => 0);
    return turn;
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
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

  async #collect(agency: string): Promise<number> {
    const { pool, doorOf, collected, lost, log } = this.#parts;
    const before = await this.#place(agency);
    const slice = await doorOf(agency).changes(before, AT_ONCE);
    const { place, count } = slice;
    if (place === before) return 0;
    this.#places.delete(agency);
    const isOurs = await inTransaction(pool, async (client) => {
      if (!(await moveOn(client, agency, before, place))) return false;
      if (slice.lost) {
        log.error({ agency }, 'its log of changes does not go on where it was left: recipients begin anew');
        await beginAnew(client);
        await lost(client, agency);
      } else if (count > 0) {
        const insert = async (lastSeq: number): Promise<number> =>
          (await client.query({ name: 'take_in', text: INSERT, values: [lastSeq, agency, ...slice.columns] }))
            .rowCount ?? 0;
        await withHead(client, insert, collected);
      }
      return true;
    });
    if (isOurs) this.#places.set(agency, place);
    return count;
  }

  async #disclosure(): Promise<number> {
    const { pool, snapshot, collected } = this.#parts;
    const now = snapshot();
    if (!now || now.version === this.#catalogue?.version) return 0;
    const count = await inTransaction(pool, (client) =>
      withHead(client, (lastSeq) => disclosureChanges(client, now, this.#catalogue, lastSeq), collected),
    );
    this.#catalogue = now;
    return count;
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
