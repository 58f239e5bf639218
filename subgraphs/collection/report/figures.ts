import type pg from 'pg';
import type { Reading } from '../../../records/report/reader.ts';

/** Records of an item that a unit brought in a month. */
export interface CollectedCount {
  isBefore: boolean;
  /** 2016-03 */
  month: string;
  provider: string;
  item: string;
  accepted: number;
}

/** Sums of a unit's batches of the period. */
export interface UnitBatches {
  provider: string;
  batches: number;
  received: number;
  rejected: number;
  late: number;
  unlinked: number;
}

const CONCERNED = `($3::text is null or b.jurisdiction = $3) and ($4::text is null or b.provider = $4)`;

/** From batches' own sums: no record is read. Batches that have not finished have no day yet. */
export async function collectedCounts(
  pool: pg.Pool,
  { period, before, jurisdiction, unit }: Reading,
): Promise<CollectedCount[]> {
  const { rows } = await pool.query<CollectedCount>({
    name: 'report_collected',
    text: `select b.received_on < $5::date as "isBefore", to_char(b.received_on, 'YYYY-MM') as month, b.provider, i.item,
        sum(i.accepted)::float8 as accepted
      from batch b join batch_item i on i.batch_id = b.id
      where b.received_on between $1::date and $2::date and ${CONCERNED}
      group by 1, 2, 3, 4`,
    values: [before.from, period.to, jurisdiction, unit, period.from],
  });
  return rows;
}

export async function unitBatches(
  pool: pg.Pool,
  { period, jurisdiction, unit }: Reading,
): Promise<UnitBatches[]> {
  const { rows } = await pool.query<UnitBatches>({
    name: 'report_batches',
    text: `select b.provider, count(*)::int as batches, sum(b.received)::float8 as received, sum(b.rejected)::float8 as rejected,
        sum(b.late)::float8 as late, sum(b.unlinked)::float8 as unlinked
      from batch b where b.received_on between $1::date and $2::date and ${CONCERNED}
      group by 1`,
    values: [period.from, period.to, jurisdiction, unit],
  });
  return rows;
}
