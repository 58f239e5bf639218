import type { ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { isObjectType } from 'graphql';
import type { GatewayContext } from '../../../gateway/context.ts';
import { creditGateway } from '../../../gateway/credit.ts';
import { type House, openHouse } from '../../../gateway/embedded/house.ts';
import { startEmbedded } from '../../../gateway/embedded/start.ts';
import { type Transport, localTransport } from '../../../gateway/federation/transport.ts';
import { Admission } from '../../../gateway/http/admission.ts';
import { type HttpService, httpService } from '../../../gateway/http/serve.ts';
import { Tokens } from '../../../gateway/identity/tokens.ts';
import { embeddedIssuer } from '../../../gateway/identity/trusted.ts';
import { Metrics } from '../../../gateway/observe/metrics.ts';
import { measured } from '../../../gateway/observe/requests.ts';
import { entryOf } from '../../../gateway/policy/entry.ts';
import { type Settings, loadSettings } from '../../../platform/settings.ts';
import { emptyReport } from '../../../records/disclosure.ts';
import type { Grant } from '../../../records/grant.ts';
import { tierOf } from '../../../records/guard.ts';
import type { Journal } from '../../../records/journal.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import type { Subgraph } from '../../../records/subgraph.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../../schema/sdl.ts';
import { givenOptions } from '../../harness/options.ts';
import { MATTER, UNIT } from '../question.ts';

/**
 * The embedded gateway without some of its duties, put together from its parts to see what each costs: in the product none of them can be
 * left out. `node bench/subject/parts/gateway.ts options.json`
 */
export interface PartsGateway {
  without: readonly Part[];
}

/** `policy`: token, purpose, grant and the limits on queries and callers. */
type Part = 'journal' | 'shield' | 'policy';

const transportsOf = (house: House, settings: Settings, metrics: Metrics): Record<SubgraphName, Transport> =>
  Object.fromEntries(
    SUBGRAPH_NAMES.map((name) => {
      const transport = localTransport(house.subgraphs[name], { timeout: settings.subgraphTimeoutMs });
      return [name, metrics.timedTransport(name, transport)];
    }),
  ) as Record<SubgraphName, Transport>;

/** Says at once that an entry is durable. */
const forgetful = (journal: Journal): Journal => ({
  write: async () => {},
  count: () => {},
  ready: () => journal.ready(),
  close: () => journal.close(),
});

/** Takes the guard off the fields of records, which it wraps around plain columns. */
function unguard({ schema }: Subgraph): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'CreditRecord')) continue;
    for (const field of Object.values(type.getFields())) {
      const tier = tierOf(field);
      if (tier && tier !== 'PUBLIC') field.resolve = undefined;
    }
  }
}

/** Who asks and why, for all requests alike. */
function fixedContext({ follower, clock }: House): () => Promise<GatewayContext> {
  const matter = follower.current()?.matters.get(MATTER);
  if (!matter) throw new Error(`the catalogue has no matter ${MATTER}`);
  const grant: Grant = {
    scope: { kind: 'MATTER', matter: matter.id, persons: matter.aboutPersons },
    today: clock.today(),
    caller: { role: 'agency', unit: UNIT, subject: null },
  };
  const caller: GatewayContext['caller'] = {
    role: 'agency',
    id: 'bench-officer',
    name: '基准测试',
    unit: UNIT,
    jurisdiction: null,
    channel: 'agency',
    code: null,
  };
  return async () => ({ caller, purposeHeader: null, grant, report: emptyReport() });
}

/** Journals every answer as the policy does, and decides nothing. */
const journaling = (
  journal: Journal,
  snapshot: () => Snapshot | null,
): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body }, contextValue, operationName }) {
        if (body.kind !== 'single') return;
        const purpose = { matter: MATTER, caseNumber: null, note: null };
        const entry = entryOf(contextValue, purpose, operationName ?? '', 'ANSWERED', snapshot());
        await journal.write(entry);
        body.singleResult.extensions = { receipt: entry.id };
      },
    };
  },
});

/** As `creditService`, under a grant that is there from the start. */
function withoutPolicy(house: House, settings: Settings): Promise<HttpService<GatewayContext>> {
  const metrics = new Metrics();
  const journal = metrics.timedJournal(house.journal);
  const options = creditGateway({
    ...house,
    transports: transportsOf(house, settings, metrics),
    journal,
    tokens: new Tokens(embeddedIssuer(house.secrets)),
    metrics,
  });
  return httpService<GatewayContext>(
    {
      ...options,
      validationRules: [],
      parseOptions: {},
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        measured(
          metrics,
          journaling(journal, () => house.follower.current()),
        ),
      ],
    },
    {
      context: fixedContext(house),
      admission: new Admission(settings.maxRequestsAtOnce),
      past: async () => true,
    },
  );
}

async function start({ without }: PartsGateway): Promise<void> {
  const settings = loadSettings();
  const prepare = async (house: House): Promise<void> => {
    if (without.includes('shield')) Object.values(house.subgraphs).forEach(unguard);
    if (without.includes('journal')) house.journal = forgetful(house.journal);
  };
  if (without.includes('policy')) {
    const house = await openHouse(settings);
    await prepare(house);
    const service = await withoutPolicy(house, settings);
    await service.listen(settings.port, settings.host);
  } else await startEmbedded(settings, { prepare });
}

await start(givenOptions() as PartsGateway);
