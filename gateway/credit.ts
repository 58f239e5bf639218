import { readFileSync } from 'node:fs';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { emptyReport } from '../records/disclosure.ts';
import type { CatalogueFollower } from '../records/follower.ts';
import type { Following } from '../records/following.ts';
import type { Journal } from '../records/journal.ts';
import { GATEWAY_SUBGRAPH, SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../schema/sdl.ts';
import type { GatewayContext } from './context.ts';
import { withShownTiers } from './federation/shownTiers.ts';
import { type Transport, dataSource } from './federation/transport.ts';
import { createGateway } from './gateway.ts';
import type { Tokens } from './identity/tokens.ts';
import type { Metrics } from './observe/metrics.ts';
import { measured } from './observe/requests.ts';
import { subjectForesight } from './policy/foresight.ts';
import { policyPlugin } from './policy/plugin.ts';
import type { Rights } from './policy/rights.ts';

export interface CreditGatewayParts {
  transports: Record<SubgraphName, Transport>;
  journal: Journal;
  follower: CatalogueFollower;
  /** Accounts and withdrawals, as every gateway process follows them. */
  rights: Following<Rights>;
  tokens: Tokens;
  pseudonym: (code: string) => string;
  clock: Clock;
  log: Log;
  metrics?: Metrics;
  /** What the gateway itself answers; none, and checks are unavailable. */
  checks?: GraphQLDataSource<GatewayContext>;
}

const SUPERGRAPH = new URL('../schema/supergraph.graphql', import.meta.url);

/** The one door over the city's subgraphs: federation with policy, wherever the subgraphs run. */
export function creditGateway(parts: CreditGatewayParts): ApolloServerOptionsWithGateway<GatewayContext> {
  const { transports, journal, follower, rights, pseudonym, clock, log } = parts;
  const failed = (subgraph: string, error: unknown) =>
    log.error({ subgraph, err: error }, 'a subgraph did not answer');
  const policy = policyPlugin({
    journal,
    snapshot: () => follower.current(),
    rights: () => rights.current(),
    access: transports.access,
    today: () => clock.today(),
    pseudonym,
    persons: {
      registration: transports.registration,
      records: SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records).map((name) => transports[name]),
    },
    onJournalFailure: (error) => log.error({ err: error }, 'the journal could not be written'),
  });
  const subgraphs: Record<string, GraphQLDataSource<GatewayContext>> = {
    ...Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, dataSource(name, transports[name], failed)])),
    ...(parts.checks && { [GATEWAY_SUBGRAPH]: parts.checks }),
  };
  return createGateway<GatewayContext>({
    supergraphSdl: withShownTiers(readFileSync(SUPERGRAPH, 'utf8')),
    subgraphs,
    onUnexpected: (error) => log.error({ err: error }, 'unexpected'),
    foresight: subjectForesight({ pseudonym, today: () => clock.today() }),
    onExecuted: (way) => parts.metrics?.executed(way),
    plugins: [parts.metrics ? measured(parts.metrics, policy) : policy],
  });
}

/** What a request brings, before any of it is read. */
export const creditContext =
  (tokens: Tokens) =>
  async ({
    req,
  }: {
    req: { headers: Record<string, string | string[] | undefined> };
  }): Promise<GatewayContext> => {
    const { authorization, 'query-purpose': purpose } = req.headers;
    return {
      caller: await tokens.caller(authorization as string | undefined),
      purposeHeader: typeof purpose === 'string' ? purpose : null,
      grant: null,
      report: emptyReport(),
    };
  };
