import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { adding } from './adding.ts';
import { CHUNK, countable } from './countable.ts';
import {
  type ItemsTold,
  LOOKS,
  POSITION,
  type Position,
  USES,
  entriesCounted,
  itemsTold,
  kindsOf,
  looksCounted,
  usesIn,
} from './counting.ts';

/** Looks by the items that they told of are as good as all different: 18,000 sorted on disk took 160 ms, in memory 120. */
const SETTINGS = `set local work_mem = '32MB'`;
/**
 * What is not counted every report reads: under full load 30,000 entries come in meanwhile, a tenth of a second. Every 5 s would cost queries up
 * to twice as much.
 */
const EVERY_MS = 15_000;
/** After a start: whoever asks for a report soon should not wait for what is worked out once. */
const FIRST_MS = 1_000;

/**
 * Takes the next entries into what is kept by day and by month. Counts and positions are one transaction, so that whatever breaks off half-way counts
 * nothing, and nothing is counted twice; where another process is at it there is nothing to do. Uses have a position of their own: they were
 * first counted when the rest had been for long.
 * @returns whether there may be more.
 */
export const countNext = (pool: pg.Pool, snapshot: Snapshot): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await client.query(SETTINGS);
    const { rows } = await client.query<Position>(`${POSITION} for update skip locked`);
    const at = rows[0];
    if (!at) return false;
    const upTo = async (table: string, after: number): Promise<number> =>
      (await client.query<{ seq: number }>(countable(table, String(after)))).rows[0]?.seq ?? after;
    const seq = await upTo('journal_entry', at.seq);
    const lookSeq = await upTo('public_look', at.lookSeq);
    const useSeq = at.useSeq === at.seq ? seq : await upTo('journal_entry', at.useSeq);
    if (seq > at.seq)
      await client.query(
        adding(LOOKS, entriesCounted(String(at.seq), String(seq), '$1', '$2')),
        kindsOf(snapshot),
      );
    if (lookSeq > at.lookSeq)
      await client.query(adding(LOOKS, looksCounted(String(at.lookSeq), String(lookSeq))));
    if (useSeq > at.useSeq) await countUses(client, at.useSeq, useSeq, snapshot);
    await client.query('update journal_counted set seq = $1, look_seq = $2, use_seq = $3 where id = 1', [
      seq,
      lookSeq,
      useSeq,
    ]);
    return seq - at.seq >= CHUNK || lookSeq - at.lookSeq >= CHUNK || useSeq - at.useSeq >= CHUNK;
  });

/** Whose an item is says the catalogue, which is in memory: tens of thousands of items, of which an hour's entries name some. */
async function countUses(
  client: pg.PoolClient,
  after: number,
  upTo: number,
  snapshot: Snapshot,
): Promise<void> {
  const { rows } = await client.query<ItemsTold & { day: string }>(itemsTold(String(after), String(upTo)));
  const uses = await usesIn(rows, snapshot, ({ day }) => day);
  if (uses.length === 0) return;
  await client.query(
    adding(
      USES,
      `select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
        as u(day, unit, provider, kind, organizations, persons)`,
    ),
    (['day', 'unit', 'provider', 'kind', 'organizations', 'persons'] as const).map((column) =>
      uses.map((use) => use[column]),
    ),
  );
}

/** One step of a count that follows the journal; whether there may be more. */
export type Step = () => Promise<boolean>;

/** Keeps counting, behind the journal by some seconds. What one step cannot do yet does not keep the others. */
export function keepCounting(steps: readonly Step[], log: Logger): { close(): Promise<void> } {
  const stop = new AbortController();
  const toEnd = async (step: Step): Promise<void> => {
    try {
      while (!stop.signal.aborted && (await step()));
    } catch (error) {
      if (!stop.signal.aborted)
        log.warn({ error: (error as Error).message }, 'the journal could not be counted yet');
    }
  };
  const work = (async () => {
    for (let pause = FIRST_MS; !stop.signal.aborted; pause = EVERY_MS) {
      await sleep(pause, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      for (const step of steps) await toEnd(step);
    }
  })();
  return {
    async close() {
      stop.abort();
      await work;
    },
  };
}
