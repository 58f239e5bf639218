import { createClock } from '../../platform/clock.ts';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { createSealer } from '../../platform/crypto/seal.ts';
import { createLog } from '../../platform/log.ts';
import type { Settings } from '../../platform/settings.ts';
import { smsSender } from '../../platform/sms.ts';
import type { AgencyDoor, SubjectDoor } from '../../records/delivery.ts';
import { routedDoor } from '../../records/doors.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import type { SnapshotSource } from '../../records/snapshot.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { modules } from '../../subgraphs/index.ts';
import { layouts } from '../../subgraphs/layouts.ts';
import { recordKeepers } from '../../subgraphs/keepers.ts';
import { calendarOf } from '../calendar.ts';
import { packsOf } from '../packs.ts';
import { pulling } from '../pulling.ts';
import { dailyTidying } from '../tidying.ts';
import { remoteChanges, remoteDelivery, remoteInquiries, remoteOrders, remoteSnapshots } from './remote.ts';
import { required } from './settings.ts';
import { subgraphService } from './subgraphService.ts';

/** Delivering a chunk is a transaction of thousands of rows: it may take longer than a query. */
const DELIVERY_TIMEOUT_MS = 60_000;

/** A door that no call should come to: this subgraph has no business with it. */
const refused = () => Promise.reject(new Error('not for this subgraph'));
const closed: AgencyDoor & SubjectDoor & SnapshotSource = {
  register: refused,
  idOf: refused,
  deliver: refused,
  listed: refused,
  withdraw: refused,
  amend: refused,
  archived: refused,
  facts: refused,
  factsOf: refused,
  conductSince: refused,
  brokenPromise: refused,
  snapshot: refused,
};

/** How an agency is reached at its URL: the center's subgraphs deliver and amend, those that ask can do no more than that. */
function agencyDoors(
  name: SubgraphName,
  settings: Settings,
): ((url: string) => AgencyDoor & SubjectDoor) | null {
  const timeout = DELIVERY_TIMEOUT_MS;
  if (SUBGRAPHS[name].center) {
    const signer = new GrantSigner(required(settings, 'deliveryPrivateKey').deliveryPrivateKey);
    return (url) => remoteDelivery({ url, signer, timeout });
  }
  if (!SUBGRAPHS[name].asks) return null;
  const signer = new GrantSigner(required(settings, 'inquiryPrivateKey').inquiryPrivateKey);
  return (url) => ({ ...closed, ...remoteInquiries({ url, signer, timeout }) });
}

function intakeOf(name: SubgraphName, settings: Settings): SubgraphParts['intake'] {
  const reached = agencyDoors(name, settings);
  if (!reached) return { records: closed, subjects: closed, layouts };
  const { subgraphUrls } = required(settings, 'subgraphUrls');
  const doors = new Map<string, AgencyDoor & SubjectDoor>();
  for (const agency of SUBGRAPH_NAMES.filter((n) => SUBGRAPHS[n].records)) {
    const url = subgraphUrls[agency];
    if (url) doors.set(agency, reached(url));
  }
  const doorOf = (agency: string | undefined): AgencyDoor & SubjectDoor => {
    const door = agency && doors.get(agency);
    if (!door) throw new Error(`SUBGRAPH_URLS does not name ${agency ?? 'the keeper of this record type'}`);
    return door;
  };
  return {
    records: routedDoor(
      (type) => doorOf(recordKeepers.get(type)),
      () => [...doors.values()],
    ),
    subjects: {
      register: async (subjects) => doorOf('registration').register(subjects),
      idOf: async (code) => doorOf('registration').idOf(code),
    },
    layouts,
  };
}

/** How long one order may take; whoever gave it does not wait for it. */
const ORDER_TIMEOUT_MS = 10_000;

/** Orders go out signed: those of the center's subgraphs as what they are, those of agencies as news of their own records. */
function ordersOf(name: SubgraphName, settings: Settings): SubgraphParts['orders'] {
  const { records, center } = SUBGRAPHS[name];
  if (!records && !center) return () => ({ apply: refused });
  const { subgraphUrls } = required(settings, 'subgraphUrls');
  const key = center
    ? required(settings, 'deliveryPrivateKey').deliveryPrivateKey
    : required(settings, 'standingPrivateKey').standingPrivateKey;
  const signer = new GrantSigner(key);
  return (to) => {
    const url = subgraphUrls[to];
    if (!url) throw new Error(`SUBGRAPH_URLS does not name ${to}`);
    return remoteOrders({ url, signer, timeout: ORDER_TIMEOUT_MS }, center ? 'deliver' : 'standing');
  };
}

