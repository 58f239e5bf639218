import type { Ground } from '../../gateway/embedded/house.ts';
import { SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { withPool } from '../harness/ground.ts';

/** A table with its key, how large it is, and how it has been read. */
export interface TableState {
  database: string;
  table: string;
  /** Columns of the primary key, in order. */
  key: string[];
  /** Its rows can be spread over nodes by subject: the key begins with the subject's id. */
  bySubject: boolean;
  rows: number;
  bytes: number;
  indexBytes: number;
  /** Reads of the whole table, and by an index. */
  sequentialScans: number;
  indexScans: number;
}

const STATE = `
select t.relname as table,
  array(select a.attname::text from unnest(i.indkey) with ordinality k (attnum, nth)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum order by k.nth) as key,
  t.reltuples::float8 as rows,
  pg_total_relation_size(t.oid)::float8 as bytes, pg_indexes_size(t.oid)::float8 as "indexBytes",
  coalesce(s.seq_scan, 0)::float8 as "sequentialScans", coalesce(s.idx_scan, 0)::float8 as "indexScans"
from pg_class t
left join pg_index i on i.indrelid = t.oid and i.indisprimary
left join pg_stat_user_tables s on s.relid = t.oid
where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
order by t.relname`;

/** Every table of every database. Rows are the planner's estimate, which VACUUM has just made. */
export async function tableStates({ databases }: Ground): Promise<TableState[]> {
  const states = await Promise.all(
    SUBGRAPH_NAMES.map((database) =>
      withPool(databases[database].migratorUrl, async (pool) => {
        const { rows } = await pool.query<Omit<TableState, 'database' | 'bySubject'>>(STATE);
        return rows.map((row) => ({
          database,
          ...row,
          bySubject: row.key[0] === (row.table === 'subject' ? 'id' : 'subject_id'),
        }));
      }),
    ),
  );
  return states.flat();
}

/** The same tables, read in between. */
export const readBetween = (before: readonly TableState[], after: readonly TableState[]): TableState[] =>
  after.map((state, i) => ({
    ...state,
    sequentialScans: state.sequentialScans - (before[i]?.sequentialScans ?? 0),
    indexScans: state.indexScans - (before[i]?.indexScans ?? 0),
  }));
