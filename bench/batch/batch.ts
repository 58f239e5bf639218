import { setTimeout as sleep } from 'node:timers/promises';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { stop } from '../harness/children.ts';
import { type BenchGround, openBenchGround, settle, withPool } from '../harness/ground.ts';
import { cpuMs, peakMb, postmasterOf } from '../harness/proc.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { organizationsOf, questionOver } from '../subject/question.ts';
import { fillIn, startGateway } from '../year/gateway.ts';

export interface BatchOptions {
  /** Firms of the job. */
  subjects: number;
}

export interface BatchFigures {
  firms: number;
  /** From the upload until the job stood in line, and until it was done. */
  acceptedSeconds: number;
  seconds: number;
  firmsPerSecond: number;
  /** Seconds of CPU: of the gateway's process, and of PostgreSQL. */
  cpuSeconds: number;
  postgresCpuSeconds: number;
  /** MB: the most that the gateway had in memory. */
  peakMb: number;
  passed: number;
  failed: number;
  unknown: number;
  journal: Journaled;
}

interface Journaled {
  entries: number;
  /** Named by all entries together; each of them is to be named once. */
  subjects: number;
  different: number;
}

interface Job {
  id: string;
  state: string;
  total: number;
  done: number;
  passed: number;
  failed: number;
  unknown: number;
}

const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);
/** One of so many subjects of the demonstration is a firm. */
const FIRM_EVERY = 5;
const LOOK_MS = 200;

const JOB = 'id state total done passed failed unknown';
const START = `mutation Start($file: String!) { startBatchCheck(input: { file: $file }) { job { ${JOB} } } }`;
const LOOK = `query Look($id: ID!) { job(id: $id) { ${JOB} } }`;

const JOURNALED = `select count(distinct e.id)::int as entries, count(s)::int as subjects, count(distinct s)::int as different
  from journal_entry e left join lateral unnest(e.subjects) s on true where e.operation like 'batchCheck job ' || $1 || ' slice %'`;

async function journaled({ ground }: BenchGround, job: string): Promise<Journaled> {
  const { rows } = await withPool(ground.databases.access.migratorUrl, (pool) =>
    pool.query<Journaled>(JOURNALED, [job]),
  );
  return rows[0] as Journaled;
}

/** One request. @throws Error where the answer has errors */
async function ask<T>(
  url: string,
  headers: Record<string, string>,
  query: string,
  variables: object,
): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: T; errors?: unknown };
  if (errors || !data) throw new Error(`status ${response.status}: ${text.slice(0, 500)}`);
  return data;
}

/**
 * One job of a batch check (批量核查) through `npm start`: a CSV file of firms, sent as an officer sends it, until the last of them is checked
 * and logged [SH-20b].
 * @throws Error where a firm is left out, or does not stand in the journal exactly once
 */
export async function measureBatch({ subjects: firms }: BatchOptions): Promise<BatchFigures> {
  const bench = await openBenchGround();
  const { ground } = bench;
  say(`filling in ${firms * FIRM_EVERY} subjects`);
  await fillIn(bench, firms * FIRM_EVERY);
  await settle(ground, AGENCIES);
  const codes = (await organizationsOf(ground)).slice(0, firms).map(({ code }) => code);
  if (codes.length < firms) throw new Error(`${codes.length} firms are on file, not ${firms}`);
  const file = Buffer.from(`统一社会信用代码\n${codes.join('\n')}\n`).toString('base64');
  const { headers } = await questionOver(ground);
  const gateway = await startGateway(bench);
  const own = [gateway.child.pid];
  const postmaster = [postmasterOf(ground.folder)];
  const before = [cpuMs(own), cpuMs(postmaster)] as const;
  say('checking');
  const began = performance.now();
  const since = (): number => rounded((performance.now() - began) / 1000, 1);
  let { job } = (await ask<{ startBatchCheck: { job: Job } }>(gateway.url, headers, START, { file }))
    .startBatchCheck;
  const acceptedSeconds = since();
  for (; job.state === 'QUEUED' || job.state === 'RUNNING'; await sleep(LOOK_MS))
    ({ job } = await ask<{ job: Job }>(gateway.url, headers, LOOK, { id: job.id }));
  const seconds = since();
  const cpuSeconds = rounded((cpuMs(own) - before[0]) / 1000, 1);
  const postgresCpuSeconds = rounded((cpuMs(postmaster) - before[1]) / 1000, 1);
  const peak = peakMb(own);
  const journal = await journaled(bench, job.id);
  if (job.state !== 'DONE' || job.done !== firms)
    throw new Error(`the job is ${job.state} after ${job.done} of ${firms} firms`);
  if (journal.subjects !== firms || journal.different !== firms)
    throw new Error(
      `of ${firms} firms ${journal.different} stand in the journal, ${journal.subjects} times together`,
    );
  await stop(gateway.child);
  await bench.close();
  const { passed, failed, unknown } = job;
  return {
    firms,
    acceptedSeconds,
    seconds,
    firmsPerSecond: Math.round(firms / seconds),
    cpuSeconds,
    postgresCpuSeconds,
    peakMb: Math.round(peak),
    passed,
    failed,
    unknown,
    journal,
  };
}

export function batchTable(found: BatchFigures): string {
  return [
    `批量核查 batch check of ${found.firms} firms by CSV: ${found.passed} passed, ${found.failed} failed, ${found.unknown} unknown`,
    '',
    table(
      [
        's until in line',
        's until done',
        'firms/s',
        'CPU s',
        'PostgreSQL CPU s',
        'peak MB',
        'journal entries',
        'firms in them',
      ],
      [
        [
          found.acceptedSeconds,
          found.seconds,
          found.firmsPerSecond,
          found.cpuSeconds,
          found.postgresCpuSeconds,
          found.peakMb,
          found.journal.entries,
          found.journal.different,
        ],
      ],
    ),
  ].join('\n');
}
