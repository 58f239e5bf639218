import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../harness/stats.ts';
import type { Gateway } from '../year/gateway.ts';
import type { Stream } from '../year/load.ts';
import { longestDelay } from './sampler.ts';

/** What one kind of query takes while nothing else runs. */
export interface Alone {
  kind: string;
  refused: boolean;
  /** ms: of the first one, which no plan is kept for yet: until its answer, and how long it held the event loop. */
  firstMs: number;
  firstHold: number;
  /** ms: of the others: their median, and the longest hold. */
  ms: number;
  hold: number;
}

const OTHERS = 20;
/** The timer that measures delays has to come round once more. */
const PAUSE_MS = 30;

async function ask({ url }: Gateway, { query, callers, variables }: Stream, nth: number): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...callers[nth % callers.length] },
    body: JSON.stringify({ query, variables: variables[nth % variables.length] }),
  });
  await response.arrayBuffer();
  return performance.now() - began;
}

async function holding(gateway: Gateway, work: () => Promise<void>): Promise<number> {
  await longestDelay(gateway);
  await sleep(PAUSE_MS);
  await work();
  await sleep(PAUSE_MS);
  return longestDelay(gateway);
}

/** Asks each kind by itself, one query after the other. */
export async function measureAlone(gateway: Gateway, streams: readonly Stream[]): Promise<Alone[]> {
  const found: Alone[] = [];
  for (const stream of streams) {
    let firstMs = 0;
    const firstHold = await holding(gateway, async () => {
      firstMs = await ask(gateway, stream, 0);
    });
    const times: number[] = [];
    const hold = await holding(gateway, async () => {
      for (let nth = 1; nth <= OTHERS; nth++) times.push(await ask(gateway, stream, nth));
    });
    const { kind, refused = false } = stream;
    found.push({ kind, refused, firstMs, firstHold, ms: median(times), hold });
  }
  return found;
}
