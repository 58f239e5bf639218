import type pg from 'pg';
import { gathering } from '../../records/gather.ts';

/** A look at a subject, as its journal entry has it. */
export interface LookRow {
  seq: string;
  id: string;
  at: string;
  officer: string | null;
  unit: string | null;
  role: string | null;
  channel: string;
  matter: string | null;
  agreedPurpose: string | null;
  authorization: string | null;
  /** Codes of the items disclosed of this subject. */
  items: string[];
}

/** Whose history, as of which day, and what of it. */
export interface HistoryKey {
  subjectId: string;
  today: string;
  /** The page begins after this entry, newest first; null: at the newest. */
  before: string | null;
  /** Rows at most. */
  size: number;
  counted: boolean;
}

export interface HistoryPage {
  rows: LookRow[];
  /** Null where it was not asked for. */
  count: number | null;
}

/** What the subject is not told of yet is left out of rows, pages and counts alike. */
const TOLD = '(j.undisclosed_until is null or j.undisclosed_until < k.today)';

const PAGES = `
select k.ord::int as ord,
  case when k.counted then (select count(*)::int from journal_subject j where j.subject_id = k.subject_id and ${TOLD}) end as count,
  l.*
from unnest($1::uuid[], $2::date[], $3::bigint[], $4::int[], $5::bool[]) with ordinality as k(subject_id, today, before, size, counted, ord)
left join lateral (
  select e.seq, e.id, e.at, e.officer, e.unit, e.role, e.channel, e.matter, e.agreed_purpose as "agreedPurpose", e.authorization_id as "authorization", j.items
  from (
    select j.seq, j.items from journal_subject j
    where j.subject_id = k.subject_id and ${TOLD} and j.seq < coalesce(k.before, 9223372036854775807)
    order by j.seq desc
    limit k.size
  ) j
  join journal_entry e on e.seq = j.seq
) l on true
order by k.ord, l.seq desc`;

/** Who looked at a subject [SR-29]. One statement for the keys of all concurrent requests, along the key of `journal_subject`. */
export class History {
  readonly page: (key: HistoryKey) => Promise<HistoryPage>;

  constructor(pool: pg.Pool) {
    this.page = gathering(async (keys: readonly HistoryKey[]) => {
      const { rows } = await pool.query<LookRow & { ord: number; count: number | null }>({
        name: 'history',
        text: PAGES,
        values: [
          keys.map((k) => k.subjectId),
          keys.map((k) => k.today),
          keys.map((k) => k.before),
          keys.map((k) => k.size),
          keys.map((k) => k.counted),
        ],
      });
      const pages: HistoryPage[] = keys.map(() => ({ rows: [], count: null }));
      for (const row of rows) {
        const page = pages[row.ord - 1] as HistoryPage;
        page.count = row.count;
        if (row.id !== null) page.rows.push(row);
      }
      return pages;
    });
  }
}
