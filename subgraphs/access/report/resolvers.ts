import type pg from 'pg';
import { PURPOSE_KINDS_ZH, type PurposeKind, ROLES_ZH, type Role } from '../../../policy/terms.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { blocksIn } from '../../../policy/statistics/blocks.ts';
import { unhurried } from '../../../policy/statistics/unhurried.ts';
import { fulfilments } from '../../../records/report/fulfilment.ts';
import {
  type Reading,
  type ReportKey,
  concerns,
  reading,
  unitNames,
} from '../../../records/report/reader.ts';
import type { ReportCount, ReportFulfilment, ReportRow } from '../../../records/report/row.ts';
import { type Fact, type Told, reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import { CHANNELS_ZH } from './channels.ts';
import { type QueryCount, queryCounts } from './figures.ts';
import { kindsOf } from './rollUp.ts';

type Table =
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

type QueryReport = Omit<Record<Table, ReportRow[]>, 'total'> &
  Omit<Told<Table>, 'tables'> & {
    total: ReportRow | null;
    refused: ReportCount[];
    fulfilment: ReportFulfilment[];
  };

const namesOf = ({ snapshot }: SubgraphContext) => {
  const unit = unitNames({ snapshot });
  const channel = (key: string): string => CHANNELS_ZH[key] ?? key;
  const pair =
    (first: (key: string) => string, second: (key: string) => string) =>
    (key: string): string => {
      const [a = '', ...b] = key.split(' ');
      return `${first(a)} ${second(b.join(' '))}`;
    };
  const same = (key: string): string => key;
  return {
    total: { names: () => '合计' },
    byMonth: { names: same, ordered: true },
    byUnit: { names: unit },
    byJurisdiction: { names: same },
    byPurpose: { names: (key: string) => PURPOSE_KINDS_ZH[key as PurposeKind] ?? '其他' },
    byMatter: { names: (key: string) => snapshot.matters.get(key)?.name ?? key },
    byRole: { names: (key: string) => ROLES_ZH[key as Role] ?? '社会公众' },
    byChannel: { names: channel },
    byMonthAndChannel: { names: pair(same, channel), ordered: true },
    byUnitAndMonth: { names: pair(unit, same), ordered: true },
    byMode: { names: (key: string) => (key === 'BATCH' ? '批量查询' : '单笔查询') },
  };
};

const orNull = (key: string): string | null => key || null;

function factOf(count: QueryCount, { snapshot }: SubgraphContext): Fact<Table> {
  const { month, unit, role, channel, matter, kind, batch } = count;
  const isUnits = unit !== '';
  const place = isUnits ? (snapshot.units.get(unit)?.jurisdiction ?? null) : null;
  return {
    ...count,
    place,
    keys: {
      total: 'TOTAL',
      byMonth: month,
      byUnit: orNull(unit),
      byJurisdiction: place,
      byPurpose: isUnits ? kind || 'OTHER' : null,
      byMatter: orNull(matter),
      byRole: role || 'public',
      byChannel: channel,
      byMonthAndChannel: `${month} ${channel}`,
      byUnitAndMonth: isUnits ? `${unit} ${month}` : null,
      byMode: batch ? 'BATCH' : 'SINGLE',
    },
  };
}

/** Matters of the application list that were queried for [SP-three-lists]: in force today; as to persons, where they are counted. */
function matterFulfilment(
  reading: Reading,
  counts: readonly QueryCount[],
  context: SubgraphContext,
): ReportFulfilment[] {
  const isConcerned = concerns(reading, context);
  const months = new Set(blocksIn(reading.period, 'MONTH', reading.today));
  const used = new Set(
    counts
      .filter(({ isNow, outcome, organizations, persons, month }) => {
        const isSeen = organizations > 0 || persons === 0 || months.has(month);
        return isNow && outcome === 'ANSWERED' && isSeen;
      })
      .map(({ matter }) => matter),
  );
  const matters = [...context.snapshot.matters.values()].filter(({ unit }) => isConcerned(unit));
  return fulfilments(
    matters.map(({ unit, code }) => ({ unit, fulfilled: used.has(code) })),
    unitNames(context),
  );
}

function refusedOf(counts: readonly QueryCount[]): ReportCount[] {
  const sums = new Map<string, number>();
  for (const { isNow, outcome, entries } of counts)
    if (isNow && outcome !== 'ANSWERED') sums.set(outcome, (sums.get(outcome) ?? 0) + entries);
  return [...sums].map(([key, count]) => ({ key, name: key, count })).sort((a, b) => b.count - a.count);
}

/** 应用情况: queries by everything that reports count by, from the journal [SP-stat, SP-channel, NT-40]. */
export const queryReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    queries: async (key: ReportKey, _: unknown, context: SubgraphContext): Promise<QueryReport> => {
      const asked = reading(key, context);
      const counts = await queryCounts(pool, asked, kindsOf(context.snapshot));
      const facts: Fact<Table>[] = [];
      await unhurried(counts, (count) => {
        if (count.organizations + count.persons > 0) facts.push(factOf(count, context));
      });
      const { tables, ...days } = await reportTables<Table>(namesOf(context), facts, asked, 'MONTH');
      const isConcerned = concerns(asked, context);
      const concerned = counts.filter(({ unit }) => asked.jurisdiction === null || isConcerned(unit));
      return {
        ...tables,
        ...days,
        total: tables.total[0] ?? null,
        refused: refusedOf(concerned),
        fulfilment: matterFulfilment(asked, concerned, context),
      };
    },
  },
});
