import { buildSubgraphSchema } from '@apollo/subgraph';
import type { EntitySchema, MigrationObject } from '@mikro-orm/postgresql';
import type { GraphQLSchema } from 'graphql';
import type { JWK } from 'jose';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Packs } from '../policy/packs/packs.ts';
import type { WorkingCalendar } from '../policy/workingDays.ts';
import type { Sealer } from '../platform/crypto/seal.ts';
import type { SmsSender } from '../platform/sms.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName, subgraphSdl } from '../schema/sdl.ts';
import type { SubgraphContext } from './context.ts';
import { Cursors } from './cursor.ts';
import { type Database, openDatabase } from './database.ts';
import { recordAmender } from './amend.ts';
import { type Tidied, readArchive, tidy } from './archive.ts';
import type { ChangeDoor } from './changes/door.ts';
import { RecordChange, RecordChangeKept } from './changes/entities.ts';
import { changeLog, removeTakenIn } from './changes/log.ts';
import { changedRecordResolvers } from './changes/record.ts';
import type { AgencyDoor, Amended, Amendment, SubjectDoor } from './delivery.ts';
import { emptyReport } from './disclosure.ts';
import { archiveEntity, recordEntity } from './entity.ts';
import { refusal } from './errors.ts';
import type { EvidenceStore } from './evidence.ts';
import { CatalogueFollower, scopeWriter } from './follower.ts';
import type { Grant } from './grant.ts';
import { guarded } from './guard.ts';
import { RecordVersion } from './history.ts';
import type { Layout } from './import/layout.ts';
import type { Intake } from './intake.ts';
import type { RecordKind } from './kind.ts';
import { type AgencyOrderParts, agencyOrders } from './orders/agency.ts';
import { orderDoor } from './orders/applied.ts';
import { OrderApplied, OrderOutbox } from './orders/entities.ts';
import { readConduct } from './orders/conduct.ts';
import { readFacts } from './orders/facts.ts';
import { type Followers, followersBy } from './orders/followers.ts';
import type { Order, OrderDoor, Standing } from './orders/order.ts';
import { Outbox } from './orders/outbox.ts';
import { listingDoors } from './listings.ts';
import { type RecordReader, recordReader } from './read.ts';
import { type ResolverMap, recordResolvers } from './resolvers.ts';
import { recordSink } from './sink.ts';
import { ScopeItem, ScopeRevision } from './scopeItem.ts';
import type { Snapshot, SnapshotSource } from './snapshot.ts';

/** What wiring gives to every subgraph, in one process or as a service of its own. */
export interface SubgraphParts {
  databaseUrl: string;
  catalogue: SnapshotSource;
  leaseSeconds: number;
  /** The rules of every jurisdiction. */
  packs: Packs;
  /** Working days, for due dates. */
  calendar: WorkingCalendar;
  today: () => string;
  /** Code to pseudonymous id; for `registration` and `collection` alone. */
  pseudonym: (code: string) => string;
  sealer: Sealer;
  /** Seals cursors; equal in all processes of a subgraph. */
  cursorKey: string;
  /** The doors of the agencies that keep records and subjects, and the layouts they know; for `collection`, `objections` and `measures`. */
  intake: { records: AgencyDoor; subjects: SubjectDoor; layouts: ReadonlyMap<string, Layout> };
  /** Where orders go, by the name of the subgraph that carries them out; throws where it cannot be reached. */
  orders: (to: string) => OrderDoor;
  /** The logs of changes of the agencies that keep records, by the agency's name; for `sharing`. Throws where one cannot be reached. */
  changes: (agency: string) => ChangeDoor;
  /** For how many days changes are kept. */
  changeLogDays: number;
  /** Private networks that receivers of what is pushed may be in; for `sharing`. */
  pushNetworks?: readonly string[];
  /** Sends one-time codes; for `access`. Left out where there is no sender: then none is sent. */
  sms?: SmsSender;
  /** By what the journal is sealed: its database as its own role, the key and the name of its checkpoints; for `access`. */
  sealing?: { url: string; key: JWK; origin: string };
  /** Days for which jobs that ended are kept; for `access`. */
  jobKeepDays: number;
  log: Logger;
}

