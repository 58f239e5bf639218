import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import type { ReportRow } from '../../../records/report/row.ts';
import type { Counted, Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';

interface RequestCount extends Pick<Counted, 'isNow' | 'isBefore' | 'month'> {
  what: 'applied' | 'closed' | 'requested' | 'executed';
  provider: string;
  jurisdiction: string;
  /** Of a repair. */
  state: string | null;
  aboutPersons: boolean;
  count: number;
}

type Table =
  | 'applied'
  | 'appliedByMonth'
  | 'appliedByUnit'
  | 'closed'
  | 'closedByMonth'
  | 'closedByUnit'
  | 'closedByResult'
  | 'deletionsRequested'
  | 'deletionsExecuted'
  | 'deletionsExecutedByMonth'
  | 'deletionsExecutedByUnit';

/** By the day of each event: what becomes of an application later changes no figure of before. */
const counted = (what: RequestCount['what'], table: string, day: string, state: string): string => `
  select '${what}' as what, ${dated(day)}, provider, jurisdiction, ${state} as state, about_persons as "aboutPersons", count(*)::int as count
  from ${table} where ${upToPeriod(day)} and ($5::text is null or provider = $5)
  group by 1, 2, 3, 4, 5, 6, 7, 8`;

async function requestCounts(pool: pg.Pool, asked: Reading): Promise<RequestCount[]> {
  const { rows } = await pool.query<RequestCount>({
    name: 'report_repairs',
    text: [
      counted('applied', 'repair_application', 'applied_on', 'null'),
      counted('closed', 'repair_application', 'closed_on', 'state'),
      counted('requested', 'deletion_request', 'requested_on', 'null'),
      counted('executed', 'deletion_request', 'executed_on', 'null'),
    ].join(' union all '),
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

function factOf(row: RequestCount): Fact<Table> {
  const { what, month, provider, jurisdiction, state, aboutPersons, count } = row;
  const when = (event: RequestCount['what'], key: string | null): string | null =>
    what === event ? key : null;
  return {
    ...row,
    place: jurisdiction,
    organizations: aboutPersons ? 0 : count,
    persons: aboutPersons ? count : 0,
    keys: {
      applied: when('applied', 'TOTAL'),
      appliedByMonth: when('applied', month),
      appliedByUnit: when('applied', provider),
      closed: when('closed', 'TOTAL'),
      closedByMonth: when('closed', month),
      closedByUnit: when('closed', provider),
      closedByResult: when('closed', state),
      deletionsRequested: when('requested', 'TOTAL'),
      deletionsExecuted: when('executed', 'TOTAL'),
      deletionsExecutedByMonth: when('executed', month),
      deletionsExecutedByUnit: when('executed', provider),
    },
  };
}

const RESULTS_ZH: Record<string, string> = {
  REPAIRED: '已修复',
  REFUSED: '不予修复',
  WITHDRAWN: '已撤回',
};

/** 信用修复和信息删除情况 [SP-stat]. */
export const repairReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    repairs: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const total = { names: () => '合计' };
      const month = { names: (one: string) => one, ordered: true };
      const unit = { names: unitNames(context) };
      const { tables, ...days } = await reportTables<Table>(
        {
          applied: total,
          appliedByMonth: month,
          appliedByUnit: unit,
          closed: total,
          closedByMonth: month,
          closedByUnit: unit,
          closedByResult: { names: (state: string) => RESULTS_ZH[state] ?? state },
          deletionsRequested: total,
          deletionsExecuted: total,
          deletionsExecutedByMonth: month,
          deletionsExecutedByUnit: unit,
        },
        (await requestCounts(pool, asked)).map(factOf),
        asked,
        'YEAR',
      );
      const only = (rows: ReportRow[]): ReportRow | null => rows[0] ?? null;
      return {
        ...tables,
        ...days,
        applied: only(tables.applied),
        closed: only(tables.closed),
        deletionsRequested: only(tables.deletionsRequested),
        deletionsExecuted: only(tables.deletionsExecuted),
      };
    },
  },
});
