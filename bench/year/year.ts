import { memoryMb } from '../harness/proc.ts';
import { openBenchGround, settle } from '../harness/ground.ts';
import { stop } from '../harness/children.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { fillIn, startGateway } from './gateway.ts';
import {
  type ByChannel,
  type Ledger,
  type Point,
  differences,
  journalPoint,
  journalSince,
} from './journal.ts';
import type { KindFigures, MixedOutcome } from './load.ts';
import { measured } from './measured.ts';
import { YEARLY_QUERIES } from './mix.ts';
import { type YearStream, yearStreams } from './streams.ts';

export interface YearOptions {
  subjects: number;
  seconds: number;
  connections: number;
}

/** Of one kind of query, and of all. */
export type YearKind = KindFigures & { rps: number };

export interface YearFigures extends YearOptions {
  /** `YEARLY_QUERIES` at the rate of the run. */
  minutesForTheYear: number;
  /** CPU of gateway and PostgreSQL for one request, ms; `postgresMs` of it is PostgreSQL's. */
  cpuMs: number;
  postgresMs: number;
  /** Of the gateway (PSS), at the end. */
  memoryMb: number;
  all: YearKind;
  kinds: YearKind[];
  /** What the journal must hold, which is what it holds. */
  journal: Pick<Ledger, 'entries' | 'looks'>;
}

const WARM_UP = 20;
const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

/** Where every answer must stand. */
export function expectedLedger(
  streams: readonly YearStream[],
  { answers }: MixedOutcome,
): Pick<Ledger, 'entries' | 'looks'> {
  const entries: ByChannel = {};
  const looks: ByChannel = {};
  streams.forEach(({ channel, look }, i) => {
    const book = look ? looks : entries;
    book[channel] = (book[channel] ?? 0) + (answers[i] ?? 0);
  });
  return { entries, looks };
}

/**
 * The queries of the year 2016, in the report's shares, through `npm start` with everything on.
 * @throws Error where a request fails, or the journal is not the answers.
 */
export async function measureYear(options: YearOptions): Promise<YearFigures> {
  const { subjects, seconds, connections } = options;
  const bench = await openBenchGround();
  const { ground } = bench;
  say(`filling in ${subjects} subjects`);
  await fillIn(bench, subjects);
  const streams = await yearStreams(ground, subjects);
  await settle(ground, AGENCIES);
  const gateway = await startGateway(bench);
  let from: Point = { entry: '0', look: '0' };
  say(`${seconds} s of load`);
  const job = { streams, connections, warmUp: WARM_UP, seconds };
  const outcome = await measured(bench, gateway, job, async () => {
    from = await journalPoint(ground);
  });
  const memory = memoryMb([gateway.child.pid]);
  const expected = expectedLedger(streams, outcome);
  const wrong = differences(expected, await journalSince(ground, from));
  if (wrong.length > 0) throw new Error(`the journal is not the answers:\n${wrong.join('\n')}`);
  await stop(gateway.child);
  await bench.close();

  const rate = (kind: KindFigures): YearKind => ({
    ...kind,
    rps: rounded(kind.requests / outcome.seconds, 1),
    p50: rounded(kind.p50, 1),
    p99: rounded(kind.p99, 1),
    bytes: rounded(kind.bytes, 0),
  });
  const all = rate(outcome.all);
  return {
    ...options,
    minutesForTheYear: rounded(((YEARLY_QUERIES / all.requests) * outcome.seconds) / 60, 1),
    cpuMs: rounded(outcome.cpuMs, 3),
    postgresMs: rounded(outcome.postgresMs, 3),
    memoryMb: Math.round(memory),
    all,
    kinds: outcome.kinds.map(rate),
    journal: expected,
  };
}

const sum = (numbers: ByChannel): number => Object.values(numbers).reduce((a, b) => a + b, 0);

export function yearTable(found: YearFigures): string {
  const { subjects, seconds, connections, minutesForTheYear, all, kinds, journal } = found;
  return [
    `一年的查询 the queries of 2016: ${subjects} subjects, ${connections} connections, ${seconds} s`,
    '',
    table(
      ['', 'requests', 'requests/s', 'p50 ms', 'p99 ms', 'failed', 'bytes'],
      [...kinds, all].map((k) => [k.kind, k.requests, k.rps, k.p50, k.p99, k.failed, k.bytes]),
    ),
    '',
    table(
      [
        'minutes for the year',
        'CPU ms/request',
        'of it PostgreSQL',
        'memory MB',
        'journal entries',
        'public looks',
        'answers',
      ],
      [
        [
          minutesForTheYear,
          found.cpuMs,
          found.postgresMs,
          found.memoryMb,
          sum(journal.entries),
          sum(journal.looks),
          all.requests,
        ],
      ],
    ),
  ].join('\n');
}
