import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { type Reading, type ReportKey, reading } from '../../../records/report/reader.ts';
import type { ReportCount, ReportFulfilment, ReportRow } from '../../../records/report/row.ts';
import type { Told } from '../../../records/report/built.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { answeredIn, answeredOf, matterFulfilment, refusals } from './answers.ts';
import { LOOKS_PART, type LookTable } from './looks.ts';
import { KeptMonths } from './months.ts';
import { USES_PART, type UseTable } from './uses.ts';

type QueryReport = Omit<Record<LookTable, ReportRow[]>, 'total'> &
  Omit<Told<LookTable>, 'tables'> & {
    total: ReportRow | null;
    refused: ReportCount[];
    fulfilment: ReportFulfilment[];
    uses: () => Promise<Record<UseTable, ReportRow[]>>;
  };

export interface QueryReports {
  resolvers: ResolverMap;
  /** Works out months that are over. */
  prepare(today: string, snapshot: Snapshot): Promise<void>;
}

/** 应用情况: queries by everything that reports count by, from the journal [SP-stat, SP-channel, NT-40]. */
export function queryReports(pool: pg.Pool): QueryReports {
  const looks = new KeptMonths(pool, LOOKS_PART);
  const uses = new KeptMonths(pool, USES_PART);

  async function queries(asked: Reading, context: SubgraphContext): Promise<QueryReport> {
    const { tables, edges, more, ...days } = await looks.report(asked, context, answeredIn(asked, context));
    const answered = [...more, ...answeredOf(edges, asked, context)];
    let used: Promise<Record<UseTable, ReportRow[]>> | undefined;
    return {
      ...tables,
      ...days,
      total: tables.total[0] ?? null,
      refused: refusals(answered),
      fulfilment: matterFulfilment(answered, asked, context),
      uses: () => (used ??= uses.report(asked, context, async () => null).then((told) => told.tables)),
    };
  }

  const usesBy =
    (table: UseTable) =>
    async (report: QueryReport): Promise<ReportRow[]> =>
      (await report.uses())[table];

  return {
    resolvers: {
      OperatingReport: {
        __resolveReference: (key: ReportKey) => key,
        queries: (key: ReportKey, _: unknown, context: SubgraphContext) =>
          queries(reading(key, context), context),
      },
      // Read where they are asked for: until all of an old journal is counted by provider, that takes its time.
      QueryReport: {
        usesByProvider: usesBy('usesByProvider'),
        usesByProviderAndPurpose: usesBy('usesByProviderAndPurpose'),
      },
    },
    async prepare(today, snapshot) {
      await looks.prepare(today, snapshot);
      await uses.prepare(today, snapshot);
    },
  };
}
