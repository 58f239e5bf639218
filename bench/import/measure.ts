import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ended, launch, logOf } from '../harness/children.ts';
import { type BenchGround, openBenchGround } from '../harness/ground.ts';
import { cpuMs, memoryMb, peakMb, postmasterOf } from '../harness/proc.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { TARGET, writePenalties } from './penalties.ts';

/** One run of `credit import`, from the start of the command to its end. */
export interface ImportRun {
  seconds: number;
  rowsPerSecond: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** MB: the most that the command had in memory. */
  peakMb: number;
  /** MB: the most of command and PostgreSQL together, its shared cache included. */
  peakWithPostgresMb: number;
  /** Seconds of CPU: of the command, and of PostgreSQL. */
  cpuSeconds: number;
  postgresCpuSeconds: number;
}

export interface ImportFigures {
  rows: number;
  fileMb: number;
  first: ImportRun;
  /** The same file once more: nothing may change. */
  again: ImportRun;
}

const LOOK_MS = 250;

async function run(file: string, rows: number, { ground, folder, env }: BenchGround): Promise<ImportRun> {
  const postmaster = postmasterOf(ground.folder);
  const postgresBefore = cpuMs([postmaster]);
  const began = performance.now();
  const child = launch('import', {
    file: 'cli/bin.js',
    args: ['import', file, ...TARGET, '--json'],
    folder,
    env,
    stdout: 'pipe',
  });
  let peak = 0;
  let together = 0;
  let cpu = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakMb([child.pid]));
    together = Math.max(together, memoryMb([child.pid, postmaster]));
    cpu = Math.max(cpu, cpuMs([child.pid]));
  }, LOOK_MS);
  try {
    if (!child.process.stdout) throw new Error('the import has no output');
    const said = await text(child.process.stdout);
    const status = await ended(child);
    const seconds = (performance.now() - began) / 1000;
    if (status !== 0)
      throw new Error(`credit import ended with status ${status}\n${said.slice(0, 2_000)}\n${logOf(child)}`);
    const { received, accepted, duplicates, rejected } = JSON.parse(said) as Record<string, number> & {
      received: number;
    };
    if (received !== rows) throw new Error(`${received} rows were received, not ${rows}`);
    return {
      seconds: rounded(seconds, 1),
      rowsPerSecond: Math.round(rows / seconds),
      accepted: accepted ?? 0,
      duplicates: duplicates ?? 0,
      rejected: rejected ?? 0,
      peakMb: Math.round(peak),
      peakWithPostgresMb: Math.round(together),
      cpuSeconds: rounded(cpu / 1000, 1),
      postgresCpuSeconds: rounded((cpuMs([postmaster]) - postgresBefore) / 1000, 1),
    };
  } finally {
    clearInterval(look);
  }
}

/** `credit import` of a penalty file of so many rows, and of the same file again. @throws Error where a row is lost or doubled. */
export async function measureImport(rows: number): Promise<ImportFigures> {
  const bench = await openBenchGround();
  const file = join(bench.folder, 'penalties.csv');
  say(`writing ${rows} rows`);
  await writePenalties(file, rows);
  say('importing');
  const first = await run(file, rows, bench);
  say(`${first.seconds} s; importing the same file again`);
  const again = await run(file, rows, bench);
  const fileMb = rounded((await stat(file)).size / 1e6, 0);
  await bench.close();
  if (first.accepted !== rows || again.duplicates !== rows) {
    throw new Error(
      `of ${rows} rows ${first.accepted} were accepted, then ${again.duplicates} were duplicates`,
    );
  }
  return { rows, fileMb, first, again };
}

export function importTable({ rows, fileMb, first, again }: ImportFigures): string {
  const line = (name: string, r: ImportRun) => [
    name,
    r.seconds,
    r.rowsPerSecond,
    r.accepted,
    r.duplicates,
    r.cpuSeconds,
    r.postgresCpuSeconds,
    r.peakMb,
    r.peakWithPostgresMb,
  ];
  return [
    `导入 import: ${rows} penalty rows (penalty-2018, ${fileMb} MB)`,
    '',
    table(
      [
        '',
        'seconds',
        'rows/s',
        'accepted',
        'duplicates',
        'CPU s',
        'PostgreSQL CPU s',
        'peak MB',
        'with PostgreSQL MB',
      ],
      [line('first', first), line('again', again)],
    ),
  ].join('\n');
}