/** The logs of those that keep records, for those that ask. */
function changesOf(name: SubgraphName, settings: Settings): SubgraphParts['changes'] {
  if (!SUBGRAPHS[name].asks) return () => ({ changes: refused });
  const { subgraphUrls, inquiryPrivateKey } = required(settings, 'subgraphUrls', 'inquiryPrivateKey');
  const signer = new GrantSigner(inquiryPrivateKey);
  return (agency) => {
    const url = subgraphUrls[agency];
    if (!url) throw new Error(`SUBGRAPH_URLS does not name ${agency}`);
    return remoteChanges({ url, signer, timeout: DELIVERY_TIMEOUT_MS });
  };
}

/** Keys that only some subgraphs hold: a subgraph that names no codes cannot turn one into an id, nor open a sealed one. */
function keysOf(name: SubgraphName, settings: Settings): Pick<SubgraphParts, 'pseudonym' | 'sealer'> {
  if (name === 'registration') {
    const keys = required(settings, 'pseudonymKey', 'sealingKeys');
    return { pseudonym: createPseudonym(keys.pseudonymKey), sealer: createSealer(keys.sealingKeys) };
  }
  const pseudonym = () => {
    throw new Error(`${name} does not hold the pseudonym key`);
  };
  if (SUBGRAPHS[name].seals)
    return { pseudonym, sealer: createSealer(required(settings, 'sealingKeys').sealingKeys) };
  const sealer = {
    seal: pseudonym,
    open: pseudonym,
    openBytes: pseudonym,
    keyIdOf: pseudonym,
    currentKeyId: 0,
  };
  return { pseudonym, sealer };
}

/** The access subgraph seals the journal, beside the gateways that write it. */
function sealingOf(name: SubgraphName, settings: Settings): Pick<SubgraphParts, 'sealing'> {
  if (name !== 'access') return {};
  const { journalDatabaseUrl, journalSigningKey } = required(
    settings,
    'journalDatabaseUrl',
    'journalSigningKey',
  );
  return { sealing: { url: journalDatabaseUrl, key: journalSigningKey, origin: settings.journalOrigin } };
}

/** Apart, nobody watches a terminal: without a sender, no code is sent. */
function smsOf(name: SubgraphName, settings: Settings): Pick<SubgraphParts, 'sms'> {
  const sms = name === 'access' ? smsSender(settings) : null;
  return sms ? { sms } : {};
}

/** One subgraph as its own process over its own DATABASE_URL. @returns its base URL and how to stop it. */
export async function startSubgraph(
  name: SubgraphName,
  settings: Settings,
): Promise<{ url: string; close(): Promise<void> }> {
  const { databaseUrl, grantPublicKeys, cursorKey } = required(
    settings,
    'databaseUrl',
    'grantPublicKeys',
    'cursorKey',
  );
  const log = createLog(settings, name);
  const clock = createClock(settings);
  const catalogue: SnapshotSource =
    name === 'catalogue'
      ? closed
      : remoteSnapshots(required(settings, 'catalogueUrl').catalogueUrl, settings.subgraphTimeoutMs);
  const subgraph = await modules[name].open({
    databaseUrl,
    catalogue,
    leaseSeconds: settings.catalogueLeaseSeconds,
    packs: packsOf(settings),
    calendar: calendarOf(settings),
    today: () => clock.today(),
    ...keysOf(name, settings),
    cursorKey: cursorKey.toString('hex'),
    intake: intakeOf(name, settings),
    orders: ordersOf(name, settings),
    changes: changesOf(name, settings),
    changeLogDays: settings.changeLogDays,
    ...(settings.pushPrivateNetworks && { pushNetworks: settings.pushPrivateNetworks }),
    ...sealingOf(name, settings),
    ...smsOf(name, settings),
    jobKeepDays: settings.jobKeepDays,
    log,
  });
  // What is pulled on schedule is journaled by whoever pulls [SH-26].
  const journal =
    subgraph.intake && settings.pullConnectors !== undefined
      ? new GroupJournal(required(settings, 'journalDatabaseUrl').journalDatabaseUrl, log)
      : undefined;
  const pulls = await pulling({
    settings,
    collection: subgraph,
    databaseUrl,
    log,
    ...(journal && { journal }),
  });
  const service = await subgraphService({
    subgraph,
    grants: new GrantVerifier(grantPublicKeys),
    deliveries: SUBGRAPHS[name].records
      ? new GrantVerifier(required(settings, 'deliveryPublicKeys').deliveryPublicKeys)
      : null,
    inquiries: SUBGRAPHS[name].records
      ? new GrantVerifier(required(settings, 'inquiryPublicKeys').inquiryPublicKeys)
      : null,
    standings: SUBGRAPHS[name].follows
      ? new GrantVerifier(required(settings, 'standingPublicKeys').standingPublicKeys)
      : null,
    onUnexpected: (error) => log.error({ err: error }, 'unexpected'),
  });
  const url = await service.listen(settings.port, settings.host);
  log.info({ url }, 'ready');
  const tidying = dailyTidying([subgraph], log);
  return {
    url,
    async close() {
      await service.close();
      await pulls.close();
      await journal?.close();
      await tidying.close();
      await subgraph.close();
    },
  };
}
