import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_TIDY_MS } from '../../gateway/tidying.ts';
import { freePort } from '../../platform/postgres/ports.ts';
import { untilAtRest } from '../harness/atRest.ts';
import { type Child, ended, hasEnded, launch, logOf } from '../harness/children.ts';
import { type BenchGround, superuserUrl, withPool } from '../harness/ground.ts';
import { postmasterOf } from '../harness/proc.ts';
import { scriptOf } from '../harness/scripts.ts';

const FIRST_PORT = 4400;
const PATIENCE_MS = 60_000;
/** By then its first tidy-up has begun. */
const TIDIES_MS = FIRST_TIDY_MS + 5_000;
const TIDY_PATIENCE_MS = 3_600_000;
const LOOK_MS = 1_000;

export interface Gateway {
  /** `http://host:port` */
  url: string;
  child: Child;
}

async function credit({ folder, env }: BenchGround, ...args: string[]): Promise<void> {
  const command = launch(args[0] as string, { file: 'cli/credit.ts', args, folder, env });
  if ((await ended(command)) !== 0) throw new Error(`credit ${args.join(' ')} failed\n${logOf(command)}`);
}

/** Fills the ground with demonstration data. */
export const fillIn = (bench: BenchGround, subjects: number): Promise<void> =>
  credit(bench, 'demo', '--subjects', String(subjects), '--json');

/** Moves what is past its term into the archive, where it is in an installation that has run for a day. */
export const tidyUp = (bench: BenchGround): Promise<void> => credit(bench, 'tidy');

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

/** Whether a tidy-up is at it: its batches (records/archive.ts) are short, and rests between them a little longer. */
const TIDYING = `select exists (select from pg_stat_activity
  where usename <> current_user and query like '%with gone as (%skip locked)%' and query_start > now() - interval '15 s') as tidying`;

/** Waits for the end of the first tidy-up, which looks through every table, and until all is at rest again. */
export async function untilTidy({ ground }: BenchGround, { child }: Gateway): Promise<void> {
  await sleep(TIDIES_MS);
  await withPool(superuserUrl(ground, 'postgres'), async (pool) => {
    for (const deadline = Date.now() + TIDY_PATIENCE_MS; ; await sleep(LOOK_MS)) {
      if (!(await pool.query<{ tidying: boolean }>(TIDYING)).rows[0]?.tidying) return;
      if (Date.now() > deadline) throw new Error('the tidy-up does not end');
    }
  });
  await untilAtRest([child.pid, postmasterOf(ground.folder)]);
}
