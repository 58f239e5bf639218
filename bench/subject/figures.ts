import { underLoad } from '../harness/load.ts';
import { cpuMs, memoryMb } from '../harness/proc.ts';
import { median, rounded } from '../harness/stats.ts';
import type { Question } from './question.ts';
import type { Target } from './targets.ts';

/** Figures of one target at one number of connections. CPU is user + system time of all server processes for one request. */
export interface Figures {
  connections: number;
  rps: number;
  /** ms */
  p50: number;
  /** ms */
  p99: number;
  /** ms, PostgreSQL included */
  cpuMs: number;
  /** ms, of that PostgreSQL's */
  postgresMs: number;
  /** MB, PostgreSQL apart */
  memoryMb: number;
}

/** Seconds of load before the counting. */
const WARM_UP = 2;

/** Load that is not counted. */
export async function exert(
  { url }: Target,
  question: Question,
  connections: number,
  seconds: number,
): Promise<void> {
  await underLoad({ ...question, url, warmUp: seconds, connections, seconds: 0 });
}

export async function sample(
  { url, children }: Target,
  question: Question,
  postmaster: number,
  load: { connections: number; seconds: number },
): Promise<Figures> {
  const roots = children.map(({ pid }) => pid);
  let own = 0;
  let postgres = 0;
  const outcome = await underLoad({ ...question, url, warmUp: WARM_UP, ...load }, () => {
    own = cpuMs(roots);
    postgres = cpuMs([postmaster]);
  });
  const { requests, seconds, p50, p99 } = outcome;
  own = (cpuMs(roots) - own) / requests;
  postgres = (cpuMs([postmaster]) - postgres) / requests;
  return {
    connections: load.connections,
    rps: requests / seconds,
    p50,
    p99,
    cpuMs: own + postgres,
    postgresMs: postgres,
    memoryMb: memoryMb(roots),
  };
}

export function medians(samples: readonly Figures[]): Figures {
  const of = (field: keyof Figures, digits: number) => rounded(median(samples.map((s) => s[field])), digits);
  return {
    connections: of('connections', 0),
    rps: of('rps', 0),
    p50: of('p50', 1),
    p99: of('p99', 1),
    cpuMs: of('cpuMs', 2),
    postgresMs: of('postgresMs', 2),
    memoryMb: of('memoryMb', 0),
  };
}
