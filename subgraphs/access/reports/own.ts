import type pg from 'pg';
import type { ReportKind } from '../../../records/creditReport.ts';
import { gathering } from '../../../records/gather.ts';
import { GIVEN_OUT } from './reports.ts';

/** A report that a subject had made of itself. */
export interface OwnReport {
  /** Order of making, as text. */
  seq: string;
  number: string;
  kind: ReportKind;
  madeOn: string;
}

/** Which of a subject's own: the page before one of them, newest first; of no rows, how many there are. */
interface OwnKey {
  subject: string;
  before: string | null;
  size: number;
  counted: boolean;
}

export interface OwnPage {
  rows: OwnReport[];
  count: number;
}

const ITS_OWN = `r.subject_id = k.subject_id and r.unit is null and ${GIVEN_OUT}`;

const OWN = `
select k.ord::int as ord, l.*, case when k.counted then (select count(*)::int from credit_report r where ${ITS_OWN}) end as count
from unnest($1::uuid[], $2::bigint[], $3::int[], $4::bool[]) with ordinality as k(subject_id, before, size, counted, ord)
left join lateral (
  select r.seq, r.number, r.kind, r.made_on::text as "madeOn" from credit_report r
  where ${ITS_OWN} and r.seq < coalesce(k.before, 9223372036854775807) order by r.seq desc limit k.size
) l on true
order by k.ord, l.seq desc`;

type Row = { ord: number; count: number | null } & (OwnReport | { number: null });

/** One statement for the keys of all concurrent requests. */
export const ownReports = (pool: pg.Pool): ((key: OwnKey) => Promise<OwnPage>) =>
  gathering(async (keys: readonly OwnKey[]) => {
    const { rows } = await pool.query<Row>({
      name: 'own_credit_reports',
      text: OWN,
      values: [
        keys.map((k) => k.subject),
        keys.map((k) => k.before),
        keys.map((k) => k.size),
        keys.map((k) => k.counted),
      ],
    });
    const pages = keys.map((): OwnPage => ({ rows: [], count: 0 }));
    for (const { ord, count, ...row } of rows) {
      const page = pages[ord - 1] as OwnPage;
      page.count = count ?? 0;
      if (row.number !== null) page.rows.push(row);
    }
    return pages;
  });
