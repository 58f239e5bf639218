import { stop } from '../harness/children.ts';
import { postmasterOf } from '../harness/proc.ts';
import { rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { demonstrationGround } from './demonstration.ts';
import { type AnswerSize, checkEqual } from './equal.ts';
import { type Figures, medians } from './figures.ts';
import { type QueryName, questionOver } from './question.ts';
import { TARGET_NAMES, type TargetName, startTargets } from './targets.ts';
import { takeTurns } from './turns.ts';

/** `shared` asks for what stock does not read. */
type ComparedQuery = Exclude<QueryName, 'shared'>;

export interface CompareOptions {
  query: ComparedQuery;
  targets: readonly TargetName[];
  subjects: number;
  rounds: number;
  /** Of load for one figure. */
  seconds: number;
  connections: readonly number[];
}

/** The figures of a target at most connections, and under `at` those at each number. */
type TargetFigures = Figures & { at: Figures[] };

export type Comparison = Partial<Record<TargetName, TargetFigures>> & {
  query: ComparedQuery;
  subjects: number;
  rounds: number;
  answer: AnswerSize;
};

/** One query through this gateway, in both shapes, and through others, over the same databases in one run. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { query, subjects, rounds, seconds, connections } = options;
  const bench = await demonstrationGround(subjects, query !== 'file');
  const question = await questionOver(bench.ground, query);
  const targets = await startTargets(options.targets, bench, question, (name) => say(`starting ${name}`));
  if (targets.length === 0) throw new Error('there is no target to measure');
  const { bytes, records } = await checkEqual(targets, question);
  const postmaster = postmasterOf(bench.ground.folder);
  const samples = await takeTurns(targets, { question, postmaster, rounds, seconds, connections });
  await Promise.all([...new Set(targets.flatMap(({ children }) => children))].map(stop));
  await bench.close();
  const most = Math.max(...connections);
  const figuresOf = (own: readonly Figures[]): TargetFigures => {
    const at = connections.map((n) => medians(own.filter((s) => s.connections === n)));
    return { ...(at.find((f) => f.connections === most) as Figures), at };
  };
  return {
    ...Object.fromEntries([...samples].map(([name, own]) => [name, figuresOf(own)])),
    query,
    subjects,
    rounds,
    answer: { bytes: rounded(bytes, 0), records: rounded(records, 1) },
  };
}

export function comparisonTable(found: Comparison): string {
  const { query, subjects, rounds, answer, stock } = found;
  const header = [
    'target',
    'connections',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'of it PostgreSQL',
    'memory MB',
  ];
  const rows = TARGET_NAMES.flatMap((name) =>
    (found[name]?.at ?? []).map((f, i) => {
      const times = stock ? [rounded((stock.at[i]?.cpuMs ?? Number.NaN) / f.cpuMs, 1)] : [];
      return [name, f.connections, f.rps, f.p50, f.p99, f.cpuMs, f.postgresMs, f.memoryMb, ...times];
    }),
  );
  return [
    `统一查询 unified query (${query}): ${subjects} subjects, ${answer.records} records and ${answer.bytes} bytes an answer, medians of ${rounds} rounds`,
    '',
    table(stock ? [...header, '× less CPU than stock'] : header, rows),
  ].join('\n');
}
