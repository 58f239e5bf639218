import { createHash } from 'node:crypto';
import { operationFromDocument, type Operation, type Schema } from '@apollo/federation-internals';
import { ApolloGateway, type GatewayConfig, type GraphQLDataSource } from '@apollo/gateway';
import { computeResponse } from '@apollo/gateway/dist/resultShaping.js';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { coerced } from '../../variables.ts';
import { type Foresight, lookingAhead } from './ahead.ts';
import type { AskAhead, RequestContext, Run } from './fetch.ts';
import { compilePlan } from './plan.ts';
import { type Planner, fieldsOf, plannerOf } from './planner.ts';
import type { Data } from './requires.ts';
import { MISFIT, compileResponse } from './shape.ts';
import { shareSupergraph } from './supergraph.ts';
import { Unsupported, refuseInherited } from './unsupported.ts';

type Executor = ApolloGateway['executor'];
type Result = Awaited<ReturnType<Executor>>;
type PlanHook = NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>;
type Resolved = Parameters<PlanHook>[0];

/** Which way an operation was executed. */
export type Way = 'compiled' | 'stock';

export type CompiledGatewayConfig = GatewayConfig & {
  onExecuted?: (way: Way) => void;
  /** Lets agencies be asked about an entity while another still looks it up. */
  foresight?: Foresight | undefined;
};

/** Ends stock's execution once it has the plan, before anything is fetched. */
class Planned extends Error {
  readonly resolved: Resolved;

  constructor(resolved: Resolved) {
    super('planned');
    this.resolved = resolved;
  }
}

/** Fields of an operation that is planned on the main thread at most: some 10 ms. */
const MAX_FIELDS_HERE = 60;

/** Plans kept; an operation over every field has one of 50 kB. */
const MAX_PLANS = 1_000;

/** How one operation of one document is executed: null stands for stock's way. */
type Compiled = {
  run(context: RequestContext): Promise<Result>;
  covers(context: RequestContext): boolean;
} | null;

/** What is compiled of one document, by the operation's name, or is being compiled. */
type Known = Map<string, Compiled | Promise<Compiled | undefined>>;

/**
 * ApolloGateway with its query plans compiled. Validation of variables, planning and the plan's cache stay its own: it is asked for the plan
 * of an operation once, and what is compiled from it runs from the first request on. It answers as stock does, errors and their paths
 * included (test/federation/); what it does not cover (introspection, mutations, more than four conditions) is left to stock. Traces for
 * OpenTelemetry are not written on the compiled way.
 */
export class CompiledGateway extends ApolloGateway {
  #compiled = new WeakMap<DocumentNode, Known>();
  #planner: Planner | null = null;

  constructor({ onExecuted = () => {}, foresight, ...config }: CompiledGatewayConfig) {
    const planning = new WeakSet<object>();
    const plans = new LRUCache<string, QueryPlan>({ max: MAX_PLANS });
    super({
      ...config,
      queryPlannerConfig: {
        ...config.queryPlannerConfig,
        cache: {
          get: async (key) => plans.get(key),
          async set(key, plan) {
            plans.set(key, plan);
          },
          async delete(key) {
            plans.delete(key);
          },
          clear: () => plans.clear(),
        },
      },
      experimental_didResolveQueryPlan(resolved) {
        if (planning.has(resolved.requestContext)) throw new Planned(resolved);
        config.experimental_didResolveQueryPlan?.(resolved);
      },
    });
    shareSupergraph(this);
    const stock = this.executor;

    /** @returns undefined where stock refused the request before it had a plan; then `refused` holds its answer. */
    const prepare = async (context: RequestContext, refused: { answer?: Result }) => {
      const key = planKey(context);
      if (fieldsOf(context.document) > MAX_FIELDS_HERE && !plans.has(key)) {
        const plan = await this.#planner?.plan(context.source, context.request.operationName);
        if (plan) plans.set(key, plan);
      }
      planning.add(context);
      try {
        refused.answer = await stock(context);
        return undefined;
      } catch (error) {
        if (!(error instanceof Planned)) throw error;
        return compile(error.resolved, { ...schemasOf(this), foresight });
      } finally {
        planning.delete(context);
      }
    };

    const first = async (name: string, named: Known, context: RequestContext): Promise<Result> => {
      const refused: { answer?: Result } = {};
      const preparing = prepare(context, refused);
      // Whoever asks the same meanwhile waits for this plan instead of making another.
      named.set(
        name,
        preparing.catch(() => undefined),
      );
      try {
        const compiled = await preparing;
        if (compiled === undefined) named.delete(name);
        else named.set(name, compiled);
        return compiled === undefined ? (refused.answer as Result) : run(compiled, context);
      } catch (error) {
        named.delete(name);
        throw error;
      }
    };

    const run = (compiled: Compiled, context: RequestContext): Promise<Result> => {
      const covered = compiled !== null && compiled.covers(context);
      onExecuted(covered ? 'compiled' : 'stock');
      return covered ? compiled.run(context) : stock(context);
    };

    this.executor = async (context) => {
      const { document } = context;
      const name = context.request.operationName ?? '';
      let named = this.#compiled.get(document);
      if (!named) this.#compiled.set(document, (named = new Map()));
      const known = named.get(name);
      const compiled = known instanceof Promise ? await known : known;
      return compiled === undefined ? first(name, named, context) : run(compiled, context);
    };
    this.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
      this.#compiled = new WeakMap();
      this.#planner = plannerOf(coreSupergraphSdl, config.queryPlannerConfig);
    });
  }
}

