import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { partQuery } from '../../cli/report/query.ts';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { addDays } from '../../policy/dates.ts';
import { freePort } from '../../platform/postgres/ports.ts';
import { untilAtRest } from '../harness/atRest.ts';
import { type Child, hasEnded, launch, logOf, stop } from '../harness/children.ts';
import { type BenchGround, openBenchGround, superuserUrl, withPool } from '../harness/ground.ts';
import { optionsFile } from '../harness/options.ts';
import { postmasterOf } from '../harness/proc.ts';
import { median, quantile, rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { unitCodes } from './catalogue.ts';
import { type Filled, TAIL, fillReport } from './fill.ts';
import type { HeldOptions } from './gateway.ts';

export interface ReportOptions {
  /** Entries of the journal. */
  rows: number;
  /** Calls after the first. */
  rounds: number;
}

/** Milliseconds of calls over HTTP, and how long at most the event loop of the gateway was held by one. */
interface Calls {
  name: string;
  from: string;
  to: string;
  /** Right after a start, with TAIL entries that are not counted. */
  first: number;
  firstHeld: number;
  /** With as many, and none. */
  uncounted: number[];
  later: number[];
  laterHeld: number;
  bytes: number;
}

export interface ReportFigures {
  options: ReportOptions;
  filled: Filled;
  calls: Calls[];
  /** The last of them, with nothing kept of what months come to: they are all worked out. */
  anew: { ms: number; held: number };
  load: number;
}

const FIRST_PORT = 4500;
const PATIENCE_MS = 120_000;

const QUERY = partQuery('queries');

interface Gateway {
  url: string;
  heldUrl: string;
  child: Child;
}

const isReady = async (...urls: string[]): Promise<boolean> => {
  try {
    return (await Promise.all(urls.map((one) => fetch(one)))).every(({ ok }) => ok);
  } catch {
    return false;
  }
};

async function start({ folder, env }: BenchGround): Promise<Gateway> {
  const port = await freePort(FIRST_PORT);
  const heldPort = await freePort(port + 1);
  const child = launch('gateway', {
    file: 'bench/report/gateway.ts',
    args: [optionsFile(folder, 'report', { heldPort } satisfies HeldOptions)],
    folder,
    env: { ...env, PORT: String(port), SUBGRAPH_TIMEOUT_MS: String(PATIENCE_MS) },
  });
  const [url, heldUrl] = [port, heldPort].map((one) => `http://127.0.0.1:${one}`) as [string, string];
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    const ready = await isReady(`${url}/readyz`, heldUrl);
    if (ready) return { url, heldUrl, child };
    if (hasEnded(child) || Date.now() > deadline)
      throw new Error(`the gateway does not start\n${logOf(child)}`);
  }
}

interface Call {
  ms: number;
  held: number;
  bytes: number;
}

async function call(
  { url, heldUrl }: Gateway,
  token: string,
  variables: { from: string; to: string },
): Promise<Call> {
  await (await fetch(heldUrl)).text();
  const begun = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: QUERY, variables }),
  });
  const text = await response.text();
  const ms = performance.now() - begun;
  if (text.includes('"errors"')) throw new Error(text.slice(0, 2_000));
  return { ms, held: Number(await (await fetch(heldUrl)).text()), bytes: text.length };
}

/** While it is held nothing is counted: entries stay as they are. */
const HOLD = 'select from journal_counted where id = 1 for update';

async function untilCounted(url: string): Promise<void> {
  const LEFT = `select count(*)::int as left from journal_entry where seq > (select least(seq, use_seq) from journal_counted)`;
  await withPool(url, async (pool) => {
    for (;;) {
      if ((await pool.query<{ left: number }>(LEFT)).rows[0]?.left === 0) return;
      await sleep(500);
    }
  });
}

