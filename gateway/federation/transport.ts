import type { GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, GraphQLError, type GraphQLSchema, execute, parse } from 'graphql';
import { addDisclosed, type DisclosureData, disclosureData } from '../../records/disclosure.ts';
import { ERROR_CODES, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { GatewayContext } from '../context.ts';
import { unavailable } from '../errors.ts';

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

/** A subgraph in this process: no HTTP, no text, no second parse. */
export function localTransport(subgraph: LocalSubgraph): Transport {
  const documents = new Map<string, DocumentNode>();
  const documentOf = (query: string): DocumentNode => {
    let document = documents.get(query);
    if (!document) {
      if (documents.size >= MAX_DOCUMENTS) documents.delete(documents.keys().next().value as string);
      document = parse(query, { noLocation: true });
      documents.set(query, document);
    }
    return document;
  };
  return {
    async ask(query, variableValues, operationName, grant) {
      const contextValue = subgraph.context(grant);
      const { data, errors } = await execute({
        schema: subgraph.schema,
        document: documentOf(query),
        variableValues,
        operationName,
        contextValue,
      });
      return { data, errors, disclosed: disclosureData(contextValue.report) };
    },
  };
}

const MAX_DOCUMENTS = 2_000;

const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);

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
        ...(answer.errors?.length && { errors: answer.errors.map(outward) }),
      };
    },
  };
}
