import { existsSync } from 'node:fs';
import { inspect } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import { catalogueTable, measureCatalogue } from './catalogue.ts';
import { demoTable, measureDemo } from './demo.ts';
import { cleanUp, cleanUpWhenInterrupted, isInterrupted } from './harness/cleanup.ts';
import { say } from './harness/table.ts';
import { importTable, measureImport } from './import/measure.ts';
import { compare, comparisonTable } from './subject/compare.ts';

/**
 * Benchmarks: `npm run bench` runs all of them in modest size, `npm run bench -- subject` one. Each works in a folder of its own under the
 * system's temporary one and removes it, also when interrupted.
 */

interface Options {
  seconds: number;
  rounds: number;
  connections: number[];
  rows?: number;
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
/** Of a run of everything. */
const MODEST_ROWS = 100_000;
const MODEST_SUBJECTS = 10_000;

async function subject({ seconds, rounds, connections, subjects = SUBJECTS }: Options): Promise<Found> {
  const figures = await compare({ seconds, rounds, connections, subjects });
  return { figures, table: comparisonTable(figures) };
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

const BENCHES: Record<string, (options: Options) => Promise<Found>> = {
  subject,
  import: imports,
  demo,
  catalogue,
};
const ALL = Object.keys(BENCHES);

async function run(name: string | undefined, given: Options): Promise<void> {
  const options = name ? given : { rows: MODEST_ROWS, subjects: MODEST_SUBJECTS, ...given };
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

const program = new Command('bench')
  .argument('[name]', `one of ${ALL.join(', ')}; all, in modest size, where left out`, (text) => {
    if (!ALL.includes(text)) throw new InvalidArgumentError(`must be one of ${ALL.join(', ')}`);
    return text;
  })
  .addOption(new Option('--seconds <n>', 'subject: of load for one figure').argParser(whole).default(5))
  .addOption(
    new Option('--rounds <n>', 'subject: rounds, of which the median counts').argParser(whole).default(3),
  )
  .option(
    '--connections <n,n>',
    'subject: connections of the load generator',
    (text) => text.split(',').map(whole),
    [64],
  )
  .option('--subjects <n>', 'subject, demo: subjects of demonstration data', whole)
  .option('--rows <n>', 'import: rows of the file', whole)
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