/** The key under which ApolloGateway looks for a plan. */
const planKey = ({ queryHash, request: { operationName } }: RequestContext): string =>
  operationName ? createHash('sha256').update(queryHash).update(operationName).digest('hex') : queryHash;

interface Schemas {
  apiSchema: Schema;
  supergraphSchema: GraphQLSchema;
}

/** What ApolloGateway keeps for its own executor, and this one needs as well. */
const schemasOf = (gateway: ApolloGateway): Schemas => gateway as unknown as Schemas;

function compile(
  { queryPlan, serviceMap, operationContext }: Resolved,
  schemas: Schemas & { foresight: Foresight | undefined },
): Compiled {
  const { operation: node, fragments, schema } = operationContext;
  if (node.operation !== OperationTypeNode.QUERY) return null;
  try {
    const operation = operationFromDocument(
      schemas.apiSchema,
      { kind: Kind.DOCUMENT, definitions: [node, ...Object.values(fragments)] },
      { validate: false },
    );
    return compileOperation(queryPlan, serviceMap, operation, {
      schema,
      supergraph: schemas.supergraphSchema,
      node,
      foresight: schemas.foresight,
    });
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

interface OperationParts {
  schema: GraphQLSchema;
  supergraph: GraphQLSchema;
  node: OperationDefinitionNode;
  foresight: Foresight | undefined;
}

function compileOperation(
  plan: QueryPlan,
  services: Record<string, GraphQLDataSource>,
  operation: Operation,
  { schema, supergraph, node, foresight }: OperationParts,
): Compiled {
  for (const { variable } of node.variableDefinitions ?? []) refuseInherited(variable.name.value);
  const defaults = operation.collectDefaultedVariableValues() as Data;
  const asksAhead = new Map<FetchNode, AskAhead>();
  const parts = { services, supergraph, defaults, asksAhead };
  const step = plan.node && compilePlan(plan.node as PlanNode, parts);
  const lookAhead =
    foresight && plan.node
      ? lookingAhead(plan.node as PlanNode, asksAhead, { schema, node, foresight })
      : undefined;
  const { shape, covers } = compileResponse(operation, defaults);
  const run = async (requestContext: RequestContext): Promise<Result> => {
    const variables = variablesOf(requestContext);
    const { errors: refused, coerced: given } = coerced(schema, node, requestContext.request.variables);
    if (refused) return { errors: refused };
    const errors: GraphQLError[] = [];
    const root: Data = {};
    const fetched: Run = { requestContext, variables, errors, root, ahead: null };
    const fetching = step?.(fetched, root);
    lookAhead?.(fetched, given);
    await fetching;
    const data = shape(root, variables);
    if (data === MISFIT) return stockShape(operation, variables, root, errors);
    return (errors.length > 0 ? { errors, data } : { data }) as Result;
  };
  return { run, covers: (requestContext) => covers(variablesOf(requestContext)) };
}

const variablesOf = ({ request }: RequestContext): Data => (request.variables ?? {}) as Data;

/** The last step of stock's executor, with its rules for nulls that rise and values that do not fit. */
function stockShape(operation: Operation, variables: Data, input: Data, errors: GraphQLError[]): Result {
  const introspectionHandling = () => {
    throw new Error('introspection is not compiled');
  };
  try {
    const { data, errors: completion } = computeResponse({
      operation,
      variables,
      input,
      introspectionHandling,
    });
    if (errors.length > 0) return { errors, data } as Result;
    if (completion.length > 0) return { extensions: { valueCompletion: completion }, data } as Result;
    return { data } as Result;
  } catch (error) {
    const original = error as Error;
    const told =
      error instanceof GraphQLError ? error : new GraphQLError(original.message, { originalError: original });
    return { errors: [told] } as Result;
  }
}
