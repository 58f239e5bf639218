import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import { type Fact, type ReportRow, reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';

interface CaseCount {
  what: 'filed' | 'closed';
  isBefore: boolean;
  /** 2016-03 */
  month: string;
  provider: string;
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

const counted = (what: string, column: string): string => `
  select '${what}' as what, c.${column} < $3::date as "isBefore", to_char(c.${column}, 'YYYY-MM') as month, c.provider, c.stage, c.marked,
    c.about_persons as "aboutPersons", count(*)::int as count
  from objection_case c
  where c.${column} between $1::date and $2::date and ($4::text is null or c.jurisdiction = $4) and ($5::text is null or c.provider = $5)
  group by 1, 2, 3, 4, 5, 6, 7`;

async function caseCounts(
  pool: pg.Pool,
  { period, before, jurisdiction, unit }: Reading,
): Promise<CaseCount[]> {
  const { rows } = await pool.query<CaseCount>({
    name: 'report_cases',
    text: `${counted('filed', 'filed_on')} union all ${counted('closed', 'closed_on')}`,
    values: [before.from, period.to, period.from, jurisdiction, unit],
  });
  return rows;
}

function factOf({ what, month, provider, stage, marked, aboutPersons, count }: CaseCount): Fact<Table> {
  const isFiled = what === 'filed';
  const filed = (key: string): string | null => (isFiled ? key : null);
  const closed = (key: string): string | null => (isFiled ? null : key);
  return {
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
      const counts = await caseCounts(pool, reading(key, context));
      const unit = { names: unitNames(context) };
      const facts = (isBefore: boolean) =>
        counts.filter((count) => count.isBefore === isBefore).map((count) => factOf(count));
      const tables = reportTables<Table>(
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
        facts(false),
        facts(true),
      );
      const only = (rows: ReportRow[]): ReportRow | null => rows[0] ?? null;
      return {
        ...tables,
        filed: only(tables.filed),
        closed: only(tables.closed),
        marked: only(tables.marked),
      };
    },
  },
});
