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
import type { ResolverMap } from '../../../records/resolvers.ts';

interface AccountCount {
  unit: string;
  isNow: boolean;
  month: string;
  opened: number;
  /** Of these: in the period, and today. */
  suspended: number;
  suspendedTotal: number;
}

const OPENED = dayOf('opened_at');

async function accountCounts(pool: pg.Pool, asked: Reading): Promise<AccountCount[]> {
  const { rows } = await pool.query<AccountCount>({
    name: 'report_accounts',
    text: `select unit, ${dated(OPENED)}, count(*)::int as opened, count(suspended_at)::int as "suspendedTotal",
        count(*) filter (where ${dayOf('suspended_at')} between $1::date and $2::date)::int as suspended
      from officer_account where ${upToPeriod(OPENED)} and ($5::text is null or unit = $5)
      group by 1, 2, 3, 4`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

const sum = (counts: readonly AccountCount[], of: 'opened' | 'suspended' | 'suspendedTotal'): number =>
  counts.reduce((all, count) => all + count[of], 0);

const byKey = (
  counts: readonly AccountCount[],
  key: 'unit' | 'month',
  name: (key: string) => string,
): ReportCount[] =>
  [...Map.groupBy(counts, (count) => count[key])].map(([of, own]) => ({
    key: of,
    name: name(of),
    count: sum(own, 'opened'),
  }));

const before = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** 账号开通情况 [SP-stat, SP-account]: of officers, who are no subjects. */
export const accountReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    accounts: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const isConcerned = concerns(asked, context);
      const counts = (await accountCounts(pool, asked)).filter(({ unit }) => isConcerned(unit));
      const now = counts.filter(({ isNow }) => isNow);
      return {
        opened: sum(now, 'opened'),
        openedTotal: sum(counts, 'opened'),
        suspended: sum(counts, 'suspended'),
        suspendedTotal: sum(counts, 'suspendedTotal'),
        openedTotalByUnit: byKey(counts, 'unit', unitNames(context)).sort(
          (a, b) => b.count - a.count || before(a.key, b.key),
        ),
        openedByMonth: byKey(now, 'month', (month) => month).sort((a, b) => before(a.key, b.key)),
      };
    },
  },
});
