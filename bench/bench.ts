import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import { batchTable, measureBatch } from './batch/batch.ts';
import { bulkTable, measureBulk } from './bulk/bulk.ts';
import { catalogueTable, measureCatalogue } from './catalogue.ts';
import { demoTable, measureDemo } from './demo.ts';
import { cleanUp, cleanUpWhenInterrupted, isInterrupted } from './harness/cleanup.ts';
import { say } from './harness/table.ts';
import { importTable, measureImport } from './import/measure.ts';
import { measureReport, reportTable } from './report/report.ts';
import { measureScale } from './scale/scale.ts';
import { scaleTable } from './scale/table.ts';
import { measureSeal, sealTable } from './seal/seal.ts';
import { measureSoak, soakTable } from './soak/soak.ts';
import { compare, comparisonTable } from './subject/compare.ts';
import { measureParts, partsTable } from './subject/parts.ts';
import { TARGET_NAMES, type TargetName } from './subject/targets.ts';
import { measureWatch, watchTable } from './watch/watch.ts';
import { measureYear, yearTable } from './year/year.ts';

/**
 * Benchmarks: `npm run bench` runs all of them in modest size, `npm run bench -- subject` one. Each works in a folder of its own under the
 * system's temporary one and removes it, also when interrupted.
 */

interface Options {
  seconds?: number;
  rounds?: number;
  connections?: number[];
  targets?: TargetName[];
  query?: 'card' | 'file';
  rows?: number;
  records?: number[];
  rate?: number;
  subjects?: number;
  json?: boolean;
}

/** Figures for programs, and the same for people. */
interface Found {
  figures: object;
  table: string;
}

const SUBJECTS = 20_000;
const DEMO_SUBJECTS = 50_000;
const ROWS = 1_000_000;
const ROUNDS = 3;
const SECONDS = 5;
const CONNECTIONS = [1, 16, 64];
const YEAR = { subjects: 50_000, seconds: 300 };
/** More pages at once than that no caller has use for. */
const BULK = { subjects: 100_000, seconds: 20, connections: 2, mostConnections: 4 };
/** As many as the largest batch of the 2016 report. */
const BATCH_SUBJECTS = 80_000;
const SCALE = { records: [1_000_000, 31_400_000], seconds: 20, connections: [1, 64] };
const WATCHED = 20_000;
const REPORT_ROWS = 10_000_000;
const SEAL = { rate: 5_000, seconds: 20 };
const SOAK = { subjects: 20_000, seconds: 600 };
/** Of the year's queries and of the soak. */
const MIXED_CONNECTIONS = 64;
/** Of a run of everything. */
const MODEST: Options = {
  rounds: 1,
  seconds: 3,
  connections: [64],
  rows: 100_000,
  records: [200_000],
  subjects: 10_000,
};

async function subject(options: Options): Promise<Found> {
  const figures = await compare({
    query: options.query ?? 'card',
    targets: options.targets ?? TARGET_NAMES,
    subjects: options.subjects ?? SUBJECTS,
    rounds: options.rounds ?? ROUNDS,
    seconds: options.seconds ?? SECONDS,
    connections: options.connections ?? CONNECTIONS,
  });
  return { figures, table: comparisonTable(figures) };
}

async function parts(options: Options): Promise<Found> {
  const figures = await measureParts({
    subjects: options.subjects ?? SUBJECTS,
    rounds: options.rounds ?? ROUNDS,
    seconds: options.seconds ?? SECONDS,
    connections: Math.max(...(options.connections ?? CONNECTIONS)),
  });
  return { figures, table: partsTable(figures) };
}

async function imports({ rows = ROWS }: Options): Promise<Found> {
  const figures = await measureImport(rows);
  return { figures, table: importTable(figures) };
}

async function demo({ subjects = DEMO_SUBJECTS }: Options): Promise<Found> {
  const figures = await measureDemo(subjects);
  return { figures, table: demoTable(figures) };
}

async function catalogue(): Promise<Found> {
  const figures = await measureCatalogue();
  return { figures, table: catalogueTable(figures) };
}

const most = (connections: readonly number[] = [MIXED_CONNECTIONS]): number => Math.max(...connections);

async function year({ subjects, seconds, connections }: Options): Promise<Found> {
  const figures = await measureYear({
    subjects: subjects ?? YEAR.subjects,
    seconds: seconds ?? YEAR.seconds,
    connections: most(connections),
  });
  return { figures, table: yearTable(figures) };
}

async function bulk({ subjects, seconds, connections, query = 'card' }: Options): Promise<Found> {
  const figures = await measureBulk({
    subjects: subjects ?? BULK.subjects,
    seconds: seconds ?? BULK.seconds,
    connections: Math.min(BULK.mostConnections, most(connections ?? [BULK.connections])),
    query,
  });
  return { figures, table: bulkTable(figures) };
}

