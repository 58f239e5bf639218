import autocannon from 'autocannon';
import type { Job, Outcome } from './load.ts';
import { quantile } from './stats.ts';

/**
 * The load generator: a process of its own, so that what it costs is not counted with the servers. It warms up, says so, waits for the
 * word to go, and reports.
 */

const TIMEOUT_SECONDS = 30;
const ERRORS = '"errors":';

async function load({ url, headers, query, variables, connections }: Job, seconds: number): Promise<Outcome> {
  const bodies = variables.map((one) => JSON.stringify({ query, variables: one }));
  const latencies: number[] = [];
  let bytes = 0;
  const run = autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    connections,
    duration: seconds,
    timeout: TIMEOUT_SECONDS,
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          body: bodies[Math.floor(Math.random() * bodies.length)] ?? '',
        }),
      },
    ],
    verifyBody: (body) => !body.includes(ERRORS),
  });
  const began = performance.now();
  let last = began;
  run.on('response', (_client, _status, size, ms) => {
    latencies.push(ms);
    bytes += size;
    last = performance.now();
  });
  const { errors, timeouts, mismatches, non2xx } = await run;
  return {
    requests: latencies.length,
    seconds: (last - began) / 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    failed: errors + timeouts + mismatches + non2xx,
    bytes: bytes / latencies.length,
  };
}

const word = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve));

const job = (await word()) as Job;
if (job.warmUp > 0) await load(job, job.warmUp);
process.send?.('warm');
await word();
process.send?.(await load(job, job.seconds), () => process.disconnect());
