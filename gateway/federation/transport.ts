import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { addDisclosed, type DisclosureData, disclosureData } from '../../records/disclosure.ts';
import { ERROR_CODES, badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { GatewayContext } from '../context.ts';
import { bounded, unavailable } from '../errors.ts';
import { within } from '../../platform/within.ts';
import { compiledExecution, interpretedExecution } from './execution.ts';

/** How the gateway asks one subgraph, wherever it runs. */
export interface Transport {
  ask(
    query: string,
    variables: Record<string, unknown>,
    operationName: string | undefined,
    grant: Grant,
  ): Promise<Answer>;
}

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
  disclosed: DisclosureData;
}

/** The part of a subgraph that answers in memory. */
interface LocalSubgraph {
  schema: GraphQLSchema;
  context(grant: Grant): SubgraphContext;
}

export interface LocalOptions {
  /** `jit` (the default) compiles each operation once; `graphql-js` interprets it every time. They answer alike. */
  engine?: 'jit' | 'graphql-js';
  /** Milliseconds that a query may take; a mutation takes as long as it needs. */
  timeout?: number;
}

/** A subgraph in this process: no HTTP, no text, no second parse, each operation compiled once. */
export function localTransport(
  subgraph: LocalSubgraph,
  { engine = 'jit', timeout }: LocalOptions = {},
): Transport {
  const execute = (engine === 'jit' ? compiledExecution : interpretedExecution)(subgraph.schema);
  return {
    async ask(query, variables, operationName, grant) {
      const context = subgraph.context(grant);
      const executed = execute(query, operationName, variables, context);
      const limited = timeout !== undefined && executed instanceof Promise && !query.startsWith('mutation');
      const { data, errors } = await (limited ? within(timeout, executed) : executed);
      return { data, errors, disclosed: disclosureData(context.report) };
    },
  };
}

const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);

/**
 * How graphql-js says that a literal does not fit a scalar, which the gateway's schema does not look into, or that a variable with a
 * default was given a null for an argument that takes none.
 */
const MISFIT_ARGUMENT = /^Argument "(\w+)" (?:has invalid value|of non-null type) /;

const unfit = (argument: string, path: GraphQLError['path']): GraphQLError => {
  const shown = badInput(argument, { zh: '格式不正确', en: 'is not of the form that its type has' });
  return new GraphQLError(shown.message, { path, extensions: shown.extensions });
};

/**
 * A subgraph as @apollo/gateway sees it. What goes wrong in one becomes SUBGRAPH_UNAVAILABLE with its name: an address, a statement or a
 * stack would tell callers about the house. What it disclosed is added to the request's report.
 */
export function dataSource(
  name: string,
  transport: Transport,
  onFailure: (subgraph: string, error: unknown) => void,
): GraphQLDataSource<GatewayContext> {
  const outward = (error: GraphQLError): GraphQLError => {
    if (KNOWN.has(error.extensions?.['code'])) return error;
    const argument = MISFIT_ARGUMENT.exec(error.message)?.[1];
    if (argument) return unfit(argument, error.path);
    onFailure(name, error.originalError ?? error);
    const shown = unavailable(name);
    return new GraphQLError(shown.message, { path: error.path, extensions: shown.extensions });
  };
  return {
    async process({ request, context }) {
      const gatewayContext = context as unknown as GatewayContext;
      if (!gatewayContext.grant) throw refusal('FORBIDDEN', { zh: '未获准许', en: 'no grant was given' });
      let answer: Answer;
      try {
        answer = await transport.ask(
          request.query as string,
          request.variables ?? {},
          request.operationName,
          gatewayContext.grant,
        );
      } catch (error) {
        if (error instanceof GraphQLError && KNOWN.has(error.extensions?.['code'])) throw error;
        onFailure(name, error);
        throw unavailable(name);
      }
      addDisclosed(gatewayContext.report, answer.disclosed);
      return {
        data: answer.data,
        ...(answer.errors?.length && { errors: bounded(answer.errors.map(outward)) }),
      };
    },
  };
}
