import { createClock } from '../../platform/clock.ts';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { dataFolder } from '../../platform/data/dataFolder.ts';
import { openSecrets } from '../../platform/data/secrets.ts';
import { createLog } from '../../platform/log.ts';
import type { Settings } from '../../platform/settings.ts';
import { CatalogueFollower } from '../../records/follower.ts';
import { GrantSigner } from '../../records/grantToken.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { Tokens } from '../identity/tokens.ts';
import { embeddedIssuer, oidcIssuer } from '../identity/trusted.ts';
import { packsOf } from '../packs.ts';
import { rightsFollower } from '../policy/rights.ts';
import { creditService } from '../service.ts';
import { remoteEvidence } from './evidence.ts';
import { type RemoteTransport, remoteTransport } from './questions/transport.ts';
import { remoteReady, remoteSnapshots } from './remote.ts';
import { required } from './settings.ts';

/** The gateway as its own process: subgraphs by HTTP under signed grants, the journal by its own append-only role. */
export async function startGateway(settings: Settings): Promise<{ url: string; close(): Promise<void> }> {
  const needed = required(
    settings,
    'journalDatabaseUrl',
    'subgraphUrls',
    'catalogueUrl',
    'grantPrivateKey',
    'pseudonymKey',
  );
  const log = createLog(settings, 'gateway');
  const signer = new GrantSigner(needed.grantPrivateKey);
  const timeout = settings.subgraphTimeoutMs;
  const transportTo = (name: SubgraphName): RemoteTransport => {
    const url = needed.subgraphUrls[name];
    if (!url) throw new Error(`SUBGRAPH_URLS does not name ${name}`);
    return remoteTransport({ url, signer, timeout });
  };
  const transports = Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, transportTo(name)])) as Record<
    SubgraphName,
    RemoteTransport
  >;
  const follower = new CatalogueFollower({
    source: remoteSnapshots(needed.catalogueUrl, timeout),
    leaseSeconds: settings.catalogueLeaseSeconds,
    log,
  });
  await follower.start();
  const clock = createClock(settings);
  const rights = rightsFollower({
    access: transports.access,
    today: () => clock.today(),
    leaseSeconds: settings.catalogueLeaseSeconds,
    log,
  });
  await rights.startClosed();
  const journal = new GroupJournal(needed.journalDatabaseUrl, log);
  const service = await creditService({
    settings,
    transports,
    journal,
    follower,
    rights,
    packs: packsOf(settings),
    evidence: remoteEvidence({ url: needed.subgraphUrls['objections'] as string, signer }),
    tokens: new Tokens(oidcIssuer(settings) ?? embeddedIssuer(await openSecrets(dataFolder(settings)))),
    pseudonym: createPseudonym(needed.pseudonymKey),
    clock,
    log,
    ready: Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [name, remoteReady(needed.subgraphUrls[name] as string, timeout)]),
    ),
  });
  const url = await service.listen(settings.port, settings.host);
  log.info({ url }, 'ready');
  return {
    url,
    async close() {
      await service.close();
      await rights.close();
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
      await follower.close();
      await journal.close();
    },
  };
}
