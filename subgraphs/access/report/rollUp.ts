import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { CHUNK, countable } from './countable.ts';
import { DIMENSIONS, type Kinds, entriesCounted, looksCounted } from './counting.ts';

const EVERY_MS = 15_000;

export const kindsOf = ({ matters }: Snapshot): Kinds => ({
  matters: [...matters.keys()],
  kinds: [...matters.values()].map(({ kind }) => kind),
});

const ADD = `on conflict (${DIMENSIONS}) do update set entries = journal_day.entries + excluded.entries,
  organizations = journal_day.organizations + excluded.organizations, persons = journal_day.persons + excluded.persons`;
const INSERT = `insert into journal_day (${DIMENSIONS}, entries, organizations, persons)`;

/**
 * Takes the next entries into `journal_day`. Counts and position are one transaction, so that whatever breaks off half-way counts nothing, and
 * nothing is counted twice; where another process is at it there is nothing to do.
 * @returns whether there may be more.
 */
export const countNext = (pool: pg.Pool, kinds: Kinds): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ seq: number; lookSeq: number }>(
      'select seq::float8 as seq, look_seq::float8 as "lookSeq" from journal_counted where id = 1 for update skip locked',
    );
    const at = rows[0];
    if (!at) return false;
    const upTo = async (table: string, after: number): Promise<number> =>
      (await client.query<{ seq: number }>(countable(table, String(after)))).rows[0]?.seq ?? after;
    const seq = await upTo('journal_entry', at.seq);
    const lookSeq = await upTo('public_look', at.lookSeq);
    if (seq > at.seq)
      await client.query(`${INSERT} ${entriesCounted(String(at.seq), String(seq), '$1', '$2')} ${ADD}`, [
        kinds.matters,
        kinds.kinds,
      ]);
    if (lookSeq > at.lookSeq)
      await client.query(`${INSERT} ${looksCounted(String(at.lookSeq), String(lookSeq))} ${ADD}`);
    await client.query('update journal_counted set seq = $1, look_seq = $2 where id = 1', [seq, lookSeq]);
    return seq - at.seq >= CHUNK || lookSeq - at.lookSeq >= CHUNK;
  });

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
    while (!stop.signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
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
