import type { GraphQLDataSource } from '@apollo/gateway';
import type { BatchJobRow } from '../../records/checks/batch.ts';
import { disclosureData, emptyReport } from '../../records/disclosure.ts';
import { badInput } from '../../records/errors.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import { DateScalar, DateTimeScalar } from '../../records/scalars.ts';
import { guardedSchema } from '../../records/schema.ts';
import { mergeResolvers } from '../../records/subgraph.ts';
import { GATEWAY_SUBGRAPH, gatewaySubgraphSdl } from '../../schema/sdl.ts';
import type { GatewayContext } from '../context.ts';
import { unavailable } from '../errors.ts';
import { interpretedExecution } from '../federation/execution.ts';
import { type Transport, dataSource } from '../federation/transport.ts';
import type { ReportParts } from '../reports/parts.ts';
import { reportResolvers } from '../reports/resolvers.ts';
import { askingOf, namedSubject } from './callers.ts';
import type { SentCodes } from './codeFile.ts';
import { type FactInput, verifyFact } from './facts.ts';
import { hitOf } from './hits.ts';
import { jobListResolvers } from './jobList.ts';
import { type ChecksContext, ownJob, startBatch } from './jobs.ts';
import type { ChecksParts } from './parts.ts';
import { JobProgress } from './progress.ts';
import { resultsOf } from './results.ts';
import { ruleOf } from './rule.ts';
import { type Standing, checkStanding } from './standing.ts';
import { BatchStore } from './store.ts';
import { type UnwatchInput, type WatchInput, unwatch, watch } from './watch.ts';
import { BatchWorker } from './worker.ts';

const noJob = () =>
  badInput('id', { zh: '没有这个任务，或已结束', en: 'there is no such job, or it is over' });

function resolvers(parts: ChecksParts, store: BatchStore, kick: () => void): ResolverMap {
  return {
    Date: DateScalar,
    DateTime: DateTimeScalar,
    Query: {
      checkStanding: async (_: unknown, { code }: { code: string }, context: ChecksContext) => {
        const { grant, report, snapshot } = context;
        const { matter } = askingOf(context.asked, snapshot);
        const { subject } = namedSubject(code, grant, parts.pseudonym);
        const rule = ruleOf(matter, snapshot, grant);
        const [found] = await checkStanding(parts, rule, [subject], grant, report);
        const { subject: known, outcome, reasons, hits } = found as Standing;
        return {
          subject: known && { id: known },
          outcome,
          reasons,
          hits: hits.map((hit) => hitOf(hit, snapshot)),
          matter: matter.code,
          checkedOn: grant.today,
        };
      },
      verifyFact: (_: unknown, args: { code: string; fact: FactInput }, context: ChecksContext) =>
        verifyFact(parts, args, context),
      job: (_: unknown, { id }: { id: string }, context: ChecksContext) => ownJob(store, id, context),
    },
    Mutation: {
      startBatchCheck: async (_: unknown, { input }: { input: SentCodes }, context: ChecksContext) => {
        const job = await startBatch(parts, store, input, context);
        kick();
        return { job };
      },
      cancelJob: async (_: unknown, { id }: { id: string }, context: ChecksContext) => {
        const job = (await ownJob(store, id, context)) && (await store.end(id, 'CANCELLED', null));
        if (!job) throw noJob();
        return { job };
      },
      watch: (_: unknown, { input }: { input: WatchInput }, context: ChecksContext) =>
        watch(parts, input, context),
      unwatch: (_: unknown, { input }: { input: UnwatchInput }, context: ChecksContext) =>
        unwatch(parts, input, context),
    },
    Job: {
      results: (job: BatchJobRow, args: { first?: number; after?: string }, context: ChecksContext) =>
        resultsOf(parts, store, job, args, context),
    },
  };
}

export interface Checks {
  source: GraphQLDataSource<GatewayContext>;
  store: BatchStore;
  /** How jobs go on, for those who watch. */
  progress: JobProgress;
  close(): Promise<void>;
}

/**
 * What the gateway itself answers in the supergraph: checks and reports that join what the agencies find, each of them under the caller's own
 * grant. It has no database; who asks and why it takes from the request that it is part of.
 */
export function openChecks(
  parts: ChecksParts & ReportParts,
  onFailure: (subgraph: string, error: unknown) => void,
): Checks {
  const store = new BatchStore(parts);
  const worker = new BatchWorker(parts, store);
  const progress = new JobProgress(store);
  const map = mergeResolvers(
    resolvers(parts, store, () => worker.kick()),
    jobListResolvers(store),
    reportResolvers(parts),
  );
  const schema = guardedSchema(gatewaySubgraphSdl(), map);
  const execute = interpretedExecution(schema);
  const transportIn = (asked: GatewayContext): Transport => ({
    async ask(query, variables, operationName, grant) {
      const snapshot = parts.snapshot();
      if (!snapshot) throw unavailable('catalogue');
      const context: ChecksContext = { grant, report: emptyReport(), snapshot, asked };
      const { data, errors } = await execute(query, operationName, variables, context);
      return { data, errors, disclosed: disclosureData(context.report) };
    },
  });
  return {
    source: {
      process: (options) =>
        dataSource(
          GATEWAY_SUBGRAPH,
          transportIn(options.context as unknown as GatewayContext),
          onFailure,
        ).process(options),
    },
    store,
    progress,
    async close() {
      progress.close();
      await worker.close();
    },
  };
}
