import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { dated, datedValues, upToPeriod } from '../../../records/report/dated.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import type { ReportRow } from '../../../records/report/row.ts';
import { TOTAL } from '../../../records/report/built.ts';
import type { Counted, Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { Way } from './given.ts';

interface GivenCount extends Counted {
  unit: string;
  way: Way;
}

type Table = 'pushed' | 'pushedByMonth' | 'pushedByUnit' | 'read' | 'readByMonth' | 'readByUnit';

async function givenCounts(pool: pg.Pool, asked: Reading): Promise<GivenCount[]> {
  const { rows } = await pool.query<GivenCount>({
    name: 'report_given',
    text: `select unit, way, ${dated('day')}, sum(organizations)::int as organizations, sum(persons)::int as persons
      from given_day where ${upToPeriod('day')} and ($5::text is null or unit = $5)
      group by 1, 2, 3, 4, 5`,
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

/** 数据推送情况 [SP-stat, SP-push]. */
export const sharingReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    sharing: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const { units } = context.snapshot;
      const facts = (await givenCounts(pool, asked)).map((row): Fact<Table> => {
        const { unit, way, month } = row;
        const pushed = (of: string): string | null => (way === 'PUSHED' ? of : null);
        const read = (of: string): string | null => (way === 'READ' ? of : null);
        return {
          ...row,
          place: units.get(unit)?.jurisdiction ?? null,
          keys: {
            pushed: pushed(TOTAL),
            pushedByMonth: pushed(month),
            pushedByUnit: pushed(unit),
            read: read(TOTAL),
            readByMonth: read(month),
            readByUnit: read(unit),
          },
        };
      });
      const total = { names: () => '合计' };
      const byMonth = { names: (month: string) => month, ordered: true };
      const byUnit = { names: unitNames(context) };
      const { tables, ...days } = await reportTables<Table>(
        {
          pushed: total,
          pushedByMonth: byMonth,
          pushedByUnit: byUnit,
          read: total,
          readByMonth: byMonth,
          readByUnit: byUnit,
        },
        facts,
        asked,
        'MONTH',
      );
      const only = (rows: ReportRow[]): ReportRow | null => rows[0] ?? null;
      return { ...tables, ...days, pushed: only(tables.pushed), read: only(tables.read) };
    },
  },
});
