import { setImmediate as turn } from 'node:timers/promises';
import { ERRORS, errorCodeDef } from '@apollo/federation-internals';
import type { GraphQLDataSource, LocalGraphQLDataSource } from '@apollo/gateway';
import { applyRewrites } from '@apollo/gateway/dist/dataRewrites.js';
import { generateHydratedPaths } from '@apollo/gateway/dist/executeQueryPlan.js';
import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { bounded } from '../../errors.ts';
import { type Ahead, type Entity, canBeAside, isAbout } from './ahead.ts';
import { type Data, compileRequires } from './requires.ts';

type ProcessOptions = Parameters<LocalGraphQLDataSource['process']>[0];
export type RequestContext = Extract<
  ProcessOptions,
  { incomingRequestContext: unknown }
>['incomingRequestContext'];

/** One execution of a compiled plan. */
export interface Run {
  requestContext: RequestContext;
  variables: Data;
  errors: GraphQLError[];
  /** All that the subgraphs have answered so far. */
  root: Data;
  /** What was asked before its entity was there. */
  ahead: Map<FetchNode, Ahead<Response>> | null;
}

type Response = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** A part of a plan, run on what stands at its place in the answer: an object, a list of objects, or nothing. */
export type Step = (run: Run, at: unknown) => Promise<unknown> | undefined;

/** Asks about an entity that is foreseen, for the step that will come to it. */
export type AskAhead = (run: Run, entity: Entity) => void;

/** The enum is not exported. */
const INCOMING_OPERATION = 'incoming operation' as ProcessOptions['kind'];

/**
 * Entities in one question. A page of a thousand is asked in slices, with a turn of the event loop after each: others do not wait for it,
 * and what an agency answers is merged and gone before the next slice comes. A hundred subjects cost the statements that one costs [NT-18].
 */
const SLICE = 100;

interface Entities {
  _entities?: (Data | null)[];
}

export interface CompiledFetch {
  step: Step;
  askAhead: AskAhead;
}

/** One fetch of a plan, at one place of the answer. It does what stock's `executeFetch` does, in the same order, without its traces. */
export function compileFetch(
  fetch: FetchNode,
  path: ResponsePath,
  service: GraphQLDataSource,
  supergraph: GraphQLSchema,
): CompiledFetch {
  const { serviceName, operationName, requires, inputRewrites, outputRewrites } = fetch;
  const usages = fetch.variableUsages ?? [];
  const representationOf = requires && compileRequires(supergraph, requires);

  const ask = ({ requestContext }: Run, variables: Data, context: RequestContext['context']) =>
    service.process({
      kind: INCOMING_OPERATION,
      request: { query: fetch.operation, variables, operationName },
      incomingRequestContext: requestContext,
      context,
      document: fetch.operationDocumentNode,
      pathInIncomingRequest: path,
    });

  const askAhead: AskAhead = (run, entity) => {
    if (!canBeAside(service)) return;
    const { context, keep } = service.aside(run.requestContext.context);
    const variables = { ...variablesOf(run), representations: [entity] };
    const response = ask(run, variables, context);
    // Whoever comes to it is told; where nobody does, it never happened.
    response.catch(() => undefined);
    run.ahead?.set(fetch, { entity, response, keep });
  };

  /**
   * Asks, unless what is asked is on its way since before.
   * @param offset how many entities of this fetch were sent before
   */
  const send = (
    run: Run,
    variables: Data,
    errors: GraphQLError[],
    take: (data: Data) => void,
    offset = 0,
  ): Promise<void> => {
    const begun = run.ahead?.get(fetch);
    const ahead = begun && isAbout(begun.entity, variables['representations']) ? begun : null;
    const asked = ahead ? ahead.response : ask(run, variables, run.requestContext.context);
    return asked.then((response) => {
      ahead?.keep();
      if (response.errors) {
        const pathOf = errorPaths(fetch, path, run.root, offset);
        for (const error of response.errors)
          errors.push(downstream(error as GraphQLError, serviceName, pathOf));
      }
      if (response.data) take(response.data as Data);
    });
  };

  const variablesOf = (run: Run): Data => {
    const variables: Data = {};
    for (const name of usages) {
      const value = run.variables[name];
      if (value !== undefined) variables[name] = value;
    }
    return variables;
  };

  const perform = (run: Run, at: unknown, errors: GraphQLError[]): Promise<void> | undefined => {
    const entities = (
      Array.isArray(at) ? at.filter((one) => one !== null && one !== undefined) : [at]
    ) as Data[];
    if (entities.length === 0) return undefined;
    const variables = variablesOf(run);
    if (!representationOf)
      return send(run, variables, errors, (data) => {
        applyRewrites(supergraph, outputRewrites, data);
        for (const entity of entities) deepMerge(entity, data);
      });
    const representations: Data[] = [];
    const known: Data[] = [];
    for (const entity of entities) {
      const representation = representationOf(entity);
      if (!representation?.['__typename']) continue;
      applyRewrites(supergraph, inputRewrites, representation);
      representations.push(representation);
      known.push(entity);
    }
    if (known.length === 0) return undefined;
    if ('representations' in variables) throw new Error('Variables cannot contain key "representations"');
    const sendSlice = (from: number): Promise<void> => {
      const asked = { ...variables, representations: representations.slice(from, from + SLICE) };
      return send(run, asked, errors, (data) => merge(known.slice(from, from + SLICE), data), from);
    };
    return known.length <= SLICE ? sendSlice(0) : inSlices(known.length, sendSlice);
  };

  const merge = (known: readonly Data[], { _entities: received }: Entities): void => {
    if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array');
    if (received.length !== known.length) {
      throw new Error(`Expected "data._entities" to contain ${known.length} elements`);
    }
    known.forEach((entity, i) => {
      const more = received[i];
      if (!more) return;
      more['__typename'] ||= entity['__typename'];
      applyRewrites(supergraph, outputRewrites, more);
      deepMerge(entity, more);
    });
  };

  const step: Step = (run, at) => {
    const errors: GraphQLError[] = [];
    const end = () => void run.errors.push(...bounded(errors));
    const fail = (error: unknown) => {
      errors.push(error as GraphQLError);
      end();
    };
    try {
      return perform(run, at, errors)?.then(end, fail);
    } catch (error) {
      fail(error);
      return undefined;
    }
  };
  return { step, askAhead };
}

async function inSlices(size: number, send: (from: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < size; from += SLICE) {
    if (from > 0) await turn();
    await send(from);
  }
}

/** Where in the whole answer a subgraph's error belongs. Worked out at the first error: most fetches have none. */
function errorPaths(
  { requires }: FetchNode,
  path: ResponsePath,
  root: Data,
  offset: number,
): (path: readonly (string | number)[] | undefined) => ResponsePath | undefined {
  let places: ResponsePath[] | undefined;
  return (within) => {
    if (!within) return undefined;
    const [, index] = within;
    if (!requires || typeof index !== 'number') return [...path, ...within];
    if (!places) generateHydratedPaths([], path, root, (places = []));
    return [...(places[offset + index] ?? []), ...within.slice(2)];
  };
}

function downstream(
  error: GraphQLError,
  serviceName: string,
  pathOf: (path: GraphQLError['path']) => ResponsePath | undefined,
): GraphQLError {
  const message = error.message || `Error while fetching subquery from service "${serviceName}"`;
  const options = {
    originalError: error,
    path: pathOf(error.path),
    extensions: { ...error.extensions, serviceName },
  };
  const known = errorCodeDef(error);
  if (!known && error.extensions?.['code']) return new GraphQLError(message, options);
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options);
}
