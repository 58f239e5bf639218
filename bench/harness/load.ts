import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atEnd } from './cleanup.ts';

export interface Job {
  url: string;
  headers: Record<string, string>;
  query: string;
  /** Each request takes one of these at random. */
  variables: readonly Record<string, unknown>[];
  connections: number;
  /** Seconds before the counting begins. */
  warmUp: number;
  /** 0: nothing is counted. */
  seconds: number;
}

export interface Outcome {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** The first answer with another status than 200 or with errors in it, or request without an answer, which ends the load; else null. */
  fault: string | null;
  /** Of an answer, with its headers. */
  bytes: number;
}

const GENERATOR = fileURLToPath(new URL('generator.ts', import.meta.url));

/**
 * Puts a server under load from a process of its own.
 * @param begin called when the server is warm and the counting begins
 * @throws Error where a request failed: figures of failing servers are worth nothing.
 */
export async function underLoad(job: Job, begin: () => void = () => {}): Promise<Outcome> {
  const generator = fork(GENERATOR, { execArgv: ['--no-warnings'] });
  const stop = atEnd(async () => void generator.kill('SIGKILL'));
  try {
    generator.send(job);
    await word(generator);
    begin();
    generator.send('go');
    const outcome = (await word(generator)) as Outcome;
    if (outcome.fault !== null) throw new Error(`${job.url}: ${outcome.fault}`);
    return outcome;
  } finally {
    await stop();
  }
}

function word(generator: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    generator.once('message', resolve);
    generator.once('exit', (status) => reject(new Error(`the load generator ended (${status})`)));
  });
}
