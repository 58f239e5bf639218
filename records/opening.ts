import type pg from 'pg';
import type { SubgraphName } from '../schema/sdl.ts';
import type { SubgraphContext } from './context.ts';
import { Cursors } from './cursor.ts';
import { openDatabase } from './database.ts';
import { emptyReport } from './disclosure.ts';
import { refusal } from './errors.ts';
import { CatalogueFollower } from './follower.ts';
import type { Grant } from './grant.ts';
import type { ResolverMap } from './resolvers.ts';
import { scopeWriter } from './scopeWriter.ts';
import { REVISIONS, type Snapshot } from './snapshot.ts';
import { type Subgraph, type SubgraphParts, databaseAnswers, schemaOnDemand } from './subgraph.ts';

/** What some subgraphs do and others do not. */
type More = Omit<
  Partial<Subgraph>,
  'name' | 'schema' | 'context' | 'refresh' | 'ready' | 'close' | 'snapshots'
>;

/** A subgraph's own database and its copy of the catalogue, both at work. */
export interface Opening {
  pool: pg.Pool;
  /** Its copy of the catalogue; null while it is stale. */
  snapshot: () => Snapshot | null;
  cursors: Cursors;
  /** The subgraph that answers by these resolvers; `close` ends what else is at work, before the database is closed. */
  subgraph(resolvers: ResolverMap, more?: More & { close?: () => Promise<void> }): Subgraph;
}

/**
 * The way in which every subgraph that follows the catalogue begins.
 * @param scoped record types whose items it bounds by the matter's scope, in `scope_item` of its own database (docs/decisions/0002)
 */
export async function opening(
  name: SubgraphName,
  parts: SubgraphParts,
  scoped: readonly string[] = [],
): Promise<Opening> {
  const database = await openDatabase({ url: parts.databaseUrl });
  const { pool } = database;
  const follower = new CatalogueFollower({
    source: parts.catalogue,
    ...(scoped.length > 0 && { apply: scopeWriter(pool, scoped) }),
    leaseSeconds: parts.leaseSeconds,
    log: parts.log,
  });
  await follower.start();
  return {
    pool,
    snapshot: () => follower.current(),
    cursors: new Cursors(parts.cursorKey),
    subgraph(resolvers, { close, ...more } = {}) {
      const schema = schemaOnDemand(name, resolvers);
      return {
        name,
        recordTypes: [],
        get schema() {
          return schema();
        },
        context: contextUnder(name, follower),
        refresh: () => follower.refresh(),
        ready: databaseAnswers(pool),
        ...more,
        async close() {
          await close?.();
          await follower.close();
          await database.close();
        },
      };
    },
  };
}

/** The context of one execution, or a refusal while the catalogue's word is too old to go by: by its lease, or beside the grant's. */
function contextUnder(
  name: SubgraphName,
  follower: CatalogueFollower,
): (grant: Grant) => SubgraphContext | Promise<SubgraphContext> {
  const held = (): Snapshot => {
    const snapshot = follower.current();
    if (!snapshot) throw stale(name);
    return snapshot;
  };
  const under = (grant: Grant, snapshot: Snapshot): SubgraphContext => ({
    grant,
    report: emptyReport(),
    snapshot,
  });
  const caughtUp = async (grant: Grant, version: number): Promise<SubgraphContext> => {
    // A question that is under way may have been asked before the change: the second one was not.
    for (let tries = 0; tries < 2; tries++) {
      const isAnswered = await follower.refresh().then(
        () => true,
        () => false,
      );
      const snapshot = held();
      // Which day it is the catalogue says, whose clock may have been put right since.
      if (isAnswered && snapshot.version % REVISIONS >= version % REVISIONS) return under(grant, snapshot);
    }
    throw stale(name);
  };
  return (grant) => {
    const snapshot = held();
    const { catalogue = 0 } = grant;
    return snapshot.version >= catalogue ? under(grant, snapshot) : caughtUp(grant, catalogue);
  };
}

const stale = (name: SubgraphName) =>
  refusal(
    'SUBGRAPH_UNAVAILABLE',
    { zh: `${name}：目录快照过期`, en: `${name}: its copy of the catalogue is stale` },
    { subgraph: name },
  );
