import type { DatabaseSpec } from '../platform/postgres/provision.ts';
import { SUBGRAPH_NAMES } from '../schema/sdl.ts';

/** The role that writes the journal: it may add entries and read them, nothing else. */
export const JOURNAL_ROLE = 'access_journal';

/** The role that seals the journal: it reads entries and adds to the tree over them. Migrations name its tables one by one. */
export const SEALER_ROLE = 'journal_sealer';

/** Schema of the job queue, whose package makes and renews its tables itself. */
export const JOB_SCHEMA = 'pgboss';

/** One database a subgraph, with the roles beside its migrator and its application. */
export const databases: readonly DatabaseSpec[] = SUBGRAPH_NAMES.map((name) => ({
  name,
  ...(name === 'access' && {
    roles: [
      { name: JOURNAL_ROLE, grants: 'insert-select' as const },
      { name: SEALER_ROLE, grants: 'named' as const },
    ],
  }),
  ...(name === 'collection' && { ownSchemas: [JOB_SCHEMA] }),
}));