/** A subgraph at work. */
export interface Subgraph {
  name: SubgraphName;
  /** Guarded: every field answers only as far as the context's grant goes. */
  readonly schema: GraphQLSchema;
  /** GraphQL types of the records it keeps. */
  recordTypes: readonly string[];
  /** @throws SUBGRAPH_UNAVAILABLE while its copy of the catalogue is stale. */
  context(grant: Grant): SubgraphContext;
  /** Waits until a change of the catalogue is in force here. */
  refresh(): Promise<void>;
  /** Whether its database answers. */
  ready(): Promise<boolean>;
  sink?: AgencyDoor;
  /** Takes orders from other parts of the house. */
  orders?: OrderDoor;
  /** The log of what becomes of its records. */
  changes?: ChangeDoor;
  subjects?: SubjectDoor;
  /** Moves records past their term into the archive, deletes jobs past theirs; until the signal, where there is one. */
  tidy?(signal?: AbortSignal): Promise<Tidied>;
  /** The catalogue's feed. */
  snapshots?: SnapshotSource;
  /** The collection's way in. */
  intake?: Intake;
  /** Files that subjects and units give as evidence. */
  evidence?: EvidenceStore;
  close(): Promise<void>;
}

/** What a folder under subgraphs/ offers. */
export interface SubgraphModule<Parts extends SubgraphParts = SubgraphParts> {
  name: SubgraphName;
  entities: EntitySchema[];
  migrations: MigrationObject[];
  open(parts: Parts): Promise<Subgraph>;
}

export interface RecordSubgraphOptions {
  name: SubgraphName;
  kinds: readonly RecordKind[];
  entities?: EntitySchema[];
  migrations: MigrationObject[];
  /** What this agency adds to the resolvers of records. */
  extend?: (parts: SubgraphParts, own: OwnParts) => Extension;
}

/** What a record subgraph has of its own, for what it adds. */
export interface OwnParts extends Database {
  /** Its way to give orders to others. */
  outbox: Outbox;
  cursors: Cursors;
  /** Its copy of the catalogue; null while it is stale. */
  snapshot: () => Snapshot | null;
  /** Corrections and revocations of its own records, in a transaction under way. */
  amend: (client: pg.PoolClient, amendment: Amendment) => Promise<Amended>;
  /** Those who follow its own records. */
  followers: Followers;
}

export interface Extension {
  resolvers?: ResolverMap;
  subjects?: SubjectDoor;
  evidence?: EvidenceStore;
  /** For who keeps permits and promises. */
  brokenPromise?: AgencyDoor['brokenPromise'];
  /**
   * Takes in what became of a record that others keep, in the transaction of its order; for those who follow records (schema/sdl.ts).
   * @returns the outcome, `DONE` or why there was nothing to do.
   */
  follow?: (client: pg.PoolClient, standing: Standing) => Promise<string>;
  unmarked?: AgencyOrderParts['unmarked'];
}

/** Types that several maps resolve have the fields of all. */
export const mergeResolvers = (base: ResolverMap, ...more: readonly ResolverMap[]): ResolverMap => {
  const merged = { ...base };
  for (const [type, fields] of more.flatMap((map) => Object.entries(map)))
    merged[type] = { ...(merged[type] as object), ...(fields as object) };
  return merged;
};

const guardedSchema = (name: SubgraphName, resolvers: ResolverMap): GraphQLSchema =>
  guarded(buildSubgraphSchema([{ typeDefs: subgraphSdl(name), resolvers: resolvers as never }]));

/** The same, made when it is first asked for: a command that asks nothing does not wait for it. */
export function schemaOnDemand(name: SubgraphName, resolvers: ResolverMap): () => GraphQLSchema {
  let made: GraphQLSchema | undefined;
  return () => (made ??= guardedSchema(name, resolvers));
}

/** The context of one execution, or a refusal while the catalogue's word is too old to go by. */
export function contextUnder(
  name: SubgraphName,
  follower: CatalogueFollower,
): (grant: Grant) => SubgraphContext {
  return (grant) => {
    const snapshot = follower.current();
    if (!snapshot) {
      throw refusal(
        'SUBGRAPH_UNAVAILABLE',
        { zh: `${name}：目录快照过期`, en: `${name}: its copy of the catalogue is stale` },
        { subgraph: name },
      );
    }
    return { grant, report: emptyReport(), snapshot };
  };
}

