import { memoryMb } from '../harness/proc.ts';
import type { Gateway } from '../year/gateway.ts';

/** What the gateway tells of itself at a moment. */
export interface Sample {
  /** Seconds since the beginning. */
  at: number;
  /** MB: resident, proportional (PSS), of V8's heap in use, and of buffers outside it. */
  rss: number;
  pss: number;
  heap: number;
  external: number;
  /** ms: longest delay of the event loop since the last sample. */
  delay: number;
}

/** Node measures delays by a timer of this period, which is a part of what it tells. */
const TIMER_MS = 10;
const MB = 2 ** 20;

async function metrics(url: string): Promise<(name: string) => number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

/** Longest time that the event loop was held since somebody last asked, in ms; asking begins anew. */
export async function longestDelay({ url }: Pick<Gateway, 'url'>): Promise<number> {
  const value = await metrics(url);
  return Math.max(0, value('nodejs_eventloop_lag_max_seconds') * 1000 - TIMER_MS);
}

export async function sampleOf({ url, child }: Gateway, began: number): Promise<Sample> {
  const value = await metrics(url);
  return {
    at: (performance.now() - began) / 1000,
    rss: value('process_resident_memory_bytes') / MB,
    pss: memoryMb([child.pid]),
    heap: value('nodejs_heap_size_used_bytes') / MB,
    external: value('nodejs_external_memory_bytes') / MB,
    delay: Math.max(0, value('nodejs_eventloop_lag_max_seconds') * 1000 - TIMER_MS),
  };
}

/** How much a figure rises a minute: the straight line that fits best. */
export function slope(points: readonly { at: number; value: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const at = mean(points.map((p) => p.at));
  const value = mean(points.map((p) => p.value));
  const over = points.reduce((sum, p) => sum + (p.at - at) * (p.value - value), 0);
  const under = points.reduce((sum, p) => sum + (p.at - at) ** 2, 0);
  return (over / under) * 60;
}
