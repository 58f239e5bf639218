import type pg from 'pg';
import { linkRate } from '../../../policy/light.ts';
import { RECORD_CLASSES_ZH, type RecordClass } from '../../../policy/terms.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { blocksIn, daysOfBlocks } from '../../../policy/statistics/blocks.ts';
import { fulfilments } from '../../../records/report/fulfilment.ts';
import { type Reading, type ReportKey, reading, unitNames } from '../../../records/report/reader.ts';
import type { ReportFulfilment, ReportQuality, ReportRow } from '../../../records/report/row.ts';
import type { Fact } from '../../../records/report/fact.ts';
import { reportTables } from '../../../records/report/tables.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { SnapshotItem } from '../../../records/snapshot.ts';
import { type CollectedCount, type UnitBatches, collectedCounts, unitBatches } from './figures.ts';

type Table =
  | 'total'
  | 'byMonth'
  | 'byYear'
  | 'byUnit'
  | 'byClass'
  | 'byYearAndClass'
  | 'doublePublicity'
  | 'doublePublicityByUnit';

const className = (key: string): string => RECORD_CLASSES_ZH[key as RecordClass] ?? '其他';
const publicityName = (key: string): string => (key === 'PERMIT' ? '行政许可' : '行政处罚');
const same = (key: string): string => key;

const tablesFor = (unit: (code: string) => string) => ({
  total: { names: () => '合计' },
  byMonth: { names: same, ordered: true },
  byYear: { names: same, ordered: true },
  byUnit: { names: unit },
  byClass: { names: className },
  byYearAndClass: {
    names: (key: string) => `${key.slice(0, 4)} ${className(key.slice(5))}`,
    ordered: true,
  },
  doublePublicity: { names: publicityName },
  doublePublicityByUnit: { names: unit },
});

/** 双公示: which of the two, by the layout of the item. */
function publicityOf(item: SnapshotItem | undefined): string | null {
  if (item?.dataStandard.startsWith('permit-')) return 'PERMIT';
  return item?.dataStandard.startsWith('penalty-') ? 'PENALTY' : null;
}

function factOf(count: CollectedCount, { snapshot }: SubgraphContext): Fact<Table> {
  const { month, provider, accepted } = count;
  const item = snapshot.itemsByCode.get(count.item);
  const recordClass = item?.class ?? 'OTHER';
  const year = month.slice(0, 4);
  const publicity = publicityOf(item);
  // What is not known to be about organizations is guarded as if it were about persons.
  const aboutPersons = item?.aboutPersons ?? true;
  return {
    ...count,
    place: count.jurisdiction,
    organizations: aboutPersons ? 0 : accepted,
    persons: aboutPersons ? accepted : 0,
    keys: {
      total: 'TOTAL',
      byMonth: month,
      byYear: year,
      byUnit: provider,
      byClass: recordClass,
      byYearAndClass: `${year} ${recordClass}`,
      doublePublicity: publicity,
      doublePublicityByUnit: publicity && provider,
    },
  };
}

/** Numbers of rows come to those of records: of a unit that provides records about natural persons they are told where those are. */
function qualityOf(
  batches: readonly UnitBatches[],
  byUnit: readonly ReportRow[],
  ofPersons: readonly string[],
  name: (code: string) => string,
): ReportQuality[] {
  const told = new Set(byUnit.filter((row) => !row.withheld).map(({ key }) => key));
  const guarded = new Set([...ofPersons, ...byUnit.map(({ key }) => key)]);
  return batches
    .map(({ provider, batches: count, received, rejected, late, unlinked }) => ({
      unit: { code: provider, name: name(provider) },
      batches: count,
      linkRate: linkRate({ received, unlinked }),
      ...(guarded.has(provider) && !told.has(provider)
        ? { received: null, rejected: null, late: null, withheld: true }
        : { received, rejected, late, withheld: false }),
    }))
    .sort(
      (a, b) =>
        (b.linkRate ?? -1) - (a.linkRate ?? -1) ||
        (b.received ?? 0) - (a.received ?? 0) ||
        (a.unit.code < b.unit.code ? -1 : 1),
    );
}

/** 数据清单落实情况: items with records of the period; those about persons, of the months in which they are counted. */
function itemFulfilment(
  { period, today, unit, jurisdiction }: Reading,
  counts: readonly CollectedCount[],
  context: SubgraphContext,
): ReportFulfilment[] {
  const { itemsByCode } = context.snapshot;
  const months = new Set(blocksIn(period, 'MONTH', today));
  const isSeen = ({ item, month }: CollectedCount): boolean =>
    itemsByCode.get(item)?.aboutPersons === false || months.has(month);
  const submitted = new Set(counts.filter((count) => count.isNow && isSeen(count)).map(({ item }) => item));
  const items = [...context.snapshot.items.values()].filter(
    (item) =>
      item.inForce &&
      (unit === null || item.provider === unit) &&
      (jurisdiction === null || item.jurisdiction === jurisdiction),
  );
  return fulfilments(
    items.map(({ provider, code }) => ({ unit: provider, fulfilled: submitted.has(code) })),
    unitNames(context),
  );
}

/** 归集情况, from receipts [SP-stat, SP-link, NT-40]. */
export const collectionReportResolvers = (pool: pg.Pool): ResolverMap => ({
  OperatingReport: {
    __resolveReference: (key: ReportKey) => key,
    collection: async (key: ReportKey, _: unknown, context: SubgraphContext) => {
      const asked = reading(key, context);
      const days = daysOfBlocks(blocksIn(asked.period, 'MONTH', asked.today));
      const ofPersons = [...context.snapshot.items.values()]
        .filter(({ aboutPersons }) => aboutPersons)
        .map(({ provider }) => provider);
      const [counts, batches] = await Promise.all([
        collectedCounts(pool, asked),
        unitBatches(pool, asked, [...new Set(ofPersons)], days),
      ]);
      const name = unitNames(context);
      const facts = counts.map((count) => factOf(count, context));
      const { tables, ...counted } = await reportTables<Table>(tablesFor(name), facts, asked, 'MONTH');
      return {
        ...tables,
        ...counted,
        total: tables.total[0] ?? null,
        quality: qualityOf(batches, tables.byUnit, ofPersons, name),
        fulfilment: itemFulfilment(asked, counts, context),
      };
    },
  },
});
