import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { addDisclosed, type DisclosureData, disclosureData } from '../../records/disclosure.ts';
import { ERROR_CODES, badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { GatewayContext } from '../context.ts';
import { bounded, unavailable } from '../errors.ts';
import { within } from '../../platform/within.ts';
import type { AsideSource } from './compiled/ahead.ts';
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
  context(grant: Grant): SubgraphContext | Promise<SubgraphContext>;
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
    ask(query, variables, operationName, grant) {
      try {
        const under = (context: SubgraphContext): Promise<Answer> | Answer => {
          const answer = ({ data, errors }: ExecutionResult): Answer => ({
            data,
            errors,
            disclosed: disclosureData(context.report),
          });
          const executed = execute(query, operationName, variables, context);
          return executed instanceof Promise ? executed.then(answer) : answer(executed);
        };
        const context = subgraph.context(grant);
        const answered = context instanceof Promise ? context.then(under) : under(context);
        if (!(answered instanceof Promise)) return Promise.resolve(answered);
        return timeout !== undefined && !query.startsWith('mutation') ? within(timeout, answered) : answered;
      } catch (error) {
        return Promise.reject(error);
      }
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
): AsideSource<GatewayContext> {
  const outward = (error: GraphQLError): GraphQLError => {
    if (KNOWN.has(error.extensions?.['code'])) return error;
    const argument = MISFIT_ARGUMENT.exec(error.message)?.[1];
    if (argument) return unfit(argument, error.path);
    onFailure(name, error.originalError ?? error);
    const shown = unavailable(name);
    return new GraphQLError(shown.message, { path: error.path, extensions: shown.extensions });
  };
  return {
    aside(context) {
      const disclosed: DisclosureData[] = [];
      return {
        context: { ...context, aside: disclosed },
        keep() {
          for (const data of disclosed) addDisclosed(context.report, data);
        },
      };
    },
    process({ request, context }) {
      const { grant, report, aside } = context as unknown as GatewayContext;
      if (!grant) return Promise.reject(refusal('FORBIDDEN', { zh: '未获准许', en: 'no grant was given' }));
      const { query, variables = {}, operationName } = request;
      return transport.ask(query as string, variables, operationName, grant).then(
        ({ data, errors, disclosed }) => {
          if (aside) aside.push(disclosed);
          else addDisclosed(report, disclosed);
          return errors?.length ? { data, errors: bounded(errors.map(outward)) } : { data };
        },
        (error: unknown) => {
          if (error instanceof GraphQLError && KNOWN.has(error.extensions?.['code'])) throw error;
          onFailure(name, error);
          throw unavailable(name);
        },
      );
    },
  };
}