function periodsOf({ from, today }: Filled): Pick<Calls, 'name' | 'from' | 'to'>[] {
  const month = addDays(`${today.slice(0, 7)}-01`, -1);
  const year = String(Number(today.slice(0, 4)) - 1);
  return [
    { name: 'a month', from: `${month.slice(0, 7)}-01`, to: month },
    { name: 'a year', from: `${year}-01-01`, to: `${year}-12-31` },
    { name: 'days within months', from: `${year}-02-11`, to: `${year}-11-19` },
    { name: 'all, to today', from, to: today },
  ];
}

/** The part `queries` of the operating report, with all of its tables, over a journal of so many entries. */
export async function measureReport(options: ReportOptions): Promise<ReportFigures> {
  const bench = await openBenchGround();
  try {
    const filled = await fillReport(bench, options.rows);
    const access = superuserUrl(bench.ground, 'access');
    const token = await issueToken(bench.ground.secrets.tokenPrivateKey, {
      sub: 'bench',
      role: 'center',
      unit: unitCodes[0],
      name: '王五',
    });
    const calls: Calls[] = [];
    const periods = periodsOf(filled);
    const holder = new pg.Client({ connectionString: access });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query(HOLD);
      // Sealing what was filled in, and counting it for reviews, is not what is measured.
      const sealing = await start(bench);
      await untilAtRest([sealing.child.pid, postmasterOf(bench.ground.folder)]);
      await stop(sealing.child);
      for (const period of periods) {
        say(`${period.name}: ${period.from} to ${period.to}`);
        const gateway = await start(bench);
        const first = await call(gateway, token, period);
        const uncounted: Call[] = [];
        for (let n = 0; n < options.rounds; n++) uncounted.push(await call(gateway, token, period));
        await stop(gateway.child);
        calls.push({
          ...period,
          first: first.ms,
          firstHeld: first.held,
          uncounted: uncounted.map(({ ms }) => ms),
          later: [],
          laterHeld: Math.max(...uncounted.map(({ held }) => held)),
          bytes: first.bytes,
        });
      }
    } finally {
      await holder.end();
    }
    say('nothing is kept');
    await withPool(access, (pool) => pool.query('truncate journal_month_figures'));
    const empty = await start(bench);
    const anew = await call(empty, token, periods.at(-1) as (typeof periods)[number]);
    await stop(empty.child);
    const gateway = await start(bench);
    say('entries are counted');
    await untilCounted(access);
    for (const one of calls) {
      await call(gateway, token, one);
      const later: Call[] = [];
      for (let n = 0; n < options.rounds; n++) later.push(await call(gateway, token, one));
      one.later = later.map(({ ms }) => ms);
      one.laterHeld = Math.max(one.laterHeld, ...later.map(({ held }) => held));
    }
    await stop(gateway.child);
    return { options, filled, calls, anew, load: rounded(loadavg()[0] as number, 1) };
  } finally {
    await bench.close();
  }
}

export function reportTable({ options, filled, calls, anew, load }: ReportFigures): string {
  const ms = (n: number): string => n.toFixed(0);
  const spread = (all: readonly number[]): string =>
    `${ms(median(all))} (${ms(quantile(all, 0))} – ${ms(quantile(all, 1))})`;
  return [
    `运行情况报告 operating report: part queries with all tables, ${options.rows} entries; ${filled.days} rows by day, ${filled.months} by month, ${filled.uses} of uses by day;`,
    `${options.rounds} later calls, median (least – most); not counted: ${TAIL} entries; load average at the end ${load}`,
    '',
    table(
      [
        'period',
        'kB',
        'first after a start ms',
        'later, not counted',
        'later, counted',
        'loop held ms, first',
        'later',
      ],
      calls.map((one) => [
        one.name,
        Math.round(one.bytes / 1_000),
        ms(one.first),
        spread(one.uncounted),
        spread(one.later),
        ms(one.firstHeld),
        ms(one.laterHeld),
      ]),
    ),
    '',
    `${calls.at(-1)?.name}, first, with nothing kept of what months come to: ${ms(anew.ms)} ms, loop held ${ms(anew.held)} ms`,
  ].join('\n');
}
