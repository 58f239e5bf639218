import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { stop } from '../harness/children.ts';
import { type BenchGround, openBenchGround } from '../harness/ground.ts';
import { cpuMs, postmasterOf } from '../harness/proc.ts';
import { median, quantile, rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { MATTER, UNIT, questionOver } from '../subject/question.ts';
import { type Gateway, fillIn, startGateway } from '../year/gateway.ts';
import { measured } from '../year/measured.ts';
import { WatchGround } from './ground.ts';

export interface WatchOptions {
  /** Subjects on the list, of each of which one record is put on file. */
  subjects: number;
  rounds: number;
  /** Of queries, with nothing to take in and beside a backlog. */
  seconds: number;
}

/** CPU time of the gateway's process and of PostgreSQL, in milliseconds. */
interface Cpu {
  own: number;
  postgres: number;
}

export interface WatchRound {
  /** From the commit of all records until the last alert stands. */
  seconds: number;
  /** Microseconds a change. */
  cpuUs: Cpu;
  /** Of the machine, at the end of the round. */
  load: number;
}

export interface WatchFigures {
  options: WatchOptions;
  rounds: WatchRound[];
  feed: { changes: number; perSecond: number; cpuUs: Cpu };
  /** Queries with nothing to take in, and beside a backlog, which takes CPU of its own. */
  queries: { quiet: Queries; beside: Queries };
}

interface Queries {
  perSecond: number;
  p50: number;
  p99: number;
  /** Milliseconds a query, with whatever else ran. */
  cpuMs: number;
  postgresMs: number;
  /** Changes taken in meanwhile. */
  taken: number;
}

const PAGE = 1_000;
const FILLED = 500;
/** More than is taken in while it is measured. */
const BACKLOG = 200_000;
const CONNECTIONS = 16;
const WARM_UP = 3;

const CHANGES = `query ($after: String) { changes(after: $after, first: ${PAGE}) { pageInfo { hasNextPage endCursor }
  nodes { position kind at jurisdiction visibleUntil item { code } subject { id }
    record { type id penalties { id title determinedOn revision ... on AdministrativePenalty { facts fineAmount } } } } } }`;

interface ChangesAnswer {
  data?: {
    changes: {
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: { record: { penalties: object | null } }[];
    };
  };
  errors?: unknown;
}

class Meter {
  readonly #own: number[];
  readonly #postgres: number[];

  constructor({ child }: Gateway, { ground }: BenchGround) {
    this.#own = [child.pid];
    this.#postgres = [postmasterOf(ground.folder)];
  }

  now(): Cpu {
    return { own: cpuMs(this.#own), postgres: cpuMs(this.#postgres) };
  }

  /** Microseconds for each of so many since then. */
  since(before: Cpu, count: number): Cpu {
    const now = this.now();
    const each = (of: keyof Cpu): number => rounded(((now[of] - before[of]) * 1_000) / count, 0);
    return { own: each('own'), postgres: each('postgres') };
  }
}

async function round(site: WatchGround, meter: Meter, subjects: number): Promise<WatchRound> {
  const watched = await site.watch(subjects);
  const [taken, told] = [await site.taken(), await site.alerts()];
  await site.penalize(watched);
  const before = meter.now();
  const begun = performance.now();
  await site.untilTaken(taken + subjects);
  const seconds = rounded((performance.now() - begun) / 1_000, 2);
  const cpuUs = meter.since(before, subjects);
  const raised = (await site.alerts()) - told;
  if (raised !== subjects) throw new Error(`${subjects} changes raised ${raised} alerts`);
  return { seconds, cpuUs, load: rounded(loadavg()[0] as number, 1) };
}

/** Reads the whole feed with its records, page after page, as a recipient does. @returns how many changes */
async function readAll({ url }: Gateway, token: string): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'query-purpose': MATTER,
      },
      body: JSON.stringify({ query: CHANGES, variables: { after } }),
    });
    const { data, errors } = (await response.json()) as ChangesAnswer;
    if (!data || errors) throw new Error(JSON.stringify(errors).slice(0, 500));
    const { nodes, pageInfo } = data.changes;
    count += nodes.length;
    if (!pageInfo.hasNextPage) return count;
    after = pageInfo.endCursor;
  }
}

