import type pg from 'pg';
import { gathering } from '../../records/gather.ts';

/** Which of a subject's own: the page after one of them, newest first, and whether they are to be counted. */
export interface OwnKey {
  subject: string;
  /** Null: from the newest on. */
  before: string | null;
  size: number;
  counted: boolean;
}

export interface OwnPage<Row> {
  rows: Row[];
  count: number;
}

/**
 * Pages of subjects' own rows, by one statement for the keys of all concurrent requests.
 * @param columns of `r`, `seq` among them
 * @param from the table as `r`
 * @param isOwn SQL: whether a row is of the key's subject, `k.subject_id`
 */
export const ownPages = <Row extends { seq: string }>(
  pool: pg.Pool,
  name: string,
  { columns, from, isOwn }: { columns: string; from: string; isOwn: string },
): ((key: OwnKey) => Promise<OwnPage<Row>>) => {
  const text = `
select k.ord::int as ord, l.*, case when k.counted then (select count(*)::int from ${from} where ${isOwn}) end as count
from unnest($1::uuid[], $2::bigint[], $3::int[], $4::bool[]) with ordinality as k(subject_id, before, size, counted, ord)
left join lateral (
  select ${columns} from ${from}
  where ${isOwn} and r.seq < coalesce(k.before, 9223372036854775807) order by r.seq desc limit k.size
) l on true
order by k.ord, l.seq desc`;
  return gathering(async (keys: readonly OwnKey[]) => {
    const { rows } = await pool.query<{ ord: number; count: number | null } & (Row | { seq: null })>({
      name,
      text,
      values: [
        keys.map((k) => k.subject),
        keys.map((k) => k.before),
        keys.map((k) => k.size),
        keys.map((k) => k.counted),
      ],
    });
    const pages = keys.map((): OwnPage<Row> => ({ rows: [], count: 0 }));
    for (const { ord, count, ...row } of rows) {
      const page = pages[ord - 1] as OwnPage<Row>;
      page.count = count ?? 0;
      if (row.seq !== null) page.rows.push(row as unknown as Row);
    }
    return pages;
  });
};
