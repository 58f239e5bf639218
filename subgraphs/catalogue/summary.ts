import type pg from 'pg';
import { RECORD_CLASSES, PURPOSE_KINDS } from '../../policy/terms.ts';
import { UNIT_KINDS } from './data.ts';
import { inForce } from './rows.ts';

type Counts = Record<string, number>;

/** One row for each combination; sums over them are the tables of the operating report [SP-three-lists]. */
const COUNTS = `
select 'class' as list, v.class as name, count(*)::int as count from item_version v
  where ${inForce('$1')} and ($2::text is null or v.jurisdiction = $2) group by v.class
union all
select 'itemUnit', u.kind, count(*)::int from item_version v join unit u on u.code = v.provider
  where ${inForce('$1')} and ($2::text is null or v.jurisdiction = $2) group by u.kind
union all
select 'unit', u.kind, count(distinct u.code)::int from item_version v join unit u on u.code = v.provider
  where ${inForce('$1')} and ($2::text is null or v.jurisdiction = $2) group by u.kind
union all
select 'matter', v.kind, count(*)::int from matter_version v join unit u on u.code = v.unit
  where ${inForce('$1')} and ($2::text is null or u.jurisdiction = $2) group by v.kind
union all
select 'behaviour', v.effect, count(*)::int from behaviour v join unit u on u.code = v.unit
  where ${inForce('$1')} and ($2::text is null or u.jurisdiction = $2) group by v.effect`;

const total = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Counts of the three lists on a day. Units are those that provide items; matters and behaviours count where their unit is. */
export async function catalogueSummary(pool: pg.Pool, day: string, jurisdiction: string | null) {
  const { rows } = await pool.query<{ list: string; name: string; count: number }>({
    name: 'catalogue_summary',
    text: COUNTS,
    values: [day, jurisdiction],
  });
  const counts = (list: string): Counts =>
    Object.fromEntries(rows.filter((row) => row.list === list).map((row) => [row.name, row.count]));
  const by = (list: string, names: readonly string[], key: string) => {
    const counted = counts(list);
    return names.map((name) => ({ [key]: name, count: counted[name] ?? 0 }));
  };
  return {
    items: total(counts('class')),
    units: total(counts('unit')),
    matters: total(counts('matter')),
    behaviours: total(counts('behaviour')),
    itemsByClass: by('class', RECORD_CLASSES, 'class'),
    itemsByUnitKind: by('itemUnit', UNIT_KINDS, 'kind'),
    unitsByKind: by('unit', UNIT_KINDS, 'kind'),
    mattersByKind: by('matter', PURPOSE_KINDS, 'kind'),
    behavioursByEffect: by('behaviour', ['PUNISHMENT', 'INCENTIVE'], 'effect'),
  };
}
