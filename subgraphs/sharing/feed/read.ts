import type pg from 'pg';
import { type ChangeKind, ENDS } from '../../../records/changes/door.ts';
import type { FeedScope } from './scope.ts';

export interface ChangeRow {
  seq: number;
  recordType: string;
  /** Null, as the record's id, where an item's disclosure changed. Null without it: the record is gone, and whose it was is told no more. */
  subjectId: string | null;
  recordId: string | null;
  /** For our own counting where the record is gone: it is not told either. */
  itemId: number;
  jurisdiction: string;
  change: ChangeKind | 'DISCLOSURE';
  visibleUntil: string | null;
  at: string;
}

/** Whether a change tells of a record that is gone. */
export const isGone = ({ recordId, subjectId }: Pick<ChangeRow, 'recordId' | 'subjectId'>): boolean =>
  recordId !== null && subjectId === null;

export interface Slice {
  rows: ChangeRow[];
  hasMore: boolean;
  /** True: changes after the place are gone. */
  tooOld: boolean;
  /** Place after which all is kept, and that of the newest change. */
  cut: number;
  last: number;
}

/** Whether a record is over for the recipient, as of a change of it. */
const over = (change: string): string =>
  `(${change}.change in ${ENDS} or ${change}.visible_until < $5::date or $6::bool and coalesce(${change}.public_after < $5::date, false))`;

/**
 * The order is read item by item, each from its index, so that nothing is read that is not given out: neither the time that it takes nor
 * where a page ends tells of what other recipients are given. End and changes are of one statement, so nothing lies between them. Who sees what
 * is public alone is told of a record that no longer is that it is withheld, whatever else became of it.
 *
 * Of a record that is over by now, as its newest change has it, what was before is left out, and its end comes without subject: who never had a
 * copy does not learn from an old position whose record there was, and who has one, however far it had read when its own process was killed,
 * is always told to delete it.
 */
const READ = `
select h.cut_seq as cut, h.last_seq as last, c.*
from change_head h left join lateral (
  select x.* from unnest($2::int[], $3::bool[]) as i(item_id, open) cross join lateral (
    select c.seq, c.record_type as "recordType", case when not n.over then c.subject_id end as "subjectId", c.record_id as "recordId",
      c.item_id as "itemId", c.jurisdiction,
      case when $6::bool and c.public_after < $5::date and c.change not in ${ENDS} then 'WITHHELD' else c.change end as change,
      c.visible_until::text as "visibleUntil", c.at
    from change c left join lateral (
      select l.seq, ${over('l')} as over from change l
      where l.record_id = c.record_id and l.seq > c.seq and l.change <> 'ADDED' order by l.seq desc limit 1) l on true
    cross join lateral (select coalesce(l.over, ${over('c')}, false) as over) n
    where c.item_id = i.item_id and c.seq > coalesce($1, h.cut_seq) and (i.open or c.change = 'DISCLOSURE')
      and c.jurisdiction = any($4::text[]) and (c.shown_until is null or c.shown_until >= $5::date)
      and (not $6::bool or c.public_until is null or c.public_until >= $5::date)
      and (not n.over or ${over('c')})
    order by c.seq limit $7) x
  order by x.seq limit $7) c on coalesce($1, h.cut_seq) >= h.cut_seq
where h.id = 1
order by c.seq`;

type ReadRow = { cut: string; last: string } & ({ seq: null } | (Omit<ChangeRow, 'seq'> & { seq: string }));

/** @param after place of the last change that was read; null: from the oldest one kept */
export async function readChangesOf(
  pool: pg.Pool,
  scope: FeedScope,
  after: number | null,
  first: number,
): Promise<Slice> {
  const { rows } = await pool.query<ReadRow>({
    name: 'feed_changes',
    text: READ,
    values: [after, scope.items, scope.open, scope.jurisdictions, scope.today, scope.isPublic, first + 1],
  });
  const [head] = rows;
  if (!head) throw new Error('change_head is empty');
  const [cut, last] = [Number(head.cut), Number(head.last)];
  const found = rows.flatMap((row): ChangeRow[] =>
    row.seq === null ? [] : [{ ...row, seq: Number(row.seq) }],
  );
  return {
    rows: found.slice(0, first),
    hasMore: found.length > first,
    tooOld: after !== null && after < cut,
    cut,
    last,
  };
}
