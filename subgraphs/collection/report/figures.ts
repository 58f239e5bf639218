import type pg from 'pg';
import type { ReportPeriod } from '../../../policy/statistics/period.ts';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import type { Reading } from '../../../records/report/reader.ts';

/** Records of an item that a unit brought in a month. */
export interface CollectedCount {
  isNow: boolean;
  isBefore: boolean;
  /** 2016-03 */
  month: string;
  provider: string;
  jurisdiction: string;
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

/** Up to the last day of the period, from batches' own sums: no record is read. Batches that have not finished have no day yet. */
export async function collectedCounts(pool: pg.Pool, asked: Reading): Promise<CollectedCount[]> {
  const { rows } = await pool.query<CollectedCount>({
    name: 'report_collected',
    text: `select ${dated('b.received_on')}, b.provider, b.jurisdiction, i.item, sum(i.accepted)::float8 as accepted
      from batch b join batch_item i on i.batch_id = b.id
      where ${upToPeriod('b.received_on')} and ($5::text is null or b.provider = $5)
      group by 1, 2, 3, 4, 5, 6`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

/**
 * @param ofPersons units that may bring in records about natural persons, whose batches are counted in certain days alone (null: in none): rows
 * received, less those that were sent back and those about organizations, are those about persons.
 */
export async function unitBatches(
  pool: pg.Pool,
  { period, jurisdiction, unit }: Reading,
  ofPersons: readonly string[],
  days: ReportPeriod | null,
): Promise<UnitBatches[]> {
  const { rows } = await pool.query<UnitBatches>({
    name: 'report_batches',
    text: `select b.provider, count(*)::int as batches, sum(b.received)::float8 as received, sum(b.rejected)::float8 as rejected,
        sum(b.late)::float8 as late, sum(b.unlinked)::float8 as unlinked
      from batch b where b.received_on between $1::date and $2::date
        and ($3::text is null or b.jurisdiction = $3) and ($4::text is null or b.provider = $4)
        and (b.provider <> all($5::text[]) or b.received_on between $6::date and $7::date)
      group by 1`,
    values: [period.from, period.to, jurisdiction, unit, ofPersons, days?.from ?? null, days?.to ?? null],
  });
  return rows;
}
