import type pg from 'pg';
import { ROLES_ZH, type Role } from '../../../policy/terms.ts';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import type { Reading } from '../../../records/report/reader.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { CHANNELS_ZH } from './channels.ts';
import { LOOKS, type Position, entriesCounted, kindsOf, looksCounted } from './counting.ts';
import type { KeptPart, KeptRow } from './months.ts';
import { type NameIn, pairOf, purposeName, same, unitName } from './naming.ts';

/** Looks by what reports count by; texts are empty where there is none. */
export interface LookRow extends KeptRow {
  role: string;
  channel: string;
  matter: string;
  kind: string;
  batch: boolean;
  outcome: string;
  entries: number;
}

export type LookTable =
  | 'total'
  | 'byMonth'
  | 'byUnit'
  | 'byJurisdiction'
  | 'byPurpose'
  | 'byMatter'
  | 'byRole'
  | 'byChannel'
  | 'byMonthAndChannel'
  | 'byUnitAndMonth'
  | 'byMode';

const channel: NameIn = (key) => CHANNELS_ZH[key] ?? key;

const TABLES: KeptPart<LookTable, LookRow>['tables'] = {
  total: { name: () => '合计' },
  byMonth: { name: same, ordered: true },
  byUnit: { name: unitName },
  byJurisdiction: { name: same },
  byPurpose: { name: purposeName },
  byMatter: { name: (key, { matters }) => matters.get(key)?.name ?? key },
  byRole: { name: (key) => ROLES_ZH[key as Role] ?? '社会公众' },
  byChannel: { name: channel },
  byMonthAndChannel: { name: pairOf(same, channel), ordered: true },
  byUnitAndMonth: { name: pairOf(unitName, same), ordered: true },
  byMode: { name: (key) => (key === 'BATCH' ? '批量查询' : '单笔查询') },
};

const orNull = (key: string): string | null => key || null;

function keys(row: LookRow, place: string | null): Record<LookTable, string | null> {
  const { month, unit, role, matter, kind, batch } = row;
  return {
    total: 'TOTAL',
    byMonth: month,
    byUnit: orNull(unit),
    byJurisdiction: place,
    byPurpose: unit === '' ? null : kind || 'OTHER',
    byMatter: orNull(matter),
    byRole: role || 'public',
    byChannel: row.channel,
    byMonthAndChannel: `${month} ${row.channel}`,
    byUnitAndMonth: unit === '' ? null : `${unit} ${month}`,
    byMode: batch ? 'BATCH' : 'SINGLE',
  };
}

/** Positions stand in the statement as numbers, or the planner would read all of the journal to find its end. */
async function tail(
  client: pg.PoolClient,
  { seq, lookSeq }: Position,
  asked: Reading,
  snapshot: Snapshot,
): Promise<LookRow[]> {
  const by = LOOKS.by.join(', ');
  const { rows } = await client.query<LookRow>(
    `select ${dated('day')}, ${by}, ${LOOKS.sums.map((sum) => `sum(${sum})::float8 as ${sum}`).join(', ')}
     from (
       ${entriesCounted(String(seq), null, '$5', '$6')}
       union all ${looksCounted(String(lookSeq), null)}
     ) d
     where ${upToPeriod('day')} and ($7::text is null or unit = $7)
     group by 1, 2, 3, ${by}`,
    [...datedValues(asked), ...kindsOf(snapshot), asked.unit],
  );
  return rows;
}

/** 应用情况 */
export const LOOKS_PART: KeptPart<LookTable, LookRow> = { kept: LOOKS, tables: TABLES, keys, tail };
