import { Worker } from 'node:worker_threads';
import type { QueryPlan, QueryPlannerConfig } from '@apollo/query-planner';
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { refusal } from '../../../records/errors.ts';

/** What the worker plans over. */
export interface PlannerGround {
  supergraphSdl: string;
  config: QueryPlannerConfig;
}

/** What the worker is sent. */
export interface ToPlan {
  id: number;
  query: string;
  operationName: string | undefined;
}

/** What it answers; null where there is no plan, for a reason that ApolloGateway will tell itself. */
export interface Planned {
  id: number;
  plan: QueryPlan | null;
}

/** Longest that a plan may take. The limits before it keep honest queries far below. */
const PATIENCE_MS = 10_000;

interface Waiting {
  resolve: (plan: QueryPlan | null) => void;
  reject: (error: Error) => void;
}

/**
 * Plans large operations in a thread of its own. Planning is synchronous and takes 100 ms and more for an operation over every field: on
 * the main thread all other callers would wait for it. The thread starts with the first large operation and ends with the gateway.
 */
export class Planner {
  readonly #ground: PlannerGround;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;

  constructor(supergraphSdl: string, config: QueryPlannerConfig = {}) {
    // A cache holds functions, which do not go to another thread, and is the main thread's.
    this.#ground = { supergraphSdl, config: { ...config, cache: undefined } };
  }

  /** @throws TOO_COMPLEX where there is no plan in time. */
  async plan(query: string, operationName: string | undefined): Promise<QueryPlan | null> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#asked++;
    const overdue = setTimeout(() => this.#end(tooComplex()), PATIENCE_MS);
    try {
      return await new Promise<QueryPlan | null>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ id, query, operationName } satisfies ToPlan);
      });
    } finally {
      clearTimeout(overdue);
    }
  }

  close(): void {
    this.#end(new Error('the gateway is stopping'));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./plannerWorker.ts', import.meta.url), {
      workerData: this.#ground,
      // Flags of the process, such as the size of its nursery, are not the thread's.
      execArgv: ['--no-warnings'],
    });
    worker.unref();
    worker.on('message', ({ id, plan }: Planned) => {
      this.#waiting.get(id)?.resolve(plan);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.#end(error));
    return worker;
  }

  /** Whoever waits is told, and the next operation gets a new thread. */
  #end(reason: Error): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
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
