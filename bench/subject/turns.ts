import { setTimeout as sleep } from 'node:timers/promises';
import { untilAtRest } from '../harness/atRest.ts';
import { freeze, thaw } from '../harness/children.ts';
import { say } from '../harness/table.ts';
import { type Figures, exert, sample } from './figures.ts';
import type { Question } from './question.ts';
import { type Target, untilAnswers } from './targets.ts';

export interface TurnOptions {
  question: Question;
  /** Of the PostgreSQL that all targets share. */
  postmaster: number;
  rounds: number;
  /** Of load for one figure. */
  seconds: number;
  connections: readonly number[];
}

/**
 * Seconds under full load that a target has before its first figure, in which what a request runs through is compiled: after 9 s a request still took
 * this gateway half as much CPU again as after 30.
 */
const FIRST_WARM_UP = 20;

/** Longer than it takes a target's processes to find that connections among them have run out while they were halted. */
const WAKING_MS = 1_000;

/** What a target finds to do when it wakes, such as sealing what another has written meanwhile, is not for its next requests to pay. */
async function wake(target: Target, question: Question, postmaster: number): Promise<void> {
  thaw(target.children);
  await sleep(WAKING_MS);
  await untilAnswers(target, question);
  await untilAtRest([...target.children.map(({ pid }) => pid), postmaster]);
}

/**
 * Measures targets in turn, several rounds, each at every number of connections. Those not being measured are halted, all of them in
 * the end. @returns samples in the order of the rounds, by name of target
 */
export async function takeTurns<Name extends string>(
  targets: readonly Target<Name>[],
  { question, postmaster, rounds, seconds, connections: counts }: TurnOptions,
): Promise<Map<Name, Figures[]>> {
  const samples = new Map<Name, Figures[]>(targets.map(({ name }) => [name, []]));
  for (const { children } of targets) freeze(children);
  for (const target of targets) {
    await wake(target, question, postmaster);
    await exert(target, question, Math.max(...counts), FIRST_WARM_UP);
    freeze(target.children);
  }
  for (let round = 1; round <= rounds; round++) {
    // Whoever came first comes last: what a turn does to the machine is no target's own.
    for (const target of round % 2 === 0 ? targets.toReversed() : targets) {
      await wake(target, question, postmaster);
      const own = samples.get(target.name) as Figures[];
      for (const connections of counts) {
        const figures = await sample(target, question, postmaster, { connections, seconds });
        own.push(figures);
        const { rps, cpuMs } = figures;
        say(
          `round ${round}: ${target.name} at ${connections}: ${rps.toFixed(0)}/s, ${cpuMs.toFixed(2)} ms CPU`,
        );
      }
      freeze(target.children);
    }
  }
  return samples;
}
