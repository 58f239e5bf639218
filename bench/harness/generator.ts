import { type Answer, Connection } from './client.ts';
import type { Job, Outcome } from './load.ts';
import { quantile } from './stats.ts';

/**
 * The load generator: a process of its own, so that what it costs is not counted with the servers. It warms up, says so, waits for the
 * word to go, and reports. Every connection asks its next question when it has its answer; what is under way at the end is waited for, so
 * that all CPU of the servers goes into requests that count. A fault ends the counting, but not the warm-up: servers that were halted find
 * connections among themselves that have run out meanwhile.
 */

const PATIENCE_MS = 30_000;
const ERRORS = '"errors":';

/** Whole HTTP requests, each with variables taken at random. */
function requestsOf({ url, headers, query, variables }: Job): () => string {
  const { pathname, host } = new URL(url);
  const lines = Object.entries({ host, 'content-type': 'application/json', ...headers });
  const head = `POST ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}content-length: `;
  const body = `{"query":${JSON.stringify(query)},"variables":`;
  const size = Buffer.byteLength(body) + '}'.length;
  const values = variables.map((one) => JSON.stringify(one));
  return () => {
    const value = values[Math.floor(Math.random() * values.length)] ?? '{}';
    return `${head}${size + Buffer.byteLength(value)}\r\n\r\n${body}${value}}`;
  };
}

/** What is wrong with an answer, or null. */
function faultOf({ status, body }: Answer): string | null {
  if (status === 200 && !body.some((part) => part.includes(ERRORS))) return null;
  return `status ${status}: ${Buffer.concat(body).toString('utf8', 0, 500)}`;
}

async function load(job: Job, seconds: number, tolerant: boolean): Promise<Outcome> {
  const next = requestsOf(job);
  const url = new URL(job.url);
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => Connection.open(url, PATIENCE_MS)),
  );
  const latencies: number[] = [];
  let bytes = 0;
  let fault: string | null = null;
  const began = performance.now();
  const end = began + seconds * 1000;
  let last = began;
  const goesOn = (now: number): boolean => now < end && (tolerant || fault === null);
  const work = async (connection: Connection): Promise<void> => {
    for (let sent = performance.now(); goesOn(sent); sent = last) {
      const answer = await connection.ask(next());
      last = performance.now();
      latencies.push(last - sent);
      bytes += answer.bytes;
      fault ??= faultOf(answer);
    }
  };
  await Promise.all(
    connections.map((connection) =>
      work(connection)
        .catch((error: unknown) => (fault ??= String(error)))
        .finally(() => connection.close()),
    ),
  );
  return {
    requests: latencies.length,
    seconds: (last - began) / 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    fault,
    bytes: bytes / latencies.length,
  };
}

const word = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve));

const job = (await word()) as Job;
if (job.warmUp > 0) await load(job, job.warmUp, true);
process.send?.('warm');
await word();
process.send?.(await load(job, job.seconds, false), () => process.disconnect());
