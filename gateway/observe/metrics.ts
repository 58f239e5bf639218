import express, { type Router } from 'express';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Journal } from '../../records/journal.ts';
import type { Way } from '../federation/compiled/compiledGateway.ts';
import type { Transport } from '../federation/transport.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ENTRIES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/**
 * What the gateway tells of itself, in Prometheus's form. Labels come from closed lists alone (codes, operation kinds, names of
 * subgraphs): nothing of a subject, a caller or a query is ever a label, for metrics are read without purpose or journal.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'operation' | 'code'>;
  readonly #journal: Histogram<'outcome'>;
  readonly #groups: Histogram;
  readonly #subgraphs: Histogram<'subgraph' | 'outcome'>;
  readonly #limited: Counter;
  readonly #executions: Counter<'way'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'credit_request_duration_seconds',
      help: 'GraphQL requests by kind of operation and outcome: OK, or the first code of the answer',
      labelNames: ['operation', 'code'],
      buckets: SECONDS,
      registers,
    });
    this.#journal = new Histogram({
      name: 'credit_journal_write_duration_seconds',
      help: 'From handing an entry to the journal until its commit',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#groups = new Histogram({
      name: 'credit_journal_group_entries',
      help: 'Entries that one commit of the journal holds',
      buckets: ENTRIES,
      registers,
    });
    this.#subgraphs = new Histogram({
      name: 'credit_subgraph_duration_seconds',
      help: 'Questions to one subgraph',
      labelNames: ['subgraph', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#executions = new Counter({
      name: 'credit_executions_total',
      help: 'Operations by the way they were executed: compiled, or by the stock executor',
      labelNames: ['way'],
      registers,
    });
    this.#limited = new Counter({
      name: 'credit_rate_limited_total',
      help: 'Requests refused with RATE_LIMITED before they were read: too many of one address, or too many at a time',
      registers,
    });
  }

  /** @param operation `query`, `mutation`, `subscription`, or `none` where the request is no operation. @param code from a closed list. */
  request(operation: string, code: string, seconds: number): void {
    this.#requests.observe({ operation, code }, seconds);
  }

  /** Of each group that the journal commits. */
  journalGroup(entries: number): void {
    this.#groups.observe(entries);
  }

  executed(way: Way): void {
    this.#executions.inc({ way });
  }

  rateLimited(): void {
    this.#limited.inc();
  }

  /** The same journal, its writes timed. */
  timedJournal(journal: Journal): Journal {
    const labels = outcomes({});
    return {
      write: (entry) => timed(this.#journal, labels, () => journal.write(entry)),
      count: (channel) => journal.count(channel),
      ready: () => journal.ready(),
      close: () => journal.close(),
    };
  }

  /** The same way to a subgraph, its questions timed. */
  timedTransport(subgraph: string, transport: Transport): Transport {
    const labels = outcomes({ subgraph });
    return { ask: (...question) => timed(this.#subgraphs, labels, () => transport.ask(...question)) };
  }

  /** `GET /metrics` */
  endpoint(): Router {
    return express.Router().get('/metrics', async (_request, response) => {
      response.type(this.registry.contentType).send(await this.registry.metrics());
    });
  }
}

/** Eight times a request: the timer that the library has would make five objects each time. */
function timed<T, L extends string>(
  histogram: Histogram<L | 'outcome'>,
  { ok, failed }: Outcomes<L>,
  work: () => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  const end = (outcome: Record<L | 'outcome', string>) =>
    histogram.observe(outcome, (performance.now() - begun) / 1_000);
  const result = work();
  result.then(
    () => end(ok),
    () => end(failed),
  );
  return result;
}

type Outcomes<L extends string> = Record<'ok' | 'failed', Record<L | 'outcome', string>>;

const outcomes = <L extends string>(labels: Record<L, string>): Outcomes<L> => ({
  ok: { ...labels, outcome: 'ok' },
  failed: { ...labels, outcome: 'failed' },
});
