import { parentPort, workerData } from 'node:worker_threads';
import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { Answered, Asked } from '../../../platform/thread.ts';
import type { Planned, PlannerGround, ToPlan } from './planner.ts';

/** Plans what it is sent, one after the other, as ApolloGateway would over the same supergraph. */
const { supergraphSdl, config } = workerData as PlannerGround;
const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
const schema = supergraph.apiSchema();
const planner = new QueryPlanner(supergraph, config);

const planned = ({ query, operationName }: ToPlan): Planned => {
  try {
    return planner.buildQueryPlan(operationFromDocument(schema, parse(query), { operationName }));
  } catch {
    return null;
  }
};

parentPort?.on('message', ({ id, question }: Asked<ToPlan>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ id, answer: planned(question) } satisfies Answered<Planned>);
});
