import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../platform/postgres/ports.ts';
import { hasEnded, launch, logOf } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { scriptOf } from '../harness/scripts.ts';
import { startHive } from '../peers/hive.ts';
import { startMercurius } from '../peers/mercurius.ts';
import { startRaw } from '../peers/raw.ts';
import {
  type Started,
  type StockSubgraphs,
  startMonolith,
  startStock,
  startSubgraphs,
} from '../stock/start.ts';
import { type Question, ask } from './question.ts';

/** A system at work; its processes are told each with all that they start. */
export interface Target<Name extends string = string> extends Started {
  name: Name;
}

/** What targets are started over. */
interface Site {
  bench: BenchGround;
  question: Question;
  /** Started once, by the first that stands on them. */
  subgraphs: () => Promise<StockSubgraphs>;
}

const shipped =
  (script: Parameters<typeof scriptOf>[0], firstPort: number) =>
  async ({ bench: { env, folder } }: Site): Promise<Started> => {
    const port = await freePort(firstPort);
    const name = script.replace(':', '-');
    const child = launch(name, { ...scriptOf(script), folder, env: { ...env, PORT: String(port) } });
    return { url: `http://127.0.0.1:${port}/graphql`, children: [child] };
  };

const FIRST_PORT = 4300;

/**
 * `ours`: `npm start`, one process with token, purpose and durable journal. `distributed`: `npm run start:distributed`, every subgraph a
 * process. The others have neither token, purpose nor journal. `stock`: @apollo/gateway over plain Apollo subgraphs; `hive` and `mercurius`:
 * other gateways over the same subgraphs; `monolith`: one Apollo Server without federation; `raw`: one SQL statement behind plain HTTP, the
 * limit.
 */
const STARTS = {
  ours: shipped('start', FIRST_PORT),
  distributed: shipped('start:distributed', FIRST_PORT + 10),
  stock: async ({ bench, subgraphs }) => startStock(bench, await subgraphs(), FIRST_PORT + 20),
  hive: ({ bench, subgraphs }) => startHive(bench, subgraphs, FIRST_PORT + 30),
  mercurius: ({ bench, subgraphs }) => startMercurius(bench, subgraphs, FIRST_PORT + 40),
  monolith: ({ bench }) => startMonolith(bench, FIRST_PORT + 50),
  raw: ({ bench, question }) => startRaw(bench, question.query, FIRST_PORT + 60),
} as const satisfies Record<string, (site: Site) => Promise<Started | null>>;

export type TargetName = keyof typeof STARTS;
export const TARGET_NAMES = Object.keys(STARTS) as TargetName[];

const PATIENCE_MS = 60_000;

/** Waits until the target answers as it should. */
export async function untilAnswers({ name, url, children }: Target, question: Question): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const [first] = question.variables;
  if (!first) throw new Error('there is no organization on file');
  for (;;) {
    try {
      await ask(url, question, first);
      return;
    } catch (error) {
      const dead = children.find(hasEnded);
      if (dead) throw new Error(`${dead.name} ended\n${logOf(dead)}`, { cause: error });
      if (Date.now() > deadline) throw new Error(`${name} does not answer`, { cause: error });
    }
    await sleep(100);
  }
}

/** Starts targets one after the other, without those that cannot be had here. */
export async function startTargets(
  names: readonly TargetName[],
  bench: BenchGround,
  question: Question,
  starting: (name: TargetName) => void,
): Promise<Target<TargetName>[]> {
  let started: Promise<StockSubgraphs> | undefined;
  const subgraphs = () => (started ??= startSubgraphs(bench, FIRST_PORT + 70));
  const targets: Target<TargetName>[] = [];
  for (const name of names) {
    starting(name);
    const found = await STARTS[name]({ bench, question, subgraphs });
    if (!found) continue;
    const target = { name, ...found };
    await untilAnswers(target, question);
    targets.push(target);
  }
  return targets;
}
