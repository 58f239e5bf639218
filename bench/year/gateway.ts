import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../platform/postgres/ports.ts';
import { untilAtRest } from '../harness/atRest.ts';
import { type Child, ended, hasEnded, launch, logOf } from '../harness/children.ts';
import type { BenchGround } from '../harness/ground.ts';
import { postmasterOf } from '../harness/proc.ts';
import { scriptOf } from '../harness/scripts.ts';

const FIRST_PORT = 4400;
const PATIENCE_MS = 60_000;
const LOOK_MS = 1_000;

export interface Gateway {
  /** `http://host:port` */
  url: string;
  child: Child;
}

/** Fills the ground with demonstration data. */
export async function fillIn({ folder, env }: BenchGround, subjects: number): Promise<void> {
  const args = ['demo', '--subjects', String(subjects), '--json'];
  const demo = launch('demo', { file: 'cli/credit.ts', args, folder, env });
  if ((await ended(demo)) !== 0)
    throw new Error(`the demonstration data could not be filled in\n${logOf(demo)}`);
}

/** `npm start` over the ground, as in production, ready and at rest. */
export async function startGateway({ ground, folder, env }: BenchGround): Promise<Gateway> {
  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const child = launch('gateway', { ...scriptOf('start'), folder, env: { ...env, PORT: String(port) } });
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(LOOK_MS) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) {
      await untilAtRest([child.pid, postmasterOf(ground.folder)]);
      return { url, child };
    }
    if (hasEnded(child) || Date.now() > deadline)
      throw new Error(`the gateway does not start\n${logOf(child)}`);
  }
}
