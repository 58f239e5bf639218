import { type RecordableHistogram, createHistogram } from 'node:perf_hooks';
import { Connection } from '../harness/client.ts';
import type { KindFigures, MixedJob, MixedOutcome, Stream } from './load.ts';

/**
 * The load generator of mixed loads: a process of its own, so that what it costs is not counted with the servers. Each connection sends its
 * next request when the answer to the last is there. It warms up, says so, waits for the word to go, and reports.
 */

const PATIENCE_MS = 30_000;
const ERRORS = '"errors":';
/** A gateway that fails so often is not worth the rest of the run. */
const MOST_FAILED = 100;
/** Microseconds: 0.1 % of a figure is precision enough. */
const PRECISION = { lowest: 1, highest: PATIENCE_MS * 2_000, figures: 3 };

class Tally {
  readonly #times: RecordableHistogram = createHistogram(PRECISION);
  #failed = 0;
  #bytes = 0;

  add(ms: number, bytes: number): void {
    this.#times.record(Math.max(1, Math.round(ms * 1000)));
    this.#bytes += bytes;
  }

  fail(): void {
    this.#failed++;
  }

  get failed(): number {
    return this.#failed;
  }

  figures(kind: string): KindFigures {
    const requests = this.#times.count;
    const at = (percent: number) => (requests > 0 ? this.#times.percentile(percent) / 1000 : Number.NaN);
    return {
      kind,
      requests,
      failed: this.#failed,
      p50: at(50),
      p99: at(99),
      bytes: requests > 0 ? this.#bytes / requests : 0,
    };
  }
}

/** Why an answer is not what it should be; null where it is. */
function fault({ refused, holds }: Stream, status: number, body: Buffer): string | null {
  const errors = body.includes(ERRORS);
  if (refused ? !errors || status >= 500 : errors || status !== 200) return `status ${status}`;
  if (!holds) return null;
  let times = 0;
  for (let at = body.indexOf(holds.text); at >= 0; at = body.indexOf(holds.text, at + holds.text.length))
    times++;
  return times === holds.times ? null : `${holds.text} stands in it ${times} times`;
}

const one = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

/** Picks by weight. */
function picker(streams: readonly Stream[]): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (const { weight } of streams) sums.push((sum += weight));
  return () => {
    const point = Math.random() * sum;
    return Math.max(
      0,
      sums.findIndex((upTo) => point < upTo),
    );
  };
}

/** Whole HTTP requests of a stream, each by one of its callers and with one of its variables. */
function requestsOf({ query, callers, variables }: Stream, { host }: URL): () => string {
  const before = `{"query":${JSON.stringify(query)},"variables":`;
  const size = Buffer.byteLength(before) + '}'.length;
  const heads = callers.map((headers) => {
    const lines = Object.entries({ host, 'content-type': 'application/json', ...headers });
    return `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}content-length: `;
  });
  const values = variables.map((each) => JSON.stringify(each));
  return () => {
    const value = one(values);
    return `${one(heads)}${size + Buffer.byteLength(value)}\r\n\r\n${before}${value}}`;
  };
}

async function load({ url, streams, connections }: MixedJob, seconds: number): Promise<MixedOutcome> {
  const target = new URL(url);
  const requests = streams.map((stream) => requestsOf(stream, target));
  const kinds = new Map(streams.map(({ kind }) => [kind, new Tally()]));
  const all = new Tally();
  const answers = streams.map(() => 0);
  let complaint: string | null = null;
  const pick = picker(streams);
  const opened = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(target, PATIENCE_MS)),
  );
  const began = performance.now();
  const until = began + seconds * 1000;
  let last = began;

  const ask = async (connection: Connection): Promise<void> => {
    const index = pick();
    const stream = streams[index] as Stream;
    const request = (requests[index] as () => string)();
    const tallies = [all, kinds.get(stream.kind) as Tally];
    const sent = performance.now();
    const { status, body: parts } = await connection.ask(request);
    last = performance.now();
    const body = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    for (const tally of tallies) tally.add(last - sent, body.length);
    (answers[index] as number)++;
    const wrong = fault(stream, status, body);
    if (!wrong) return;
    for (const tally of tallies) tally.fail();
    complaint ??= `${stream.kind}: ${wrong}: ${body.toString('utf8', 0, 500)}`;
  };

  const work = async (connection: Connection): Promise<void> => {
    try {
      while (performance.now() < until && all.failed < MOST_FAILED) await ask(connection);
    } catch (error) {
      all.fail();
      complaint ??= String(error);
    } finally {
      connection.close();
    }
  };
  await Promise.all(opened.map(work));
  return {
    all: all.figures('all'),
    kinds: [...kinds].map(([kind, tally]) => tally.figures(kind)),
    answers,
    seconds: (last - began) / 1000,
    complaint,
  };
}

const word = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve));

const job = (await word()) as MixedJob;
if (job.warmUp > 0) await load(job, job.warmUp);
process.send?.('warm');
await word();
process.send?.(await load(job, job.seconds), () => process.disconnect());
