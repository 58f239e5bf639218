import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import pg from 'pg';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { recordKinds } from '../../records/kind.ts';
import { type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { givenOptions } from '../harness/options.ts';
import type { Catalogue } from './catalogue.ts';
import { loadersOver } from './loaders.ts';
import { type Context, recordResolvers, subjectQuery } from './resolvers.ts';

/**
 * A subgraph as Apollo's documentation has it: buildSubgraphSchema, Apollo Server standalone with its default plugins, pg and a DataLoader
 * for each request. No policy beyond one condition in SQL, no journal. `node bench/stock/subgraph.ts penalties options.json`
 */
export interface StockSubgraph {
  port: number;
  databaseUrl: string;
  catalogue: Catalogue;
  /** Code to id, for the subgraph that finds subjects by code. */
  pseudonymKey: string;
}

const name = process.argv[2] as SubgraphName;
const options = givenOptions() as StockSubgraph;
const sdl = subgraphSdl(name);
const kinds = recordKinds(sdl);
const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 10 });
const loaders = loadersOver({ pool, kinds, ...options.catalogue });
const records = recordResolvers(kinds, options.catalogue);
const registers = name === 'registration';

const resolvers = {
  ...records,
  Subject: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      registers ? context.loaders.subject.load(id) : { id },
    ...records.Subject,
  },
  ...(registers && { Query: subjectQuery(createPseudonym(Buffer.from(options.pseudonymKey, 'hex'))) }),
};

const server = new ApolloServer<Context>({
  schema: buildSubgraphSchema({ typeDefs: sdl, resolvers: resolvers as never }),
});
await startStandaloneServer(server, {
  listen: { port: options.port, host: '127.0.0.1' },
  context: async () => ({ loaders: loaders() }),
});