/** The card of an organization, asked again and again. */
async function queries(
  bench: BenchGround,
  gateway: Gateway,
  site: WatchGround,
  seconds: number,
): Promise<Queries> {
  const { query, headers, variables } = await questionOver(bench.ground);
  const streams = [{ kind: 'card', weight: 1, query, callers: [headers], variables }];
  let before = 0;
  const job = { streams, connections: CONNECTIONS, warmUp: WARM_UP, seconds };
  const {
    all,
    cpuMs: cpu,
    postgresMs,
    ...found
  } = await measured(bench, gateway, job, async () => {
    before = await site.taken();
  });
  return {
    perSecond: rounded(all.requests / found.seconds, 0),
    p50: rounded(all.p50, 1),
    p99: rounded(all.p99, 1),
    cpuMs: rounded(cpu, 2),
    postgresMs: rounded(postgresMs, 2),
    taken: (await site.taken()) - before,
  };
}

/** How soon alerts stand after many records were put on file at once, how fast a recipient reads their changes, and what a backlog does to queries. */
export async function measureWatch(options: WatchOptions): Promise<WatchFigures> {
  const { subjects } = options;
  const bench = await openBenchGround();
  // An empty installation would fill itself with more.
  await fillIn(bench, FILLED);
  const gateway = await startGateway(bench);
  const site = await WatchGround.open(bench);
  const meter = new Meter(gateway, bench);
  const rounds: WatchRound[] = [];
  try {
    await site.untilSettled(bench);
    await round(site, meter, PAGE);
    for (let n = 1; n <= options.rounds; n++) {
      const found = await round(site, meter, subjects);
      say(`round ${n} of ${options.rounds}: ${subjects} alerts in ${found.seconds} s, load ${found.load}`);
      rounds.push(found);
    }
    const token = await issueToken(bench.ground.secrets.tokenPrivateKey, {
      sub: randomUUID(),
      role: 'agency',
      unit: UNIT,
      name: '基准测试',
    });
    const before = meter.now();
    const begun = performance.now();
    const changes = await readAll(gateway, token);
    const seconds = (performance.now() - begun) / 1_000;
    const perSecond = rounded(changes / seconds, 0);
    const feed = { changes, perSecond, cpuUs: meter.since(before, changes) };
    say(`queries for ${options.seconds} s, then beside a backlog of ${BACKLOG} changes`);
    const quiet = await queries(bench, gateway, site, options.seconds);
    await site.penalize(Array.from({ length: BACKLOG }, () => randomUUID()));
    const beside = await queries(bench, gateway, site, options.seconds);
    return { options, rounds, feed, queries: { quiet, beside } };
  } finally {
    await site.close();
    await stop(gateway.child);
    await bench.close();
  }
}

const columnsOf = ({ perSecond, p50, p99, cpuMs: cpu, postgresMs, taken }: Queries): number[] => [
  perSecond,
  p50,
  p99,
  cpu,
  postgresMs,
  taken,
];

export function watchTable({ options, rounds, feed, queries: { quiet, beside } }: WatchFigures): string {
  const spread = (of: (round: WatchRound) => number): string => {
    const all = rounds.map(of);
    return `${rounded(median(all), 2)} (${quantile(all, 0)} – ${quantile(all, 1)})`;
  };
  return [
    `监测预警 alerts: ${options.subjects} records put on file at once, all of subjects on one list; ${rounds.length} rounds, median (least – most)`,
    '',
    table(
      ['', 'of a round'],
      [
        ['s until the last alert stands', spread((r) => r.seconds)],
        ['µs CPU a change, gateway', spread((r) => r.cpuUs.own)],
        ['µs CPU a change, PostgreSQL', spread((r) => r.cpuUs.postgres)],
        ['load average', spread((r) => r.load)],
      ],
    ),
    '',
    '信息变更 the feed, read by one recipient with its records, journaled',
    '',
    table(
      ['changes', 'changes/s', 'µs CPU a change, gateway', 'PostgreSQL'],
      [[feed.changes, feed.perSecond, feed.cpuUs.own, feed.cpuUs.postgres]],
    ),
    '',
    `查询 the card, ${CONNECTIONS} at once for ${options.seconds} s, alone and beside a backlog of ${BACKLOG} changes; CPU is that of everything`,
    '',
    table(
      ['', 'queries/s', 'p50 ms', 'p99 ms', 'CPU ms/query', 'of it PostgreSQL', 'changes taken in'],
      [
        ['alone', ...columnsOf(quiet)],
        ['beside', ...columnsOf(beside)],
      ],
    ),
  ].join('\n');
}
