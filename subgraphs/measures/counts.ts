import type pg from 'pg';
import { type AsOf, tasksOn } from './taskRow.ts';

export interface CountFilter {
  from: string | null;
  to: string | null;
  jurisdiction: string | null;
  /** The one unit whose figures are told; null: all. */
  unit: string | null;
  /** Whether tasks about natural persons are counted. */
  persons: boolean;
}

/** Figures of a unit, as who initiated or as who implements. */
export interface UnitCounts {
  initiating: boolean;
  unit: string;
  measures: number;
  tasks: number;
  executed: number;
  declined: number;
  notApplicable: number;
  ended: number;
  overdue: number;
}

/** Both sides at once, most tasks first [SP-measures]. */
export async function measureCounts(
  pool: pg.Pool,
  { from, to, jurisdiction, unit, persons }: CountFilter,
  { today, pausing }: AsOf,
): Promise<UnitCounts[]> {
  const { rows } = await pool.query<UnitCounts>(
    `select grouping(t.initiator) = 0 as initiating, coalesce(t.initiator, t.unit) as unit, count(distinct t.measure)::int as measures,
       count(*)::int as tasks, count(*) filter (where t.outcome = 'EXECUTED')::int as executed,
       count(*) filter (where t.outcome = 'DECLINED')::int as declined,
       count(*) filter (where t.outcome = 'NOT_APPLICABLE')::int as "notApplicable",
       count(*) filter (where s.state in ('WITHDRAWN', 'LAPSED'))::int as ended, count(*) filter (where s.overdue)::int as overdue
     from ${tasksOn('$1::date', '$2::text')}
     where t.determined_on between coalesce($3::date, '-infinity') and coalesce($4::date, 'infinity')
       and ($5::text is null or t.jurisdiction = $5) and ($6::text is null or t.unit = $6 or t.initiator = $6) and ($7 or not t.about_person)
     group by grouping sets ((t.initiator), (t.unit))
     having $6::text is null or coalesce(t.initiator, t.unit) = $6
     order by tasks desc, unit`,
    [today, pausing, from, to, jurisdiction, unit, persons],
  );
  return rows;
}
