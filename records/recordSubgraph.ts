import type { EntitySchema, MigrationObject } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { SUBGRAPHS, SUBGRAPH_NAMES, type SubgraphName } from '../schema/sdl.ts';
import type { Cursors } from './cursor.ts';
import type { ReadAhead } from './ahead.ts';
import { recordAmender } from './amend.ts';
import { readArchive, tidy } from './archive.ts';
import { RecordChange, RecordChangeKept } from './changes/entities.ts';
import { changeLog, removeTakenIn } from './changes/log.ts';
import { changedRecordResolvers } from './changes/record.ts';
import type { AgencyDoor, Amended, Amendment, SubjectDoor } from './delivery.ts';
import { archiveEntity, recordEntity } from './entity.ts';
import type { EvidenceStore } from './evidence.ts';
import { RecordVersion } from './history.ts';
import type { RecordKind } from './kind.ts';
import { type AgencyOrderParts, agencyOrders } from './orders/agency.ts';
import { orderDoor } from './orders/applied.ts';
import { OrderApplied, OrderOutbox } from './orders/entities.ts';
import { readConduct } from './orders/conduct.ts';
import { readFacts } from './orders/facts.ts';
import { type Followers, followersBy } from './orders/followers.ts';
import type { Order, Standing } from './orders/order.ts';
import { Outbox } from './orders/outbox.ts';
import { listingDoors } from './listings.ts';
import { type RecordReader, recordReader } from './read.ts';
import { type ResolverMap, recordResolvers } from './resolvers.ts';
import { recordSink } from './sink.ts';
import { ScopeItem, ScopeRevision } from './scopeItem.ts';
import type { Snapshot } from './snapshot.ts';
import { opening } from './opening.ts';
import { type SubgraphModule, type SubgraphParts, mergeResolvers } from './subgraph.ts';

export interface RecordSubgraphOptions {
  name: SubgraphName;
  kinds: readonly RecordKind[];
  entities?: EntitySchema[];
  migrations: MigrationObject[];
  /** What this agency adds to the resolvers of records. */
  extend?: (parts: SubgraphParts, own: OwnParts) => Extension;
}

/** What a record subgraph has of its own, for what it adds. */
export interface OwnParts {
  pool: pg.Pool;
  /** Its way to give orders to others. */
  outbox: Outbox;
  cursors: Cursors;
  /** Its copy of the catalogue; null while it is stale. */
  snapshot: () => Snapshot | null;
  /** Corrections and revocations of its own records, in a transaction under way. */
  amend: (client: pg.PoolClient, amendment: Amendment) => Promise<Amended>;
  /** Those who follow its own records. */
  followers: Followers;
  /** Begins to read lists of a subject that is still looked up. */
  readAhead: ReadAhead;
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
      const opened = await opening(name, parts, recordTypes);
      const { pool, cursors, snapshot } = opened;
      const readers = new Map<string, RecordReader>(
        kinds.map((kind) => [kind.type, recordReader(pool, kind)]),
      );
      const { resolvers, readAhead } = recordResolvers(kinds, readers, cursors, pool);
      const base = mergeResolvers(resolvers, changedRecordResolvers(name, pool, kinds, readers));
      const { packs, today } = parts;
      const outbox = new Outbox(pool, parts.orders, parts.log);
      const followers = followersBy(outbox, FOLLOWING);
      const { amend, amendIn } = recordAmender({ pool, kinds, packs, today, snapshot, followers });
      const own = options.extend?.(parts, {
        pool,
        outbox,
        cursors,
        snapshot,
        amend: amendIn,
        followers,
        readAhead,
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
      const { unmarked } = own ?? {};
      const ownOrders = agencyOrders({ kinds, amend: amendIn, followers, ...(unmarked && { unmarked }) });
      const carryOut = async (client: pg.PoolClient, order: Order): Promise<string> =>
        order.action.kind === 'STANDING' && own?.follow
          ? own.follow(client, order.action)
          : ownOrders(client, order);
      return opened.subgraph(mergeResolvers(base, own?.resolvers ?? {}), {
        recordTypes,
        sink,
        orders: orderDoor(pool, carryOut, () => void outbox.flush()),
        changes: changeLog(pool),
        async tidy(background) {
          await removeTakenIn(pool, parts.changeLogDays);
          return tidy(pool, kinds, today(), background);
        },
        ...(own?.subjects && { subjects: own.subjects }),
        ...(own?.evidence && { evidence: own.evidence }),
        close: () => outbox.close(),
      });
    },
  };
}
