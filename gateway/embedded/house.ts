import { createHash } from 'node:crypto';
import { type Clock, createClock } from '../../platform/clock.ts';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';
import { type Sealer, createSealer } from '../../platform/crypto/seal.ts';
import { dataFolder } from '../../platform/data/dataFolder.ts';
import { type Secrets, openSecrets } from '../../platform/data/secrets.ts';
import { type Log, createLog } from '../../platform/log.ts';
import { openCluster } from '../../platform/postgres/cluster.ts';
import { type DatabaseUrls, provision } from '../../platform/postgres/provision.ts';
import type { Settings } from '../../platform/settings.ts';
import { printedSms, smsSender } from '../../platform/sms.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import type { WorkingCalendar } from '../../policy/workingDays.ts';
import { migrate } from '../../records/database.ts';
import { routedDoor } from '../../records/doors.ts';
import type { AgencyDoor, SubjectDoor } from '../../records/delivery.ts';
import { CatalogueFollower } from '../../records/follower.ts';
import type { EvidenceStore } from '../../records/evidence.ts';
import type { Following } from '../../records/following.ts';
import type { Journal } from '../../records/journal.ts';
import type { SnapshotSource } from '../../records/snapshot.ts';
import type { Subgraph, SubgraphParts } from '../../records/subgraph.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { GroupJournal } from '../../subgraphs/access/journal.ts';
import { JOURNAL_ROLE, SEALER_ROLE, databases as specs } from '../../subgraphs/databases.ts';
import { modules } from '../../subgraphs/index.ts';
import { layouts } from '../../subgraphs/layouts.ts';
import { calendarOf } from '../calendar.ts';
import { localTransport } from '../federation/transport.ts';
import { packsOf } from '../packs.ts';
import { type Rights, rightsFollower } from '../policy/rights.ts';

/** A started PostgreSQL with all agencies' databases, migrated, and the keys that belong to them. */
export interface Ground {
  settings: Settings;
  folder: string;
  secrets: Secrets;
  clock: Clock;
  packs: Packs;
  calendar: WorkingCalendar;
  log: Log;
  databases: Record<SubgraphName, DatabaseUrls>;
  /** As the role that adds entries to the journal. */
  journalUrl: string;
  /** As the role that seals them. */
  sealerUrl: string;
  pseudonym: (code: string) => string;
  sealer: Sealer;
  close(): Promise<void>;
}

/** All subgraphs in this process over a PostgreSQL of its own. */
export interface House extends Ground {
  subgraphs: Record<SubgraphName, Subgraph>;
  journal: Journal;
  /** The gateway's own copy of the catalogue. */
  follower: CatalogueFollower;
  /** Where files of evidence are kept. */
  evidence: EvidenceStore;
  /** The gateway's own copy of accounts and withdrawals. */
  rights: Following<Rights>;
}

export async function openGround(settings: Settings): Promise<Ground> {
  const log = createLog(settings, 'gateway');
  const folder = dataFolder(settings);
  const secrets = await openSecrets(folder);
  const cluster = await openCluster({
    folder,
    preferredPort: settings.creditPgPort,
    superuserPassword: secrets.superuserPassword,
    log,
  });
  try {
    const urls = await provision(cluster, specs, secrets);
    const databases = urls as Record<SubgraphName, DatabaseUrls>;
    await Promise.all(
      SUBGRAPH_NAMES.map((name) =>
        migrate(databases[name].migratorUrl, modules[name].entities, modules[name].migrations),
      ),
    );
    return {
      settings,
      folder,
      secrets,
      clock: createClock(settings),
      packs: packsOf(settings),
      calendar: calendarOf(settings),
      log,
      databases,
      journalUrl: databases.access.roleUrls[JOURNAL_ROLE] as string,
      sealerUrl: databases.access.roleUrls[SEALER_ROLE] as string,
      pseudonym: createPseudonym(settings.pseudonymKey ?? secrets.pseudonymKey),
      sealer: createSealer(settings.sealingKeys ?? secrets.sealingKeys),
      close: () => cluster.stop(),
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Seals the cursors of a subgraph, from a secret that its processes share. */
export const cursorKeyOf = (secret: Buffer, name: string): string =>
  createHash('sha256').update(secret).update(`cursor ${name}`).digest('hex');

/** The door of a part that was opened before whoever calls. */
function ready<T>(door: T | undefined): T {
  if (door === undefined) throw new Error('called before it was opened');
  return door;
}

export async function openHouse(settings: Settings): Promise<House> {
  const ground = await openGround(settings);
  const open: Partial<Record<SubgraphName, Subgraph>> = {};
  const started: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of started.toReversed()) await part.close();
    await ground.close();
  };
  try {
    const doors = new Map<string, AgencyDoor>();
    const records = routedDoor(
      (recordType) => ready(doors.get(recordType)),
      () => [...new Set(doors.values())],
    );
    const catalogue: SnapshotSource = {
      snapshot: (since) => ready(open.catalogue?.snapshots).snapshot(since),
    };
    const subjects: SubjectDoor = {
      register: (batch) => ready(open.registration?.subjects).register(batch),
      idOf: (code) => ready(open.registration?.subjects).idOf(code),
    };
    const partsOf = (name: SubgraphName): SubgraphParts => ({
      databaseUrl: ground.databases[name].appUrl,
      catalogue,
      leaseSeconds: settings.catalogueLeaseSeconds,
      packs: ground.packs,
      calendar: ground.calendar,
      today: () => ground.clock.today(),
      pseudonym: ground.pseudonym,
      sealer: ground.sealer,
      cursorKey: cursorKeyOf(ground.secrets.pseudonymKey, name),
      intake: { records, subjects, layouts },
      jobKeepDays: settings.jobKeepDays,
      orders: (to) => ready(open[to as SubgraphName]?.orders),
      changes: (agency) => ready(open[agency as SubgraphName]?.changes),
      changeLogDays: settings.changeLogDays,
      ...(settings.pushPrivateNetworks && { pushNetworks: settings.pushPrivateNetworks }),
      ...(name === 'access' && {
        sms: smsSender(settings) ?? printedSms,
        sealing: {
          url: ground.sealerUrl,
          key: settings.journalSigningKey ?? ground.secrets.journalSigningKey,
          origin: settings.journalOrigin,
        },
      }),
      log: ground.log,
    });
    // The catalogue first: all others follow it.
    const rest = SUBGRAPH_NAMES.filter((name) => name !== 'catalogue');
    const openOne = async (name: SubgraphName) => {
      const subgraph = await modules[name].open(partsOf(name));
      started.push(subgraph);
      open[name] = subgraph;
      const { sink } = subgraph;
      if (sink) for (const type of subgraph.recordTypes) doors.set(type, sink);
    };
    await openOne('catalogue');
    await Promise.all(rest.map(openOne));
    const journal = new GroupJournal(ground.journalUrl, ground.log);
    started.push(journal);
    const follower = new CatalogueFollower({
      source: catalogue,
      leaseSeconds: settings.catalogueLeaseSeconds,
      log: ground.log,
    });
    await follower.start();
    started.push(follower);
    const rights = rightsFollower({
      access: localTransport(ready(open.access)),
      today: () => ground.clock.today(),
      leaseSeconds: settings.catalogueLeaseSeconds,
      log: ground.log,
    });
    await rights.start();
    started.push(rights);
    const evidence = ready(open.objections?.evidence);
    const subgraphs = open as Record<SubgraphName, Subgraph>;
    return { ...ground, subgraphs, journal, follower, evidence, rights, close };
  } catch (error) {
    await close();
    throw error;
  }
}
