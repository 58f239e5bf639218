import type { Ground } from '../../gateway/embedded/house.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { random } from '../../subgraphs/catalogue/random.ts';
import { type Child, freeze, stop } from '../harness/children.ts';
import { openBenchGround, settle, withPool } from '../harness/ground.ts';
import { peakMb } from '../harness/proc.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { startRaw } from '../peers/raw.ts';
import { ask, questionOver } from '../subject/question.ts';
import { type Gateway, fillIn, startGateway } from '../year/gateway.ts';
import type { Stream } from '../year/load.ts';
import { type Measured, measured } from '../year/measured.ts';

export interface BulkOptions {
  /** Of demonstration data, a fifth of them organizations. */
  subjects: number;
  seconds: number;
  connections: number;
  /** What is asked of each subject: the card (6 lists), or the whole file (14). */
  query: 'card' | 'file';
}

interface TargetFigures {
  pages: number;
  subjectsPerSecond: number;
  /** Milliseconds, of a page. */
  p50: number;
  p99: number;
  /** Milliseconds of the server and PostgreSQL, for a thousand subjects; `postgresMs` of it is PostgreSQL's. */
  cpuMsPerThousand: number;
  postgresMs: number;
}

export interface BulkFigures extends BulkOptions {
  ours: TargetFigures;
  /** One SQL statement a page behind plain HTTP, the limit: no token, policy or journal. */
  raw: TargetFigures;
  /** kB, of a page. */
  pageKb: number;
  /** MB: the most that the gateway had in memory. */
  peakMb: number;
  journal: Journaled;
}

interface Journaled {
  entries: number;
  /** Named by all entries together. */
  subjects: number;
  /** Disclosed by all entries together. */
  records: number;
}

const PAGE = 1_000;
/** Different pages that are asked. */
const PAGES = 200;
const WARM_UP = 20;
const RAW_PORT = 4360;
const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

/** Stands once for each subject in an answer, by which the answer is counted. */
const MARK = 'counted';

/** A query of one subject, `subject(code: $code)`, as one of many. */
export const ofMany = (query: string): string =>
  query
    .replace('$code: String!', '$codes: [String!]!')
    .replace('subject(code: $code) {', `subjects(codes: $codes) { ${MARK}: kind`);

/** Pages of organizations, none of them twice on a page. */
function pages(codes: readonly string[]): { codes: string[] }[] {
  const dice = random(1);
  return Array.from({ length: PAGES }, () => {
    const chosen = new Set<string>();
    while (chosen.size < PAGE) chosen.add(dice.pick(codes));
    return { codes: [...chosen] };
  });
}

const JOURNALED = `select count(*)::int as entries, coalesce(sum(cardinality(subjects)), 0)::int as subjects,
    coalesce(sum((select sum(n) from unnest(counts) n)), 0)::int as records
  from journal_entry where outcome = 'ANSWERED'`;

async function journaled({ databases }: Ground): Promise<Journaled> {
  const { rows } = await withPool(databases.access.migratorUrl, (pool) => pool.query<Journaled>(JOURNALED));
  return rows[0] as Journaled;
}

const figuresOf = ({ all, seconds, cpuMs, postgresMs }: Measured): TargetFigures => ({
  pages: all.requests,
  subjectsPerSecond: Math.round((all.requests * PAGE) / seconds),
  p50: rounded(all.p50, 1),
  p99: rounded(all.p99, 1),
  cpuMsPerThousand: rounded(cpuMs, 1),
  postgresMs: rounded(postgresMs, 1),
});

/**
 * `subjects(codes)` in pages of a thousand through `npm start`, then the same as one SQL statement behind plain HTTP, while the other is halted.
 * @throws Error where a page fails or is not whole, both differ, or the journal does not name every subject of every page.
 */
export async function measureBulk(options: BulkOptions): Promise<BulkFigures> {
  const { subjects, seconds, connections } = options;
  const bench = await openBenchGround();
  const { ground } = bench;
  say(`filling in ${subjects} subjects`);
  await fillIn(bench, subjects);
  const { query, headers, variables } = await questionOver(ground, options.query);
  if (variables.length < PAGE)
    throw new Error(
      `of ${subjects} subjects ${variables.length} are organizations, and a page takes ${PAGE}`,
    );
  await settle(ground, AGENCIES);
  const stream: Stream = {
    kind: 'page',
    weight: 1,
    query: ofMany(query),
    callers: [headers],
    variables: pages(variables.map(({ code }) => code)),
    holds: { text: `"${MARK}":`, times: PAGE },
  };
  const { children, url } = await startRaw(bench, stream.query, RAW_PORT);
  const raw: Gateway = { url: new URL(url).origin, child: children[0] as Child };
  const gateway = await startGateway(bench);
  const page = stream.variables[0] ?? {};
  const [own, one] = await Promise.all(
    [`${gateway.url}/graphql`, url].map((at) => ask(at, { query: stream.query, headers }, page)),
  );
  if (own !== one) throw new Error('a page of ours and of the one statement differ');
  let before: Journaled = { entries: 0, subjects: 0, records: 0 };
  say(`${seconds} s of load`);
  const job = { streams: [stream], connections, warmUp: WARM_UP, seconds };
  const ours = await measured(bench, gateway, job, async () => {
    before = await journaled(ground);
  });
  const peak = peakMb([gateway.child.pid]);
  const after = await journaled(ground);
  const journal = {
    entries: after.entries - before.entries,
    subjects: after.subjects - before.subjects,
    records: after.records - before.records,
  };
  const { requests, bytes } = ours.all;
  if (journal.entries !== requests || journal.subjects !== requests * PAGE) {
    throw new Error(
      `${requests} pages of ${PAGE}, but ${journal.entries} entries that name ${journal.subjects} subjects`,
    );
  }
  freeze([gateway.child]);
  say(`${seconds} s of load, one statement a page`);
  const limit = await measured(bench, raw, job);
  await Promise.all([gateway.child, raw.child].map(stop));
  await bench.close();
  return {
    ...options,
    ours: figuresOf(ours),
    raw: figuresOf(limit),
    pageKb: rounded(bytes / 1000, 0),
    peakMb: Math.round(peak),
    journal,
  };
}

export function bulkTable({
  query,
  connections,
  seconds,
  pageKb,
  ours,
  raw,
  peakMb,
  journal,
}: BulkFigures): string {
  const row = (name: string, figures: TargetFigures) => [
    name,
    figures.subjectsPerSecond,
    figures.pages,
    figures.p50,
    figures.p99,
    figures.cpuMsPerThousand,
    figures.postgresMs,
  ];
  return [
    `批量查询 pages of ${PAGE} subjects: the ${query}, ${connections} at once, ${seconds} s, ${pageKb} kB a page`,
    '',
    table(
      ['', 'subjects/s', 'pages', 'p50 ms', 'p99 ms', 'CPU ms/1000 subjects', 'of it PostgreSQL'],
      [row('ours', ours), row('raw', raw)],
    ),
    '',
    `${journal.entries} entries of the journal name ${journal.subjects} subjects and ${journal.records} records; the gateway had ${peakMb} MB at most`,
  ].join('\n');
}
