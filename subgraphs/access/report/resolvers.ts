import type { GraphQLResolveInfo } from 'graphql';
import type pg from 'pg';
import type { SubgraphContext } from '../../../records/context.ts';
import { inTurns } from '../../../records/report/inTurns.ts';
import { type ReportKey, reading } from '../../../records/report/reader.ts';
import type { ReportCount, ReportFulfilment, ReportRow } from '../../../records/report/row.ts';
import type { Told } from '../../../records/report/built.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { answeredIn, answeredOf, matterFulfilment, refusals } from './answers.ts';
import { asksFor } from './asked.ts';
import { LOOKS_PART, type LookTable } from './looks.ts';
import { KeptMonths } from './months.ts';
import { USES_PART, USE_TABLES, type UseTable } from './uses.ts';

type QueryReport = Record<Exclude<LookTable, 'total'>, Promise<ReportRow[]>> &
  Partial<Record<UseTable, Promise<ReportRow[]>>> &
  Omit<Told<LookTable>, 'tables'> & {
    total: ReportRow | null;
    refused: ReportCount[];
    fulfilment: ReportFulfilment[];
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

  /** Looks and uses are read at the same time: each of one moment, which may be another by milliseconds. */
  async function queries(
    key: ReportKey,
    context: SubgraphContext,
    info: GraphQLResolveInfo,
  ): Promise<QueryReport> {
    const asked = reading(key, context);
    const [{ tables, edges, more, ...days }, used] = await Promise.all([
      looks.report(asked, context, answeredIn(asked, context)),
      // Where they are asked for: until all of an old journal is counted by provider, that takes its time.
      asksFor(USE_TABLES, info) ? uses.report(asked, context, async () => null) : null,
    ]);
    const answered = [...more, ...answeredOf(edges, asked, context)];
    return {
      ...inTurns(tables),
      ...(used && inTurns(used.tables)),
      ...days,
      total: tables.total[0] ?? null,
      refused: refusals(answered),
      fulfilment: matterFulfilment(answered, asked, context),
    };
  }

  return {
    resolvers: {
      OperatingReport: {
        __resolveReference: (key: ReportKey) => key,
        queries: (key: ReportKey, _: unknown, context: SubgraphContext, info: GraphQLResolveInfo) =>
          queries(key, context, info),
      },
    },
    async prepare(today, snapshot) {
      await looks.prepare(today, snapshot);
      await uses.prepare(today, snapshot);
    },
  };
}
