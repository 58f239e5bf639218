import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import pg from 'pg';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { recordKinds } from '../../records/kind.ts';
import { type SubgraphName, subgraphSdl } from '../../schema/sdl.ts';
import { type Loaders, type Row, loadersOver } from './loaders.ts';

/**
 * A subgraph as Apollo's documentation has it: buildSubgraphSchema, Apollo Server standalone with its default plugins, pg and a DataLoader
 * for each request. No policy beyond one condition in SQL, no journal. `node bench/stock/subgraph.ts penalties`, with STOCK as JSON.
 */
export interface StockSubgraph {
  port: number;
  databaseUrl: string;
  /** Number of the matter whose items are shown. */
  scope: number;
  today: string;
  /** Items by number and units by code, read once: stock knows no catalogue that changes. */
  items: Record<number, { code: string; name: string; class: string; tier: string }>;
  units: Record<string, { code: string; name: string }>;
  /** Code to id, for the subgraph that finds subjects by code. */
  pseudonymKey: string;
}

const name = process.argv[2] as SubgraphName;
const options = JSON.parse(process.env['STOCK'] ?? '{}') as StockSubgraph;
const sdl = subgraphSdl(name);
const kinds = recordKinds(sdl);
const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 10 });
const pseudonym = createPseudonym(Buffer.from(options.pseudonymKey, 'hex'));
const loaders = loadersOver({ pool, kinds, scope: options.scope, today: options.today });

interface Context {
  loaders: Loaders;
}
type Page = { first?: number | null };

const record = {
  item: (row: Row) => options.items[row['itemId'] as number],
  provider: (row: Row) => options.units[row['provider'] as string],
};

const resolvers = {
  Subject: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      name === 'registration' ? context.loaders.subject.load(id) : { id },
    ...Object.fromEntries(
      kinds.map(({ field, single }) => [
        field,
        async ({ id }: { id: string }, { first }: Page, context: Context) => {
          const rows = (await context.loaders.lists[field]?.load(id)) ?? [];
          return single ? rows[0] : { nodes: rows.slice(0, first ?? undefined) };
        },
      ]),
    ),
  },
  ...Object.fromEntries(kinds.map(({ type }) => [type, record])),
  ...(name === 'registration' && {
    Query: {
      subject: (_: unknown, { code }: { code: string }, context: Context) =>
        context.loaders.subject.load(pseudonym(code)),
    },
  }),
};

const server = new ApolloServer<Context>({
  schema: buildSubgraphSchema({ typeDefs: sdl, resolvers: resolvers as never }),
});
await startStandaloneServer(server, {
  listen: { port: options.port, host: '127.0.0.1' },
  context: async () => ({ loaders: loaders() }),
});
