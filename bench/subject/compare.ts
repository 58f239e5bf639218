import { ended, freeze, launch, logOf, stop, thaw } from '../harness/children.ts';
import { type BenchGround, openBenchGround, settle } from '../harness/ground.ts';
import { postmasterOf } from '../harness/proc.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { type AnswerSize, checkEqual } from './equal.ts';
import { type Figures, medians, sample } from './figures.ts';
import { questionOver } from './question.ts';
import {
  AGENCIES,
  TARGET_NAMES,
  type Target,
  type TargetName,
  startTarget,
  untilAnswers,
} from './targets.ts';

export interface CompareOptions {
  subjects: number;
  rounds: number;
  /** Of load for one figure. */
  seconds: number;
  connections: readonly number[];
}

/** The figures of a target at most connections, and under `at` those at each number. */
export type TargetFigures = Figures & { at: Figures[] };

export type Comparison = Record<TargetName, TargetFigures> & {
  subjects: number;
  rounds: number;
  answer: AnswerSize;
};

async function fill({ folder, env }: BenchGround, subjects: number): Promise<void> {
  const args = ['demo', '--subjects', String(subjects), '--json'];
  const demo = launch('demo', { file: 'cli/credit.ts', args, folder, env });
  if ((await ended(demo)) !== 0)
    throw new Error(`the demonstration data could not be filled in\n${logOf(demo)}`);
}

/**
 * The unified query through this gateway, in both shapes, and through a stock @apollo/gateway, over the same databases in one run. Targets
 * take turns; those that are not being measured are frozen.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { subjects, rounds, seconds, connections: counts } = options;
  const bench = await openBenchGround();
  say(`filling in ${subjects} subjects`);
  await fill(bench, subjects);
  await settle(bench.ground, AGENCIES);
  const question = await questionOver(bench.ground);
  const targets: Target[] = [];
  for (const name of TARGET_NAMES) {
    say(`starting ${name}`);
    targets.push(await startTarget(name, bench, question));
  }
  const { bytes, records } = await checkEqual(targets, question);
  for (const { children } of targets) freeze(children);

  const postmaster = postmasterOf(bench.ground.folder);
  const samples = new Map<TargetName, Figures[]>(TARGET_NAMES.map((name) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const target of targets) {
      thaw(target.children);
      await untilAnswers(target, question);
      for (const connections of counts) {
        const figures = await sample(target, question, postmaster, { connections, seconds });
        samples.get(target.name)?.push(figures);
        const { rps, cpuMs } = figures;
        say(
          `round ${round}: ${target.name} at ${connections}: ${rps.toFixed(0)}/s, ${cpuMs.toFixed(2)} ms CPU`,
        );
      }
      freeze(target.children);
    }
  }
  await Promise.all(targets.flatMap(({ children }) => children.map(stop)));
  await bench.close();

  const figuresOf = (name: TargetName): TargetFigures => {
    const at = counts.map((n) => medians(samples.get(name)?.filter((s) => s.connections === n) ?? []));
    return { ...(at.find((f) => f.connections === Math.max(...counts)) as Figures), at };
  };
  return {
    ours: figuresOf('ours'),
    distributed: figuresOf('distributed'),
    stock: figuresOf('stock'),
    subjects,
    rounds,
    answer: { bytes: rounded(bytes, 0), records: rounded(records, 1) },
  };
}

export function comparisonTable(found: Comparison): string {
  const { subjects, rounds, answer } = found;
  return [
    `统一查询 unified query: ${subjects} subjects, ${answer.records} records and ${answer.bytes} bytes an answer, medians of ${rounds} rounds`,
    '',
    table(
      [
        'target',
        'connections',
        'requests/s',
        'p50 ms',
        'p99 ms',
        'CPU ms/request',
        'of it PostgreSQL',
        'memory MB',
      ],
      TARGET_NAMES.flatMap((name) =>
        found[name].at.map((f) => [
          name,
          f.connections,
          f.rps,
          f.p50,
          f.p99,
          f.cpuMs,
          f.postgresMs,
          f.memoryMb,
        ]),
      ),
    ),
  ].join('\n');
}
