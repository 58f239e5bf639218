import type pg from 'pg';
import type { Reading } from '../../../records/report/reader.ts';
import type { UnitKind } from '../data.ts';
import { inForce } from '../rows.ts';

/** Entries of a list that are alike to a report, in force on the last day of the period or of the one before. */
export interface ListCount {
  list: 'item' | 'matter' | 'behaviour';
  isBefore: boolean;
  unit: string;
  unitKind: UnitKind;
  /** RecordClass of items, PurposeKind of matters, BehaviourEffect of behaviours. */
  class: string;
  /** DisclosureTier of items; NATIONAL or LOCAL of behaviours. */
  tier: string | null;
  /** 数据标准 of items. */
  standard: string | null;
  aboutPersons: boolean;
  count: number;
}

const COUNTS = `
with d as (select * from (values ($1::date, false), ($2::date, true)) as d(day, is_before))
select 'item' as list, d.is_before as "isBefore", u.code as unit, u.kind as "unitKind", v.class, v.tier, v.data_standard as standard,
  v.about_persons as "aboutPersons", count(*)::int as count
from d join item_version v on ${inForce('d.day')} join unit u on u.code = v.provider
where ($3::text is null or v.jurisdiction = $3) and ($4::text is null or u.code = $4)
group by 1, 2, 3, 4, 5, 6, 7, 8
union all
select 'matter', d.is_before, u.code, u.kind, v.kind, null, null, v.about_persons, count(*)::int
from d join matter_version v on ${inForce('d.day')} join unit u on u.code = v.unit
where ($3::text is null or u.jurisdiction = $3) and ($4::text is null or u.code = $4)
group by 1, 2, 3, 4, 5, 8
union all
select 'behaviour', d.is_before, u.code, u.kind, v.effect, case when v.national then 'NATIONAL' else 'LOCAL' end, null, false, count(*)::int
from d join behaviour v on ${inForce('d.day')} join unit u on u.code = v.unit
where ($3::text is null or u.jurisdiction = $3) and ($4::text is null or u.code = $4)
group by 1, 2, 3, 4, 5, 6`;

export async function listCounts(
  pool: pg.Pool,
  { period, before, jurisdiction, unit }: Reading,
): Promise<ListCount[]> {
  const { rows } = await pool.query<ListCount>({
    name: 'report_lists',
    text: COUNTS,
    values: [period.to, before.to, jurisdiction, unit],
  });
  return rows;
}
