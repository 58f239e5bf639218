import { composeServices } from '@apollo/composition';
import type { BaseContext } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { type GatewayOptions, createGateway } from '../../gateway/gateway.ts';
import { type HttpOptions, type HttpService, httpService } from '../../gateway/http/serve.ts';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key"])
  type Query { hello(name: String): String, broken: String }
  type Mutation { shout(word: String!): String }
`);

const resolvers = {
  Query: {
    hello: (_: unknown, { name }: { name?: string }) => `hello ${name ?? 'world'}`,
    broken: () => {
      throw new Error('connect ECONNREFUSED 10.9.8.7:5432');
    },
  },
  Mutation: { shout: (_: unknown, { word }: { word: string }) => word.toUpperCase() },
};

/** A federation with nothing of credit information in it: one subgraph, over HTTP. */
export interface SmallWorld {
  url: string;
  gateway: HttpService<BaseContext>;
  close(): Promise<void>;
}

export async function smallWorld(
  gatewayOptions: Partial<GatewayOptions> = {},
  httpOptions: Partial<HttpOptions<BaseContext>> = {},
): Promise<SmallWorld> {
  const subgraph = await httpService(
    {
      schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
      stopOnTerminationSignals: false,
      plugins: [ApolloServerPluginInlineTraceDisabled()],
    },
    { context: async () => ({}) },
  );
  const url = `${await subgraph.listen(0, '127.0.0.1')}/graphql`;
  const { supergraphSdl } = composeServices([{ name: 'small', url, typeDefs }]);
  const gateway = await httpService(
    createGateway({ supergraphSdl: supergraphSdl as string, ...gatewayOptions }),
    {
      context: async () => ({}),
      ...httpOptions,
    },
  );
  return {
    url: await gateway.listen(0, '127.0.0.1'),
    gateway,
    async close() {
      for (const service of [gateway, subgraph]) {
        // Tests leave answers unread, and draining would wait for them.
        service.http.closeAllConnections();
        await service.close();
      }
    },
  };
}

/** POSTs a query as JSON. */
export const ask = (url: string, query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
