import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { dated, datedValues, dayOf, upToPeriod } from '../../../records/report/dated.ts';
import {
  type Reading,
  type ReportKey,
  concerns,
  reading,
  unitNames,
} from '../../../records/report/reader.ts';
import type { ReportCount } from '../../../records/report/row.ts';
import type { Counted, Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';

interface JobCount extends Pick<Counted, 'isNow' | 'isBefore' | 'month'> {
  unit: string;
  matter: string;
  jobs: number;
  passed: number;
  failed: number;
  unknown: number;
}

type Table =
  | 'checked'
  | 'checkedByMonth'
  | 'checkedByUnit'
  | 'checkedByMatter'
  | 'byResult'
  | 'byMatterAndResult';

const ENDED = dayOf('ended_at');

/** A job that is over has results that stay, whether it came to its end or was stopped. */
async function jobCounts(pool: pg.Pool, asked: Reading): Promise<JobCount[]> {
  const { rows } = await pool.query<JobCount>({
    name: 'report_checks',
    text: `select ${dated(ENDED)}, unit, matter, count(*)::int as jobs, sum(passed)::float8 as passed, sum(failed)::float8 as failed,
        sum(unknown)::float8 as unknown
      from batch_job where ${upToPeriod(ENDED)} and ($5::text is null or unit = $5)
      group by 1, 2, 3, 4, 5`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

const RESULTS_ZH: Record<string, string> = { PASS: '通过', FAIL: '未通过', UNKNOWN: '无法判定' };

/** Jobs may be of firms or of applicants: what is not known to be about organizations is guarded as if it were about persons. */
const factsOf =
  ({ snapshot }: SubgraphContext) =>
  (row: JobCount): Fact<Table>[] =>
    Object.entries({ PASS: row.passed, FAIL: row.failed, UNKNOWN: row.unknown }).map(([result, persons]) => ({
      ...row,
      place: snapshot.units.get(row.unit)?.jurisdiction ?? null,
      organizations: 0,
      persons,
      keys: {
        checked: 'TOTAL',
        checkedByMonth: row.month,
        checkedByUnit: row.unit,
        checkedByMatter: row.matter,
        byResult: result,
        byMatterAndResult: `${row.matter} ${result}`,
      },
    }));

function jobsBy(
  counts: readonly JobCount[],
  key: 'unit' | 'month',
  name: (key: string) => string,
): ReportCount[] {
  return [...Map.groupBy(counts, (count) => count[key])]
    .map(([of, own]) => ({ key: of, name: name(of), count: own.reduce((sum, { jobs }) => sum + jobs, 0) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** 批量核查情况 [SP-stat, SH-20b]. */
export const checkReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    checks: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const counts = await jobCounts(pool, asked);
      const unit = unitNames(context);
      const matter = (code: string): string => context.snapshot.matters.get(code)?.name ?? code;
      const { tables, ...days } = await reportTables<Table>(
        {
          checked: { names: () => '合计' },
          checkedByMonth: { names: (month) => month, ordered: true },
          checkedByUnit: { names: unit },
          checkedByMatter: { names: matter },
          byResult: { names: (result) => RESULTS_ZH[result] ?? result },
          byMatterAndResult: {
            names: (pair) => {
              const [of = '', result = ''] = pair.split(' ');
              return `${matter(of)} ${RESULTS_ZH[result] ?? result}`;
            },
          },
        },
        counts.flatMap(factsOf(context)),
        asked,
        'MONTH',
      );
      const isConcerned = concerns(asked, context);
      const jobs = counts.filter((count) => count.isNow && isConcerned(count.unit));
      return {
        ...tables,
        ...days,
        checked: tables.checked[0] ?? null,
        jobsByMonth: jobsBy(jobs, 'month', (month) => month),
        jobsByUnit: jobsBy(jobs, 'unit', unit),
      };
    },
  },
});