export const databaseAnswers = (database: Database) => (): Promise<boolean> =>
  database.pool.query('select 1').then(
    () => true,
    () => false,
  );

/** Who is told what becomes of records. */
const FOLLOWING = SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].follows);

/** An agency's subgraph: tables, readers, resolvers and guard all follow from its kinds of record. */
export function recordSubgraph(options: RecordSubgraphOptions): SubgraphModule {
  const { name, kinds, migrations } = options;
  const recordTypes = kinds.map((kind) => kind.type);
  const entities = [
    ScopeItem,
    ScopeRevision,
    RecordVersion,
    OrderOutbox,
    OrderApplied,
    RecordChange,
    RecordChangeKept,
    ...kinds.flatMap((kind) => [recordEntity(kind), archiveEntity(kind)]),
    ...(options.entities ?? []),
  ] as EntitySchema[];
  return {
    name,
    entities,
    migrations,
    async open(parts) {
      const database = await openDatabase({ url: parts.databaseUrl });
      const follower = new CatalogueFollower({
        source: parts.catalogue,
        apply: scopeWriter(database.pool, recordTypes),
        leaseSeconds: parts.leaseSeconds,
        log: parts.log,
      });
      await follower.start();
      const readers = new Map<string, RecordReader>(
        kinds.map((kind) => [kind.type, recordReader(database.pool, kind)]),
      );
      const cursors = new Cursors(parts.cursorKey);
      const { pool } = database;
      const base = mergeResolvers(
        recordResolvers(kinds, readers, cursors, database),
        changedRecordResolvers(name, pool, kinds, readers),
      );
      const { packs, today } = parts;
      const snapshot = () => follower.current();
      const outbox = new Outbox(pool, parts.orders, parts.log);
      const followers = followersBy(outbox, FOLLOWING);
      const { amend, amendIn } = recordAmender({ pool, kinds, packs, today, snapshot, followers });
      const own = options.extend?.(parts, {
        ...database,
        outbox,
        cursors,
        snapshot,
        amend: amendIn,
        followers,
      });
      const byType = new Map(kinds.map((kind) => [kind.type, kind]));
      const factsOf: AgencyDoor['factsOf'] = async (recordType, keys) => {
        const kind = byType.get(recordType);
        return kind ? readFacts(pool, kind, keys) : [];
      };
      const sink: AgencyDoor = {
        ...recordSink(pool, kinds, today, followers),
        ...listingDoors(pool, kinds, today, followers),
        async amend(amendment) {
          const amended = await amend(amendment);
          await outbox.flush();
          return amended;
        },
        facts: (recordType, subjectId, ids) =>
          factsOf(
            recordType,
            ids.map((id) => ({ subjectId, id })),
          ),
        factsOf,
        async conductSince(question) {
          const kind = byType.get(question.recordType);
          return kind ? readConduct(pool, kind, question) : null;
        },
        brokenPromise: async (...record) => (await own?.brokenPromise?.(...record)) ?? null,
        archived: (question) => readArchive(pool, kinds, question, today()),
      };
      const schema = schemaOnDemand(name, mergeResolvers(base, own?.resolvers ?? {}));
      const { unmarked } = own ?? {};
      const ownOrders = agencyOrders({ kinds, amend: amendIn, followers, ...(unmarked && { unmarked }) });
      const carryOut = async (client: pg.PoolClient, order: Order): Promise<string> =>
        order.action.kind === 'STANDING' && own?.follow
          ? own.follow(client, order.action)
          : ownOrders(client, order);
      return {
        name,
        recordTypes,
        get schema() {
          return schema();
        },
        context: contextUnder(name, follower),
        refresh: () => follower.refresh(),
        ready: databaseAnswers(database),
        sink,
        orders: orderDoor(pool, carryOut, () => void outbox.flush()),
        changes: changeLog(pool),
        async tidy(signal) {
          await removeTakenIn(pool, parts.changeLogDays);
          return tidy(pool, kinds, today(), signal);
        },
        ...(own?.subjects && { subjects: own.subjects }),
        ...(own?.evidence && { evidence: own.evidence }),
        async close() {
          await outbox.close();
          await follower.close();
          await database.close();
        },
      };
    },
  };
}
