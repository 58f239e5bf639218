import { setImmediate as turn } from 'node:timers/promises';
import { ERRORS, errorCodeDef } from '@apollo/federation-internals';
import type { GraphQLDataSource, LocalGraphQLDataSource } from '@apollo/gateway';
import { applyRewrites } from '@apollo/gateway/dist/dataRewrites.js';
import { generateHydratedPaths } from '@apollo/gateway/dist/executeQueryPlan.js';
import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { bounded } from '../../errors.ts';
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
}

/** A part of a plan, run on what stands at its place in the answer: an object, a list of objects, or nothing. */
export type Step = (run: Run, at: unknown) => Promise<void> | void;

/** The enum is not exported. */
const INCOMING_OPERATION = 'incoming operation' as ProcessOptions['kind'];

/**
 * Entities in one question. A page of a thousand is asked in slices, with a turn of the event loop after each: others do not wait for it,
 * and what an agency answers is merged and gone before the next slice comes.
 */
const SLICE = 100;

interface Entities {
  _entities?: (Data | null)[];
}

/** One fetch of a plan, at one place of the answer. It does what stock's `executeFetch` does, in the same order, without its traces. */
export function compileFetch(
  fetch: FetchNode,
  path: ResponsePath,
  service: GraphQLDataSource,
  supergraph: GraphQLSchema,
): Step {
  const { serviceName, operationName, requires, inputRewrites, outputRewrites } = fetch;
  const usages = fetch.variableUsages ?? [];
  const representationOf = requires && compileRequires(supergraph, requires);

  /** @param offset how many entities of this fetch were sent before */
  const send = async (
    run: Run,
    variables: Data,
    errors: GraphQLError[],
    offset = 0,
  ): Promise<Data | null | undefined> => {
    const { requestContext } = run;
    const response = await service.process({
      kind: INCOMING_OPERATION,
      request: { query: fetch.operation, variables, operationName },
      incomingRequestContext: requestContext,
      context: requestContext.context,
      document: fetch.operationDocumentNode,
      pathInIncomingRequest: path,
    });
    if (response.errors) {
      const pathOf = errorPaths(fetch, path, run.root, offset);
      for (const error of response.errors)
        errors.push(downstream(error as GraphQLError, serviceName, pathOf));
    }
    return response.data as Data | null | undefined;
  };

  const variablesOf = (run: Run): Data => {
    const variables: Data = {};
    for (const name of usages) {
      const value = run.variables[name];
      if (value !== undefined) variables[name] = value;
    }
    return variables;
  };

  const perform = async (run: Run, at: unknown, errors: GraphQLError[]): Promise<void> => {
    const entities = (
      Array.isArray(at) ? at.filter((one) => one !== null && one !== undefined) : [at]
    ) as Data[];
    if (entities.length === 0) return;
    const variables = variablesOf(run);
    if (!representationOf) {
      const data = await send(run, variables, errors);
      if (!data) return;
      applyRewrites(supergraph, outputRewrites, data);
      for (const entity of entities) deepMerge(entity, data);
      return;
    }
    const representations: Data[] = [];
    const known: Data[] = [];
    for (const entity of entities) {
      const representation = representationOf(entity);
      if (!representation?.['__typename']) continue;
      applyRewrites(supergraph, inputRewrites, representation);
      representations.push(representation);
      known.push(entity);
    }
    if (known.length === 0) return;
    if ('representations' in variables) throw new Error('Variables cannot contain key "representations"');
    for (let from = 0; from < known.length; from += SLICE) {
      if (from > 0) await turn();
      const asked = { ...variables, representations: representations.slice(from, from + SLICE) };
      const data = (await send(run, asked, errors, from)) as Entities | null | undefined;
      if (data) merge(known.slice(from, from + SLICE), data);
    }
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

  return async (run, at) => {
    const errors: GraphQLError[] = [];
    try {
      await perform(run, at, errors);
    } catch (error) {
      errors.push(error as GraphQLError);
    }
    run.errors.push(...bounded(errors));
  };
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
