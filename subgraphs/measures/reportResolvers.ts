import type pg from 'pg';
import type { SubgraphContext } from '../../records/context.ts';
import { dated, datedValues, upToPeriod } from '../../records/report/dated.ts';
import { type Reading, type ReportKey, concerns, reading, unitNames } from '../../records/report/reader.ts';
import type { ReportCount, ReportRow } from '../../records/report/row.ts';
import type { Counted, Fact } from '../../records/report/fact.ts';
import { reportTables } from '../../records/report/tables.ts';
import type { ResolverMap } from '../../records/resolvers.ts';

interface EventCount extends Pick<Counted, 'isNow' | 'isBefore' | 'month'> {
  event: string;
  jurisdiction: string;
  initiator: string;
  unit: string;
  measure: string;
  kind: 'INCENTIVE' | 'PUNISHMENT';
  aboutPerson: boolean;
  count: number;
}

type Table =
  | 'determined'
  | 'determinedByMonth'
  | 'determinedByKind'
  | 'determinedByMeasure'
  | 'initiating'
  | 'implementing'
  | 'executedByUnit'
  | 'byEvent'
  | 'byMonthAndEvent';

/** By the day of each event, which does not change any more: what becomes of a task later changes no figure of before. */
const counted = (event: string, day: string): string => `
  select ${event} as event, ${dated(day)}, jurisdiction, initiator, unit, measure,
    case when grade is null then 'INCENTIVE' else 'PUNISHMENT' end as kind, about_person as "aboutPerson", count(*)::int as count
  from measure_task where ${upToPeriod(day)} and ($5::text is null or unit = $5 or initiator = $5)
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;

async function eventCounts(pool: pg.Pool, asked: Reading): Promise<EventCount[]> {
  const { rows } = await pool.query<EventCount>({
    name: 'report_measures',
    text: [
      counted(`'DETERMINED'`, 'determined_on'),
      counted('outcome', 'reported_on'),
      counted('closed_as', 'closed_on'),
    ].join(' union all '),
    values: [...datedValues(asked), asked.unit],
  });
  return rows;
}

/** A unit reads of its own tasks, on either side; who is on the other side is not its report. */
const factOf =
  ({ unit: own }: Reading) =>
  (row: EventCount): Fact<Table> => {
    const { event, month, jurisdiction, initiator, unit, measure, kind, aboutPerson, count } = row;
    const side = (code: string): string | null => (own === null || own === code ? code : null);
    const determined = (key: string | null): string | null => (event === 'DETERMINED' ? key : null);
    return {
      ...row,
      place: jurisdiction,
      organizations: aboutPerson ? 0 : count,
      persons: aboutPerson ? count : 0,
      keys: {
        determined: determined('TOTAL'),
        determinedByMonth: determined(month),
        determinedByKind: determined(kind),
        determinedByMeasure: determined(measure),
        initiating: determined(side(initiator)),
        implementing: determined(side(unit)),
        executedByUnit: event === 'EXECUTED' ? side(unit) : null,
        byEvent: event,
        byMonthAndEvent: `${month} ${event}`,
      },
    };
  };

const KINDS_ZH: Record<string, string> = { INCENTIVE: '联合激励', PUNISHMENT: '联合惩戒' };
const EVENTS_ZH: Record<string, string> = {
  DETERMINED: '认定',
  EXECUTED: '已执行',
  NOT_APPLICABLE: '不适用',
  DECLINED: '不执行',
  WITHDRAWN: '撤销',
  LAPSED: '失效',
};
const eventName = (event: string): string => EVENTS_ZH[event] ?? event;

/** 措施事项: different measures by unit. Those on persons alone would tell that there was one; they are in the tables of the list itself. */
function measuresOf(
  counts: readonly EventCount[],
  side: 'initiator' | 'unit',
  isConcerned: (unit: string) => boolean,
  names: (unit: string) => string,
): ReportCount[] {
  const seen = counts.filter(
    ({ event, isNow, aboutPerson, ...row }) =>
      event === 'DETERMINED' && isNow && !aboutPerson && isConcerned(row[side]),
  );
  return [...Map.groupBy(seen, (row) => row[side])]
    .map(([key, own]) => ({
      key,
      name: names(key),
      count: new Set(own.map(({ measure }) => measure)).size,
    }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

/** 联合奖惩情况 [SP-stat, SP-measures]. */
export const measureReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    measures: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const counts = await eventCounts(pool, asked);
      const unit = unitNames(context);
      const same = (one: string): string => one;
      const { tables, ...days } = await reportTables<Table>(
        {
          determined: { names: () => '合计' },
          determinedByMonth: { names: same, ordered: true },
          determinedByKind: { names: (kind) => KINDS_ZH[kind] ?? kind },
          determinedByMeasure: { names: same },
          initiating: { names: unit },
          implementing: { names: unit },
          executedByUnit: { names: unit },
          byEvent: { names: eventName },
          byMonthAndEvent: {
            names: (pair) => `${pair.slice(0, 7)} ${eventName(pair.slice(8))}`,
            ordered: true,
          },
        },
        counts.map(factOf(asked)),
        asked,
        'YEAR',
      );
      const isConcerned = concerns({ ...asked, jurisdiction: null }, context);
      const here = counts.filter(
        ({ jurisdiction }) => asked.jurisdiction === null || jurisdiction === asked.jurisdiction,
      );
      const only = (rows: ReportRow[]): ReportRow | null => rows[0] ?? null;
      return {
        ...tables,
        ...days,
        determined: only(tables.determined),
        measuresOfInitiators: measuresOf(here, 'initiator', isConcerned, unit),
        measuresOfImplementers: measuresOf(here, 'unit', isConcerned, unit),
      };
    },
  },
});
