import type { BenchGround } from '../harness/ground.ts';
import { cpuMs, postmasterOf } from '../harness/proc.ts';
import type { Gateway } from './gateway.ts';
import { type MixedJob, type MixedOutcome, underMixedLoad } from './load.ts';

export interface Measured extends MixedOutcome {
  /** CPU of gateway and PostgreSQL for one request, in ms. */
  cpuMs: number;
  /** Of it PostgreSQL's. */
  postgresMs: number;
}

/**
 * The load, and what it takes of the servers.
 * @param begin called when the server is warm and nothing is on its way
 * @throws Error where a request failed: figures of failing servers are worth nothing.
 */
export async function measured(
  { ground }: BenchGround,
  { url, child }: Gateway,
  job: Omit<MixedJob, 'url'>,
  begin: () => Promise<void> | void = () => {},
): Promise<Measured> {
  const own = [child.pid];
  const postmaster = [postmasterOf(ground.folder)];
  let ownMs = 0;
  let postgresMs = 0;
  const outcome = await underMixedLoad({ ...job, url }, async () => {
    await begin();
    ownMs = cpuMs(own);
    postgresMs = cpuMs(postmaster);
  });
  const { requests, failed } = outcome.all;
  ownMs = (cpuMs(own) - ownMs) / requests;
  postgresMs = (cpuMs(postmaster) - postgresMs) / requests;
  if (outcome.complaint) throw new Error(`${failed} of ${requests} requests failed\n${outcome.complaint}`);
  return { ...outcome, cpuMs: ownMs + postgresMs, postgresMs };
}
