import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atEnd } from '../harness/cleanup.ts';

/** Requests of one sort, of which the generator makes as many as their weight says. */
export interface Stream {
  /** Figures are kept by kind; several streams may be of one. */
  kind: string;
  weight: number;
  query: string;
  /** Headers: each request takes one of these at random. */
  callers: readonly Record<string, string>[];
  /** And one of these. */
  variables: readonly Record<string, unknown>[];
  /** True: every request must be refused, with errors and a status below 500. False: none may. */
  refused?: boolean;
  /** A text that every answer must hold so many times. */
  holds?: { text: string; times: number };
}

export interface MixedJob {
  /** `http://host:port` of the gateway. */
  url: string;
  streams: readonly Stream[];
  connections: number;
  /** Seconds before the counting begins. */
  warmUp: number;
  seconds: number;
}

export interface KindFigures {
  kind: string;
  requests: number;
  failed: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Of an answer's body, on average. */
  bytes: number;
}

export interface MixedOutcome {
  all: KindFigures;
  kinds: KindFigures[];
  /** Answers by stream, in the order of the job. */
  answers: number[];
  /** Until the last answer. */
  seconds: number;
  /** The first request that failed, and how. */
  complaint: string | null;
}

const GENERATOR = fileURLToPath(new URL('generator.ts', import.meta.url));

/**
 * Puts a gateway under load of many kinds at once, from a process of its own. Nothing is on its way when the warm-up ends, nor when this
 * resolves, so what the gateway counted in between are these requests.
 * @param begin called when the server is warm and nothing is on its way
 */
export async function underMixedLoad(
  job: MixedJob,
  begin: () => Promise<void> | void = () => {},
): Promise<MixedOutcome> {
  const generator = fork(GENERATOR, { execArgv: ['--no-warnings'], serialization: 'advanced' });
  const stop = atEnd(async () => void generator.kill('SIGKILL'));
  const word = () =>
    new Promise<unknown>((resolve, reject) => {
      generator.once('message', resolve);
      generator.once('exit', (status) => reject(new Error(`the load generator ended (${status})`)));
    });
  try {
    generator.send(job);
    await word();
    await begin();
    generator.send('go');
    return (await word()) as MixedOutcome;
  } finally {
    await stop();
  }
}
