import type { BaseContext } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql } from 'graphql';
import { createGateway } from '../../gateway/gateway.ts';
import { type HttpOptions, type HttpService, httpService } from '../../gateway/http/serve.ts';
import { composeSupergraph } from '../../schema/compose.ts';
import { SUBGRAPH_NAMES, subgraphSdl } from '../../schema/sdl.ts';

/** What the stand-in knows: one subject, whatever the code. */
const registration = {
  Query: {
    subject: (_: unknown, { code }: { code: string }) => ({ id: 'stand-in', name: '示例有限公司', code }),
  },
};

/** The real supergraph over subgraphs that hold nothing: for what depends on the schema alone. */
export async function standIn(
  options: Partial<HttpOptions<BaseContext>> = {},
): Promise<HttpService<BaseContext>> {
  const subgraphs = Object.fromEntries(
    SUBGRAPH_NAMES.map((name) => {
      const resolvers = name === 'registration' ? registration : {};
      const schema = buildSubgraphSchema([{ typeDefs: subgraphSdl(name), resolvers }]);
      const process = async ({
        request,
      }: {
        request: { query?: string; variables?: Record<string, unknown> };
      }) => graphql({ schema, source: request.query as string, variableValues: request.variables });
      return [name, { process } as never];
    }),
  );
  return httpService(createGateway({ supergraphSdl: composeSupergraph(), subgraphs }), {
    context: async () => ({}),
    ...options,
  });
}
