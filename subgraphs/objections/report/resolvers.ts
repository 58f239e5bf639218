import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import type { ReportRow } from '../../../records/report/row.ts';
import type { Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';

interface CaseCount {
  what: 'filed' | 'closed';
  isNow: boolean;
  isBefore: boolean;
  /** 2016-03 */
  month: string;
  provider: string;
  jurisdiction: string;
  stage: string;
  marked: boolean;
  aboutPersons: boolean;
  count: number;
}

type Table =
  | 'filed'
  | 'filedByMonth'
  | 'filedByUnit'
  | 'closed'
  | 'closedByMonth'
  | 'closedByUnit'
  | 'closedByResult'
  | 'marked';

/** Up to the last day of the period. */
const counted = (what: string, column: string): string => `
  select '${what}' as what, ${dated(`c.${column}`)}, c.provider, c.jurisdiction, c.stage, c.marked, c.about_persons as "aboutPersons", count(*)::int as count
  from objection_case c
  where ${upToPeriod(`c.${column}`)} and ($5::text is null or c.provider = $5)
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9`;

async function caseCounts(pool: pg.Pool, asked: Reading): Promise<CaseCount[]> {
  const { rows } = await pool.query<CaseCount>({
    name: 'report_cases',
    text: `${counted('filed', 'filed_on')} union all ${counted('closed', 'closed_on')}`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

function factOf(row: CaseCount): Fact<Table> {
  const { what, month, provider, stage, marked, aboutPersons, count } = row;
  const isFiled = what === 'filed';
  const filed = (key: string): string | null => (isFiled ? key : null);
  const closed = (key: string): string | null => (isFiled ? null : key);
  return {
    ...row,
    place: row.jurisdiction,
    organizations: aboutPersons ? 0 : count,
    persons: aboutPersons ? count : 0,
    keys: {
      filed: filed('TOTAL'),
      filedByMonth: filed(month),
      filedByUnit: filed(provider),
      closed: closed('TOTAL'),
      closedByMonth: closed(month),
      closedByUnit: closed(provider),
      closedByResult: closed(stage),
      marked: isFiled && marked ? 'TOTAL' : null,
    },
  };
}

const RESULTS_ZH: Record<string, string> = { UPHELD: '异议成立', DISMISSED: '异议不成立' };
const same = (key: string): string => key;
const total = { names: () => '合计' };

/** 异议处理情况 [SP-stat, SP-obj]. */
export const objectionReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    objections: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const facts = (await caseCounts(pool, asked)).map(factOf);
      const unit = { names: unitNames(context) };
      const { tables, ...days } = await reportTables<Table>(
        {
          filed: total,
          filedByMonth: { names: same, ordered: true },
          filedByUnit: unit,
          closed: total,
          closedByMonth: { names: same, ordered: true },
          closedByUnit: unit,
          closedByResult: { names: (stage: string) => RESULTS_ZH[stage] ?? stage },
          marked: total,
        },
        facts,
        asked,
        'YEAR',
      );
      const only = (rows: ReportRow[]): ReportRow | null => rows[0] ?? null;
      return {
        ...tables,
        ...days,
        filed: only(tables.filed),
        closed: only(tables.closed),
        marked: only(tables.marked),
      };
    },
  },
});
