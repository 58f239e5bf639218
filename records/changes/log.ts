import type pg from 'pg';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { CHANGE_COLUMNS, type ChangeDoor, type ChangeSlice } from './door.ts';

/**
 * A place in the log. What was committed between two snapshots of the database is read once, in the order of writing: of one record that is
 * the order of its changes, since who changes it holds its row. Going by positions alone would lose what a slow transaction wrote below
 * the newest one.
 */
interface Place {
  /** All that this snapshot sees was given out. */
  seen: string;
  /** What is being given out: all that this one sees besides; null: whatever there is now. */
  upTo: string | null;
  /** Of that, all up to this position was given out. */
  position: number;
}

/** Sees nothing. */
const NOTHING = '3:3:';
const NONE = { count: 0, columns: [], lost: false };

const placeText = (place: Place): string => JSON.stringify(place);

const COLUMNS = Object.keys(CHANGE_COLUMNS) as (keyof typeof CHANGE_COLUMNS)[];

/**
 * The first of what is new is found by its transaction, all after it by position: a slice costs as much as it holds, however much there is
 * to come. `+ 0` keeps the planner from looking for it from the oldest position on.
 */
const READ = `
with asked as (
  select $1::pg_snapshot as seen, coalesce($2::pg_snapshot, pg_current_snapshot()) as up_to, k.removed,
    pg_snapshot_xmin($1::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as ahead
  from record_change_kept k where k.id = 1),
begins as (
  select case when $3::bigint > 0 then $3 else (
    select min(position + 0) - 1 from record_change
    where txid >= pg_snapshot_xmin(a.seen) and not pg_visible_in_snapshot(txid, a.seen) and pg_visible_in_snapshot(txid, a.up_to)) end as after
  from asked a)
select a.up_to::text as "upTo", a.ahead or coalesce(not pg_visible_in_snapshot(a.removed, a.seen), false) as lost, s.*
from asked a cross join begins b cross join lateral (
  select count(*)::int as count, max(position)::float8 as last, ${COLUMNS.map((column) => `array_agg(${column})::text as ${column}`).join(', ')}
  from (
    select ${COLUMNS.join(', ')} from record_change
    where position > b.after and txid >= pg_snapshot_xmin(a.seen) and not pg_visible_in_snapshot(txid, a.seen)
      and pg_visible_in_snapshot(txid, a.up_to)
    order by position limit $4) c) s`;

type ReadRow = Record<keyof typeof CHANGE_COLUMNS, string> & {
  upTo: string;
  lost: boolean;
  count: number;
  /** Position of the last change; null where there is none. */
  last: number | null;
};

/** Reads an agency's log. */
export function changeLog(pool: pg.Pool): ChangeDoor {
  /** What was noted last as taken in: most questions find nothing new. */
  let noted: string | null = null;
  return {
    async changes(after, limit): Promise<ChangeSlice> {
      const begin: Place = { seen: NOTHING, upTo: null, position: 0 };
      const place = after === null ? begin : (JSON.parse(after) as Place);
      if (after !== null && place.seen !== noted) {
        await pool.query(
          'update record_change_kept set collected = $1 where id = 1 and collected is distinct from $1',
          [place.seen],
        );
        noted = place.seen;
      }
      const { rows } = await pool.query<ReadRow>({
        name: 'read_changes',
        text: READ,
        values: [place.seen, place.upTo, place.position, limit],
      });
      const { upTo, lost, count, last, ...row } = rows[0] as ReadRow;
      // Whoever has nothing yet has lost nothing.
      if (lost && place.seen !== NOTHING) return { ...NONE, place: null, lost: true };
      if (last === null)
        return { ...NONE, place: place.upTo === null ? after : placeText({ ...begin, seen: upTo }) };
      const next: Place =
        count === limit ? { seen: place.seen, upTo, position: last } : { ...begin, seen: upTo };
      return { count, columns: COLUMNS.map((name) => row[name]), place: placeText(next), lost: false };
    },
  };
}

/** Removes what was taken in and is older than these days; what was not taken in stays however old it is. @returns how many. */
export const removeTakenIn = (pool: pg.Pool, days: number): Promise<number> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ removed: number }>(
      `with kept as (select collected::pg_snapshot as collected from record_change_kept where id = 1 for update),
       gone as (
         delete from record_change c using kept k
         where c.txid < pg_snapshot_xmax(k.collected) and pg_visible_in_snapshot(c.txid, k.collected) and c.at < now() - make_interval(days => $1)
         returning c.txid),
       noted as (
         update record_change_kept k set removed = greatest(k.removed, g.txid) from (select max(txid) as txid from gone) g
         where k.id = 1 and g.txid is not null)
       select count(*)::int as removed from gone`,
      [days],
    );
    return rows[0]?.removed ?? 0;
  });
