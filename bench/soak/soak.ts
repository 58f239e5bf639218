import { setTimeout as sleep } from 'node:timers/promises';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { stop } from '../harness/children.ts';
import { openBenchGround, settle } from '../harness/ground.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { fillIn, startGateway } from '../year/gateway.ts';
import { type KindFigures, type Stream, underMixedLoad } from '../year/load.ts';
import { yearStreams } from '../year/streams.ts';
import { type Alone, measureAlone } from './alone.ts';
import { type OddStreams, oddStreams } from './odd.ts';
import { type Sample, sampleOf, slope } from './sampler.ts';

export interface SoakOptions {
  subjects: number;
  seconds: number;
  connections: number;
}

type Memory = Pick<Sample, 'rss' | 'pss' | 'heap' | 'external'>;

export interface SoakFigures extends SoakOptions {
  /** The year's queries, odd ones and refused ones. */
  kinds: KindFigures[];
  rps: number;
  failed: number;
  /** The first failure. */
  complaint: string | null;
  /** MB: after two minutes (a fifth of the run, where that is sooner), and at the end. */
  early: Memory;
  late: Memory;
  /** MB a minute over the last two thirds. */
  slope: Memory;
  /** ms: the longest that the event loop was held under load. */
  longestDelay: number;
  samples: Sample[];
  /** Each kind by itself, before the load. */
  alone: Alone[];
}

const WARM_UP = 20;
const SAMPLE_SECONDS = 10;
const EARLY_SECONDS = 120;
/** Of all requests. */
const SHARES = { year: 0.9, refused: 0.09, odd: 0.01 };
const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

/** Streams of one kind that together have a share of all requests. */
function share(kind: keyof typeof SHARES, streams: readonly Stream[]): Stream[] {
  const sum = streams.reduce((all, { weight }) => all + weight, 0);
  return streams.map((stream) => ({ ...stream, kind, weight: (stream.weight / sum) * SHARES[kind] }));
}

/** One stream of each kind. */
const kindsOf = (streams: readonly Stream[]): Stream[] => [
  ...new Map(streams.map((stream) => [stream.kind, stream])).values(),
];

const everyKind = (year: readonly Stream[], { odd, large, refused }: OddStreams): Stream[] => [
  ...kindsOf(year),
  ...odd,
  ...large,
  ...refused,
];

const memory = (of: (field: keyof Memory) => number): Memory => ({
  rss: rounded(of('rss'), 1),
  pss: rounded(of('pss'), 1),
  heap: rounded(of('heap'), 1),
  external: rounded(of('external'), 1),
});

/** The year's queries with odd and refused ones among them, for long: what becomes of memory and of the event loop. */
export async function measureSoak(options: SoakOptions): Promise<SoakFigures> {
  const { subjects, seconds, connections } = options;
  const bench = await openBenchGround();
  const { ground } = bench;
  say(`filling in ${subjects} subjects`);
  await fillIn(bench, subjects);
  const year = await yearStreams(ground, subjects);
  const others = await oddStreams(ground);
  await settle(ground, AGENCIES);
  const gateway = await startGateway(bench);
  say('each kind alone');
  const alone = await measureAlone(gateway, everyKind(year, others));
  say(`${seconds} s of load`);
  const streams = [...share('year', year), ...share('refused', others.refused), ...share('odd', others.odd)];
  const pause = Math.min(SAMPLE_SECONDS, seconds / 10);
  const samples: Sample[] = [];
  let sampling: Promise<void> = Promise.resolve();
  const job = { url: gateway.url, streams, connections, warmUp: WARM_UP, seconds };
  const outcome = await underMixedLoad(job, async () => {
    const began = performance.now();
    await sampleOf(gateway, began);
    sampling = (async () => {
      while (samples.length * pause < seconds - pause / 2) {
        await sleep(Math.max(0, (samples.length + 1) * pause * 1000 - (performance.now() - began)));
        samples.push(await sampleOf(gateway, began));
      }
    })();
  });
  await sampling;
  await stop(gateway.child);
  await bench.close();

  const early = samples.find(({ at }) => at >= Math.min(EARLY_SECONDS, seconds / 5) - pause / 2) as Sample;
  const rest = samples.filter(({ at }) => at >= seconds / 3);
  return {
    ...options,
    kinds: outcome.kinds,
    rps: rounded(outcome.all.requests / outcome.seconds, 0),
    failed: outcome.all.failed,
    complaint: outcome.complaint,
    early: memory((field) => early[field]),
    late: memory((field) => samples.at(-1)?.[field] ?? Number.NaN),
    slope: memory((field) => slope(rest.map((sample) => ({ at: sample.at, value: sample[field] })))),
    longestDelay: rounded(Math.max(...samples.map(({ delay }) => delay)), 1),
    samples,
    alone,
  };
}

export function soakTable(found: SoakFigures): string {
  const { subjects, seconds, connections, kinds, early, late, slope, alone } = found;
  const mb = (name: string, m: Memory) => [name, m.rss, m.pss, m.heap, m.external];
  return [
    `耐久 soak: ${subjects} subjects, ${connections} connections, ${seconds} s, ${found.rps} requests/s`,
    '',
    table(
      ['', 'requests', 'p50 ms', 'p99 ms', 'failed'],
      kinds.map((k) => [k.kind, k.requests, rounded(k.p50, 1), rounded(k.p99, 1), k.failed]),
    ),
    ...(found.complaint ? ['', found.complaint] : []),
    '',
    table(
      ['MB', 'RSS', 'PSS', 'heap in use', 'external'],
      [
        mb(`after ${Math.min(EARLY_SECONDS, seconds / 5)} s`, early),
        mb('at the end', late),
        mb('a minute, last two thirds', slope),
      ],
    ),
    '',
    `Longest hold of the event loop under load: ${found.longestDelay} ms`,
    '',
    'Each kind by itself:',
    '',
    table(
      ['', 'outcome', 'first ms', 'its hold ms', 'median ms', 'longest hold ms'],
      alone.map((a) => [
        a.kind,
        a.refused ? 'refused' : 'answered',
        ...[a.firstMs, a.firstHold, a.ms, a.hold].map((ms) => rounded(ms, 1)),
      ]),
    ),
  ].join('\n');
}
