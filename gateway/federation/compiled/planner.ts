import type { QueryPlan, QueryPlannerConfig } from '@apollo/query-planner';
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Thread } from '../../../platform/thread.ts';
import { refusal } from '../../../records/errors.ts';

/** What the worker plans over. */
export interface PlannerGround {
  supergraphSdl: string;
  config: QueryPlannerConfig;
}

/** What the worker is sent. */
export interface ToPlan {
  query: string;
  operationName: string | undefined;
}

/** What it answers; null where there is no plan, for a reason that ApolloGateway will tell itself. */
export type Planned = QueryPlan | null;

/** Longest that a plan may take. The limits before it keep honest queries far below. */
const PATIENCE_MS = 10_000;

/**
 * Plans large operations in a thread of its own. Planning is synchronous and takes 100 ms and more for an operation over every field: on
 * the main thread all other callers would wait for it. The thread starts with the first large operation, and keeps no process alive.
 */
export class Planner {
  readonly #thread: Thread<ToPlan, Planned>;

  constructor(ground: PlannerGround) {
    this.#thread = new Thread({
      program: new URL('./plannerWorker.ts', import.meta.url),
      ground,
      patienceMs: PATIENCE_MS,
      overdue: tooComplex,
    });
  }

  /** @throws TOO_COMPLEX where there is no plan in time. */
  plan(query: string, operationName: string | undefined): Promise<Planned> {
    return this.#thread.ask({ query, operationName });
  }

  close(): void {
    this.#thread.end(new Error('too many supergraphs in one process'));
  }
}

/** Supergraphs that have a thread at most. A process has one or two. */
const MAX_PLANNERS = 3;
const planners = new LRUCache<string, Planner>({ max: MAX_PLANNERS, dispose: (planner) => planner.close() });

/** The planner that all gateways of the process over a supergraph have: its thread takes a second of CPU to start. */
export function plannerOf(supergraphSdl: string, config: QueryPlannerConfig = {}): Planner {
  // A cache holds functions, which do not go to another thread, and is the main thread's.
  const ground: PlannerGround = { supergraphSdl, config: { ...config, cache: undefined } };
  const key = JSON.stringify(ground);
  let planner = planners.get(key);
  if (!planner) planners.set(key, (planner = new Planner(ground)));
  return planner;
}

const tooComplex = (): Error =>
  refusal(
    'TOO_COMPLEX',
    { zh: '查询过于复杂，无法在限时内制定执行计划', en: 'the query is too complex to be planned in time' },
    { http: { status: 400 } },
  );

/** Fields of a document, each fragment counted wherever it is spread. Cycles do not pass validation. */
export function fieldsOf(document: DocumentNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  const counts = new Map<SelectionSetNode, number>();
  const count = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    let fields = counts.get(set);
    if (fields === undefined) {
      fields = 0;
      for (const selection of set.selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) fields += count(fragments.get(selection.name.value));
        else fields += (selection.kind === Kind.FIELD ? 1 : 0) + count(selection.selectionSet);
      }
      counts.set(set, fields);
    }
    return fields;
  };
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  let fields = 0;
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) fields += count(definition.selectionSet);
  return fields;
}
