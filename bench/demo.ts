import { text } from 'node:stream/consumers';
import { ended, launch, logOf } from './harness/children.ts';
import { openBenchGround } from './harness/ground.ts';
import { say, table } from './harness/table.ts';

/** As `credit demo --json` tells it: the time of filling alone, without the command's start. */
export interface DemoFigures {
  subjects: number;
  records: number;
  seconds: number;
  recordsPerSecond: number;
}

/** Fills an empty installation with demonstration data. */
export async function measureDemo(subjects: number): Promise<DemoFigures> {
  const bench = await openBenchGround();
  say(`filling in ${subjects} subjects`);
  const demo = launch('demo', {
    file: 'cli/credit.ts',
    args: ['demo', '--subjects', String(subjects), '--json'],
    folder: bench.folder,
    env: bench.env,
    stdout: 'pipe',
  });
  if (!demo.process.stdout) throw new Error('the command has no output');
  const said = await text(demo.process.stdout);
  if ((await ended(demo)) !== 0) throw new Error(`credit demo failed\n${logOf(demo)}`);
  await bench.close();
  return JSON.parse(said) as DemoFigures;
}

export const demoTable = ({ subjects, records, seconds, recordsPerSecond }: DemoFigures): string =>
  [
    '演示数据 demonstration data',
    '',
    table(
      ['subjects', 'records', 'seconds', 'records/s'],
      [[subjects, records, Number(seconds.toFixed(1)), recordsPerSecond]],
    ),
  ].join('\n');
