import type pg from 'pg';
import {
  DISCLOSURE_TIERS_ZH,
  type DisclosureTier,
  PURPOSE_KINDS_ZH,
  type PurposeKind,
  RECORD_CLASSES_ZH,
  type RecordClass,
} from '../../../policy/terms.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { type ReportKey, reading, reportKey, unitNames } from '../../../records/report/reader.ts';
import type { ReportCount, ReportRow } from '../../../records/report/row.ts';
import { type Listed, listTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import { UNIT_KINDS_ZH, type UnitKind } from '../data.ts';
import { type ListCount, listCounts } from './counts.ts';

type ItemTable =
  | 'items'
  | 'itemsByUnit'
  | 'itemsByUnitKind'
  | 'itemsByClass'
  | 'itemsByTier'
  | 'itemsOfDoublePublicity';
type MatterTable = 'matters' | 'mattersByUnit' | 'mattersByUnitKind' | 'mattersByPurpose';

const TOTAL = { names: () => '合计' };
const kindName = (key: string): string => UNIT_KINDS_ZH[key as UnitKind] ?? key;
const PUBLICITY_ZH: Record<string, string> = { PERMIT: '行政许可', PENALTY: '行政处罚' };
const EFFECTS_ZH: Record<string, string> = { PUNISHMENT: '联合惩戒', INCENTIVE: '联合激励' };
const LEVELS_ZH: Record<string, string> = { NATIONAL: '国家级', LOCAL: '市级' };

const publicityOf = (standard: string): string | null => {
  if (standard.startsWith('permit-')) return 'PERMIT';
  return standard.startsWith('penalty-') ? 'PENALTY' : null;
};

const split = ({ isBefore, aboutPersons, count }: ListCount) => ({
  isBefore,
  organizations: aboutPersons ? 0 : count,
  persons: aboutPersons ? count : 0,
});

const itemFact = (row: ListCount): Listed<ItemTable> => ({
  ...split(row),
  keys: {
    items: 'TOTAL',
    itemsByUnit: row.unit,
    itemsByUnitKind: row.unitKind,
    itemsByClass: row.class,
    itemsByTier: row.tier,
    itemsOfDoublePublicity: publicityOf(row.standard ?? ''),
  },
});

const matterFact = (row: ListCount): Listed<MatterTable> => ({
  ...split(row),
  keys: {
    matters: 'TOTAL',
    mattersByUnit: row.unit,
    mattersByUnitKind: row.unitKind,
    mattersByPurpose: row.class,
  },
});

/** Counts by a key, most first. */
function counted(
  rows: readonly ListCount[],
  key: (row: ListCount) => string,
  name: (key: string) => string,
): ReportCount[] {
  const groups = [...Map.groupBy(rows, key)];
  return groups
    .map(([of, own]) => ({ key: of, name: name(of), count: own.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** How many units there are of each kind. */
const unitsCounted = (rows: readonly ListCount[]): ReportCount[] =>
  counted(
    [...new Map(rows.map((row) => [row.unit, { ...row, count: 1 }])).values()],
    ({ unitKind }) => unitKind,
    kindName,
  );

/** The report's root, and 三清单编制情况 [SP-stat, SP-three-lists]. The root reads nothing: the report is there whichever agency is down. */
export const catalogueReportResolvers = (pool: pg.Pool): ResolverMap => ({
  Query: {
    operatingReport: (_: unknown, args: ReportKey, context: SubgraphContext): ReportKey => {
      const key = { ...args, jurisdiction: args.jurisdiction ?? null };
      reading(key, context);
      return reportKey(key);
    },
  },
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    catalogue: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const rows = await listCounts(pool, asked);
      const unit = unitNames(context);
      const of = (list: ListCount['list']) => rows.filter((row) => row.list === list && !row.isBefore);
      const items = listTables<ItemTable>(
        {
          items: TOTAL,
          itemsByUnit: { names: unit },
          itemsByUnitKind: { names: kindName },
          itemsByClass: { names: (one) => RECORD_CLASSES_ZH[one as RecordClass] },
          itemsByTier: { names: (one) => DISCLOSURE_TIERS_ZH[one as DisclosureTier] },
          itemsOfDoublePublicity: { names: (one) => PUBLICITY_ZH[one] ?? one },
        },
        rows.filter(({ list }) => list === 'item').map(itemFact),
      );
      const matters = listTables<MatterTable>(
        {
          matters: TOTAL,
          mattersByUnit: { names: unit },
          mattersByUnitKind: { names: kindName },
          mattersByPurpose: { names: (one) => PURPOSE_KINDS_ZH[one as PurposeKind] },
        },
        rows.filter(({ list }) => list === 'matter').map(matterFact),
      );
      const behaviours = of('behaviour');
      const only = (table: ReportRow[]): ReportRow | null => table[0] ?? null;
      return {
        ...items,
        ...matters,
        items: only(items.items),
        matters: only(matters.matters),
        units: unitsCounted(of('item')),
        matterUnits: unitsCounted(of('matter')),
        behaviours: counted(
          behaviours,
          (row) => row.class,
          (one) => EFFECTS_ZH[one] ?? one,
        ),
        behavioursByLevel: counted(
          behaviours,
          (row) => row.tier ?? '',
          (one) => LEVELS_ZH[one] ?? one,
        ),
        behaviourUnits: unitsCounted(behaviours),
      };
    },
  },
});
