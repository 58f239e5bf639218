import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs } from './proc.ts';

/** Milliseconds of one look. */
const LOOK_MS = 1_000;
/** Looks in a row at which there is nothing going on. */
const QUIET_LOOKS = 3;
/** Share of a thread that servers take for what they do by the clock, with room for a machine that is busy. */
const QUIET = 0.15;
const PATIENCE_MS = 600_000;

/**
 * Waits until servers have done what they do by themselves after much has been filled in: changes are collected, entries sealed and counted. That is
 * minutes for a large filling, and would be counted with the requests.
 * @param roots of process trees, the servers' and PostgreSQL's
 */
export async function untilAtRest(roots: readonly number[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    if (performance.now() > deadline) throw new Error('the servers do not come to rest');
    const [before, since] = [cpuMs(roots), performance.now()];
    await sleep(LOOK_MS);
    quiet = cpuMs(roots) - before < QUIET * (performance.now() - since) ? quiet + 1 : 0;
  }
}