async function batch({ subjects = BATCH_SUBJECTS }: Options): Promise<Found> {
  const figures = await measureBatch({ subjects });
  return { figures, table: batchTable(figures) };
}

async function scale({ records, seconds, connections }: Options): Promise<Found> {
  const figures = await measureScale({
    records: records ?? SCALE.records,
    seconds: seconds ?? SCALE.seconds,
    connections: connections ?? SCALE.connections,
  });
  return { figures, table: scaleTable(figures) };
}

async function report({ rows, rounds }: Options): Promise<Found> {
  const figures = await measureReport({ rows: rows ?? REPORT_ROWS, rounds: rounds ?? ROUNDS });
  return { figures, table: reportTable(figures) };
}

async function seal({ rate, seconds, rounds }: Options): Promise<Found> {
  const figures = await measureSeal({
    rate: rate ?? SEAL.rate,
    seconds: seconds ?? SEAL.seconds,
    rounds: rounds ?? ROUNDS,
  });
  return { figures, table: sealTable(figures) };
}

async function soak({ subjects, seconds, connections }: Options): Promise<Found> {
  const figures = await measureSoak({
    subjects: subjects ?? SOAK.subjects,
    seconds: seconds ?? SOAK.seconds,
    connections: most(connections),
  });
  return { figures, table: soakTable(figures) };
}

async function watch({
  subjects = WATCHED,
  rounds = ROUNDS,
  seconds = 2 * SECONDS,
}: Options): Promise<Found> {
  const figures = await measureWatch({ subjects, rounds, seconds });
  return { figures, table: watchTable(figures) };
}

const BENCHES: Record<string, (options: Options) => Promise<Found>> = {
  subject,
  parts,
  import: imports,
  demo,
  catalogue,
  year,
  bulk,
  batch,
  scale,
  seal,
  report,
  soak,
  watch,
};
const ALL = Object.keys(BENCHES);

async function run(name: string | undefined, given: Options): Promise<void> {
  const options = name ? given : { ...MODEST, ...given };
  const figures: Record<string, object> = {};
  for (const each of name ? [name] : ALL) {
    const found = await (BENCHES[each] as (options: Options) => Promise<Found>)(options);
    figures[each] = found.figures;
    if (!given.json) process.stdout.write(`\n${found.table}\n`);
  }
  if (given.json) process.stdout.write(`${JSON.stringify(name ? figures[name] : figures)}\n`);
}

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
};

const target = (name: string): TargetName => {
  const found = TARGET_NAMES.find((known) => known === name);
  if (!found) throw new InvalidArgumentError(`must be of ${TARGET_NAMES.join(', ')}`);
  return found;
};

const program = new Command('bench')
  .argument('[name]', `one of ${ALL.join(', ')}; all, in modest size, where left out`, (text) => {
    if (!ALL.includes(text)) throw new InvalidArgumentError(`must be one of ${ALL.join(', ')}`);
    return text;
  })
  .option(
    '--seconds <n>',
    `of load for one figure; ${SECONDS} where left out (year ${YEAR.seconds}, bulk ${BULK.seconds}, scale ${SCALE.seconds}, seal ${SEAL.seconds}, soak ${SOAK.seconds})`,
    whole,
  )
  .option(
    '--rounds <n>',
    `subject, parts, seal, watch, report: rounds, of which the median counts; ${ROUNDS}`,
    whole,
  )
  .option(
    '--connections <n,n>',
    `of the load generator; ${CONNECTIONS.join(',')} (year, soak ${MIXED_CONNECTIONS}, bulk ${BULK.connections}, scale ${SCALE.connections.join(',')})`,
    (text) => text.split(',').map(whole),
  )
  .option('--targets <a,b>', `subject: of ${TARGET_NAMES.join(', ')}; all`, (text) =>
    text.split(',').map(target),
  )
  .addOption(
    new Option('--query <name>', 'subject, bulk: the card (6 lists) or the whole file (14)').choices([
      'card',
      'file',
    ]),
  )
  .option(
    '--subjects <n>',
    `subjects of demonstration data, where a bench has any; batch: firms of the job, ${BATCH_SUBJECTS}`,
    whole,
  )
  .option('--records <n,n>', `scale: records on file; ${SCALE.records.join(',')}`, (text) =>
    text.split(',').map(whole),
  )
  .option('--rate <n>', `seal: entries a second; ${SEAL.rate}`, whole)
  .option('--rows <n>', `import: rows of the file; report: entries of the journal, ${REPORT_ROWS}`, whole)
  .option('--json', 'print one JSON object, last on stdout')
  .action(run);

if (!existsSync('/proc/self/stat')) {
  say('CPU time and memory are read from /proc, which only Linux has');
  process.exit(1);
}
cleanUpWhenInterrupted();
try {
  await program.parseAsync();
} catch (error) {
  if (!isInterrupted()) say(inspect(error));
  process.exitCode = 1;
} finally {
  await cleanUp();
}
