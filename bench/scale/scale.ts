import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { stop } from '../harness/children.ts';
import { openBenchGround, settle } from '../harness/ground.ts';
import { rounded } from '../harness/stats.ts';
import { say } from '../harness/table.ts';
import { questionOver } from '../subject/question.ts';
import { startGateway, untilTidy } from '../year/gateway.ts';
import { measured } from '../year/measured.ts';
import { checkDisk, fillTo } from './fill.ts';
import { type TableState, readBetween, tableStates } from './keys.ts';

export interface ScaleOptions {
  /** About how many, smallest first. */
  records: readonly number[];
  seconds: number;
  connections: readonly number[];
}

/** The standard query at one number of connections. CPU is that of gateway and PostgreSQL for one request. */
export interface Query {
  connections: number;
  rps: number;
  /** ms */
  p50: number;
  p99: number;
  cpuMs: number;
  postgresMs: number;
}

interface Load {
  subjects: number;
  seconds: number;
  /** Of these, making the subjects' codes and ids, and making keys and indexes. */
  codeSeconds: number;
  indexSeconds: number;
  recordsPerSecond: number;
  /** VACUUM ANALYZE afterwards. */
  vacuumSeconds: number;
}

export interface Size {
  records: number;
  load: Load;
  /** With indexes, and of that the indexes'. */
  bytesPerRecord: number;
  indexBytesPerRecord: number;
  gigabytes: number;
  queries: Query[];
  /** How tables were read while the queries ran. */
  tables: TableState[];
}

export interface ScaleFigures {
  sizes: Size[];
}

const WARM_UP = 20;
const AGENCIES = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records);

const isRecords = ({ table, bySubject }: TableState): boolean => bySubject && table !== 'subject';

async function measureSize(records: number, { seconds, connections }: ScaleOptions): Promise<Size> {
  const bench = await openBenchGround();
  const { ground } = bench;
  checkDisk(bench.folder, records);
  const { subjects, ...times } = await fillTo(bench, records);
  const filled = performance.now();
  await settle(ground, AGENCIES);
  const vacuumSeconds = (performance.now() - filled) / 1000;
  const before = await tableStates(ground);
  const question = await questionOver(ground);
  const stream = {
    kind: 'card',
    weight: 1,
    query: question.query,
    callers: [question.headers],
    variables: question.variables,
  };
  const gateway = await startGateway(bench);
  say('waiting for the end of the first tidy-up');
  await untilTidy(bench, gateway);
  const queries: Query[] = [];
  for (const each of connections) {
    const job = { streams: [stream], connections: each, warmUp: WARM_UP, seconds };
    const { all, ...found } = await measured(bench, gateway, job);
    queries.push({
      connections: each,
      rps: rounded(all.requests / found.seconds, 0),
      p50: rounded(all.p50, 2),
      p99: rounded(all.p99, 1),
      cpuMs: rounded(found.cpuMs, 3),
      postgresMs: rounded(found.postgresMs, 3),
    });
  }
  // Its sessions tell how they read when they end.
  await stop(gateway.child);
  const tables = readBetween(before, await tableStates(ground));
  await bench.close();

  const recordTables = tables.filter(isRecords);
  const total = (of: (state: TableState) => number) =>
    recordTables.reduce((sum, state) => sum + of(state), 0);
  const found = total(({ rows }) => rows);
  const bytes = total((state) => state.bytes);
  return {
    records: found,
    load: {
      subjects,
      seconds: rounded(times.seconds, 1),
      codeSeconds: rounded(times.codeSeconds, 1),
      indexSeconds: rounded(times.indexSeconds, 1),
      recordsPerSecond: Math.round(found / times.seconds),
      vacuumSeconds: rounded(vacuumSeconds, 1),
    },
    bytesPerRecord: Math.round(bytes / found),
    indexBytesPerRecord: Math.round(total((state) => state.indexBytes) / found),
    gigabytes: rounded(bytes / 1e9, 2),
    queries,
    tables,
  };
}

/**
 * The standard query over so many records and over many more.
 * @throws Error where the disk has too little room, or a request fails.
 */
export async function measureScale(options: ScaleOptions): Promise<ScaleFigures> {
  const sizes: Size[] = [];
  for (const records of options.records) {
    say(`${records} records`);
    sizes.push(await measureSize(records, options));
  }
  return { sizes };
}
