/** What the load generator uses of autocannon, which comes without types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    body?: string;
    setupRequest?: (request: Request) => Request;
  }

  interface Options {
    url: string;
    method: 'POST';
    headers: Record<string, string>;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds that an answer may take. */
    timeout: number;
    requests: Request[];
    /** False: the answer counts as a mismatch. */
    verifyBody: (body: string) => boolean;
  }

  interface Result {
    errors: number;
    timeouts: number;
    mismatches: number;
    non2xx: number;
  }

  interface Instance extends EventEmitter, PromiseLike<Result> {
    on(
      event: 'response',
      listener: (client: unknown, status: number, bytes: number, ms: number) => void,
    ): this;
  }

  export default function autocannon(options: Options): Instance;
}
