import type { EntitySchema, MigrationObject } from '@mikro-orm/postgresql';
import type { GraphQLSchema } from 'graphql';
import type { JWK } from 'jose';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Packs } from '../policy/packs/packs.ts';
import type { WorkingCalendar } from '../policy/workingDays.ts';
import type { Sealer } from '../platform/crypto/seal.ts';
import type { SmsSender } from '../platform/sms.ts';
import { type SubgraphName, subgraphSdl } from '../schema/sdl.ts';
import type { SubgraphContext } from './context.ts';
import type { Tidied } from './archive.ts';
import type { ChangeDoor } from './changes/door.ts';
import type { AgencyDoor, SubjectDoor } from './delivery.ts';
import type { EvidenceStore } from './evidence.ts';
import type { Grant } from './grant.ts';
import type { Layout } from './import/layout.ts';
import type { Intake } from './intake.ts';
import type { OrderDoor } from './orders/order.ts';
import type { ResolverMap } from './resolvers.ts';
import { guardedSchema } from './schema.ts';
import type { SnapshotSource } from './snapshot.ts';

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
  /**
   * A promise where its copy of the catalogue is older than the one that the grant goes by.
   * @throws SUBGRAPH_UNAVAILABLE while its copy is stale, or cannot be brought up to the grant's
   */
  context(grant: Grant): SubgraphContext | Promise<SubgraphContext>;
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
  /**
   * Moves records past their term into the archive, deletes jobs past theirs.
   * @param background until it is aborted, making way for queries; left out: at once, as fast as it goes
   */
  tidy?(background?: AbortSignal): Promise<Tidied>;
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

/** Types that several maps resolve have the fields of all. */
export const mergeResolvers = (base: ResolverMap, ...more: readonly ResolverMap[]): ResolverMap => {
  const merged = { ...base };
  for (const [type, fields] of more.flatMap((map) => Object.entries(map)))
    merged[type] = { ...(merged[type] as object), ...(fields as object) };
  return merged;
};

/** A subgraph's schema, made when it is first asked for: a command that asks nothing does not wait for it. */
export function schemaOnDemand(name: SubgraphName, resolvers: ResolverMap): () => GraphQLSchema {
  let made: GraphQLSchema | undefined;
  return () => (made ??= guardedSchema(subgraphSdl(name), resolvers));
}

export const databaseAnswers = (pool: pg.Pool) => (): Promise<boolean> =>
  pool.query('select 1').then(
    () => true,
    () => false,
  );
