import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import pg from 'pg';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { recordKinds } from '../../records/kind.ts';
import { type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { givenOptions } from '../harness/options.ts';
import type { Catalogue } from './catalogue.ts';
import { type Loaders, loadersOver } from './loaders.ts';
import { type Context, recordResolvers, subjectQuery } from './resolvers.ts';

/**
 * No federation: one schema and one process over all databases, with Apollo Server as it comes and what the stock subgraphs have
 * otherwise. `node bench/stock/monolith.ts options.json`
 */
export interface Monolith {
  port: number;
  /** The API that callers of the gateway see. */
  typeDefs: string;
  databaseUrls: Partial<Record<SubgraphName, string>>;
  catalogue: Catalogue;
  pseudonymKey: string;
}

const options = givenOptions() as Monolith;
const agencies = Object.entries(options.databaseUrls).map(([name, connectionString]) => {
  const kinds = recordKinds(subgraphSdl(name as SubgraphName));
  const pool = new pg.Pool({ connectionString, max: 10 });
  return { name, kinds, loaders: loadersOver({ pool, kinds, ...options.catalogue }) };
});
const registration = agencies.findIndex(({ name }) => name === 'registration');

function loadersOfRequest(): Loaders {
  const each = agencies.map(({ loaders }) => loaders());
  return {
    subject: (each[registration] as Loaders).subject,
    lists: Object.assign({}, ...each.map(({ lists }) => lists)),
  };
}

const server = new ApolloServer<Context>({
  typeDefs: options.typeDefs,
  resolvers: {
    ...recordResolvers(
      agencies.flatMap(({ kinds }) => kinds),
      options.catalogue,
    ),
    Query: subjectQuery(createPseudonym(Buffer.from(options.pseudonymKey, 'hex'))),
  } as never,
});
await startStandaloneServer(server, {
  listen: { port: options.port, host: '127.0.0.1' },
  context: async () => ({ loaders: loadersOfRequest() }),
});
