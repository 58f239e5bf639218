import { freePort } from '../../platform/postgres/ports.ts';
import { launch, stop } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { optionsFile } from '../harness/options.ts';
import { postmasterOf } from '../harness/proc.ts';
import { scriptOf } from '../harness/scripts.ts';
import { median, rounded } from '../harness/stats.ts';
import { say, table } from '../harness/table.ts';
import { demonstrationGround } from './demonstration.ts';
import { type AnswerSize, checkEqual } from './equal.ts';
import { type Figures, medians } from './figures.ts';
import type { PartsGateway } from './parts/gateway.ts';
import { type Question, questionOver } from './question.ts';
import { type Target, untilAnswers } from './targets.ts';
import { takeTurns } from './turns.ts';

/**
 * The embedded gateway as it ships, and without some of its duties. Of several over one journal the first seals for all: the second is the same
 * without that.
 */
const VARIANTS = {
  everything: [],
  'no sealing': [],
  'no journal': ['journal'],
  'no shield': ['shield'],
  'no policy': ['policy'],
  'none of them': ['journal', 'shield', 'policy'],
} as const satisfies Record<string, PartsGateway['without']>;
type Variant = keyof typeof VARIANTS;
const NAMES = Object.keys(VARIANTS) as Variant[];

/** Beside what each is held, to tell what it leaves out: where another seals, one for which another seals. */
const BESIDE: Record<Variant, Variant> = {
  everything: 'everything',
  'no sealing': 'everything',
  'no journal': 'everything',
  'no shield': 'no sealing',
  'no policy': 'no sealing',
  'none of them': 'everything',
};

const QUERIES = ['card', 'shared'] as const;

export interface PartsOptions {
  subjects: number;
  rounds: number;
  /** Of load for one figure. */
  seconds: number;
  connections: number;
}

/** Figures of a variant, and by how many per cent the one with what it leaves out takes more CPU, in the same round. */
type VariantFigures = Figures & { costs: number };

/** @param whole samples in the order of the rounds, as `own` */
const costsOf = (own: readonly Figures[], whole: readonly Figures[]): number =>
  rounded(median(own.map(({ cpuMs }, round) => ((whole[round]?.cpuMs ?? Number.NaN) / cpuMs - 1) * 100)), 0);

export type PartsFigures = Record<
  (typeof QUERIES)[number],
  Record<Variant, VariantFigures> & { answer: AnswerSize }
> & { subjects: number; rounds: number };

const FIRST_PORT = 4500;

async function startVariant(name: Variant, { folder, env }: BenchGround): Promise<Target<Variant>> {
  const port = await freePort(FIRST_PORT);
  const options: PartsGateway = { without: VARIANTS[name] };
  const called = name.replaceAll(' ', '-');
  const child = launch(called, {
    file: 'bench/subject/parts/gateway.ts',
    nodeArgs: scriptOf('start').nodeArgs,
    args: [optionsFile(folder, called, options)],
    folder,
    env: { ...env, PORT: String(port) },
  });
  return { name, url: `http://127.0.0.1:${port}/graphql`, children: [child] };
}

/** What journal, guard and policy cost: the same gateway with and without them, taking turns. */
export async function measureParts(options: PartsOptions): Promise<PartsFigures> {
  const { subjects, rounds, seconds, connections } = options;
  const bench = await demonstrationGround(subjects, true);
  const questions = new Map<(typeof QUERIES)[number], Question>();
  for (const query of QUERIES) questions.set(query, await questionOver(bench.ground, query));
  const targets: Target<Variant>[] = [];
  for (const name of NAMES) {
    say(`starting ${name}`);
    const target = await startVariant(name, bench);
    await untilAnswers(target, questions.get('card') as Question);
    targets.push(target);
  }
  const answers = new Map<string, AnswerSize>();
  for (const [query, question] of questions) answers.set(query, await checkEqual(targets, question));
  const postmaster = postmasterOf(bench.ground.folder);
  const found = { subjects, rounds } as PartsFigures;
  for (const [query, question] of questions) {
    say(`${query}:`);
    const turns = { question, postmaster, rounds, seconds, connections: [connections] };
    const samples = await takeTurns(targets, turns);
    const figures = [...samples].map(
      ([name, own]) =>
        [name, { ...medians(own), costs: costsOf(own, samples.get(BESIDE[name]) as Figures[]) }] as const,
    );
    found[query] = {
      ...(Object.fromEntries(figures) as Record<Variant, VariantFigures>),
      answer: answers.get(query) as AnswerSize,
    };
  }
  await Promise.all(targets.flatMap(({ children }) => children.map(stop)));
  await bench.close();
  return found;
}

export function partsTable(found: PartsFigures): string {
  const header = [
    'query',
    'gateway',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'of it PostgreSQL',
    'left out costs % over it',
  ];
  const rows = QUERIES.flatMap((query) =>
    NAMES.map((name) => {
      const { rps, p50, p99, cpuMs, postgresMs, costs } = found[query][name];
      return [query, name, rps, p50, p99, cpuMs, postgresMs, costs];
    }),
  );
  return [
    `各项职责的代价 what each duty costs: ${found.subjects} subjects, ${found.card.everything.connections} connections, medians of ${found.rounds} rounds`,
    '',
    table(header, rows),
  ].join('\n');
}
