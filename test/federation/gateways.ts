import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import request from 'supertest';
import { openChecks } from '../../gateway/checks/source.ts';
import type { GatewayContext } from '../../gateway/context.ts';
import { creditContext, creditGateway } from '../../gateway/credit.ts';
import type { Way } from '../../gateway/federation/compiled/compiledGateway.ts';
import { withShownTiers } from '../../gateway/federation/shownTiers.ts';
import {
  type LocalOptions,
  type Transport,
  dataSource,
  localTransport,
} from '../../gateway/federation/transport.ts';
import { subjectForesight } from '../../gateway/policy/foresight.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { Tokens } from '../../gateway/identity/tokens.ts';
import { embeddedIssuer } from '../../gateway/identity/trusted.ts';
import type { JournalEntry } from '../../records/journal.ts';
import { GATEWAY_SUBGRAPH, SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import type { AskOptions } from '../support/city.ts';
import { type Executed, type Told, told } from './answers.ts';
import type { Town } from './town.ts';

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

/** What an answer told, and what the journal says it did; null where there was no entry. */
export interface Answered extends Told {
  disclosed: { subjects: string[]; items: string[]; outcome: string } | null;
}

export interface Request {
  operationName?: string;
  variables: Record<string, unknown>;
}

export interface Door {
  ask(query: string, sent: Request, caller: AskOptions): Promise<Answered>;
}

export interface OwnGateway extends Door {
  /** How the operations asked so far were executed. */
  ways: Record<Way, number>;
  close(): Promise<void>;
}

/** Of several errors the outcome names the first, and which is first is a matter of time where subgraphs answer at once. */
const disclosed = (
  entry: JournalEntry | undefined,
  errors: readonly unknown[] = [],
): Answered['disclosed'] =>
  entry
    ? {
        subjects: entry.subjects.toSorted(),
        items: entry.items.map(({ code, count }) => `${code} ${count}`).toSorted(),
        outcome: entry.outcome !== 'ANSWERED' && errors.length > 1 ? 'one of several' : entry.outcome,
      }
    : null;

/** The city's gateway with all its policy, beside the one that the city runs and over the same house, executed in one way. */
export async function openGateway(
  { city, entries }: Town,
  executor: Way,
  engine: NonNullable<LocalOptions['engine']>,
): Promise<OwnGateway> {
  const { house } = city.running;
  const ways: Record<Way, number> = { compiled: 0, stock: 0 };
  const transports = Object.fromEntries(
    SUBGRAPH_NAMES.map((name) => [name, localTransport(house.subgraphs[name], { engine })]),
  ) as Record<SubgraphName, Transport>;
  const tokens = new Tokens(embeddedIssuer(house.secrets));
  const checks = openChecks(
    {
      ...house,
      transports,
      snapshot: () => house.follower.current(),
      rights: () => house.rights.current(),
      today: () => house.clock.today(),
    },
    () => {},
  );
  const policed = creditGateway({ ...house, transports, tokens, checks: checks.source });
  const { gateway } = createGateway<GatewayContext>({
    supergraphSdl: withShownTiers(readFileSync(SUPERGRAPH, 'utf8')),
    subgraphs: {
      ...Object.fromEntries(
        SUBGRAPH_NAMES.map((name) => [name, dataSource(name, transports[name], () => {})]),
      ),
      [GATEWAY_SUBGRAPH]: checks.source,
    },
    executor,
    foresight: subjectForesight({ ...house, today: () => house.clock.today() }),
    onExecuted: (way) => {
      ways[way] += 1;
    },
  });
  const server = new ApolloServer<GatewayContext>({ ...policed, gateway });
  await server.start();
  const contextOf = creditContext(tokens);
  return {
    ways,
    async ask(query, sent, { token, purpose }) {
      const headers = {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(typeof purpose === 'string' && { 'query-purpose': purpose }),
      };
      const contextValue = await contextOf({ req: { headers } });
      const answer = (await server.executeOperation({ query, ...sent }, { contextValue })) as Executed;
      const { singleResult: result = {} } = answer.body;
      return {
        ...told(answer.http.status ?? 200, result),
        disclosed: disclosed(entries.get(String(result.extensions?.['receipt'])), result.errors),
      };
    },
    async close() {
      await server.stop();
      await checks.close();
    },
  };
}

/** The gateway that the city runs, over HTTP. */
export const served = ({ city, entries }: Town): Door => ({
  async ask(query, { operationName, variables }, { token, purpose }) {
    // A connection of its own for each: one that is kept may end just when it is used again.
    const response = await request(city.running.url)
      .post('/graphql')
      .set({
        ...(token && { authorization: `Bearer ${token}` }),
        ...(typeof purpose === 'string' && { 'query-purpose': purpose }),
      })
      .send({ query, operationName, variables });
    const result = JSON.parse(response.text);
    return {
      ...told(response.status, result),
      disclosed: disclosed(entries.get(String(result.extensions?.receipt)), result.errors),
    };
  },
});
