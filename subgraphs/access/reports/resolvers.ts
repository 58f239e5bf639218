import type { SubgraphContext } from '../../../records/context.ts';
import { gatewayOnly } from '../../../records/gatewayOnly.ts';
import type { ReportToKeep } from '../../../records/creditReport.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import type { CreditReports } from './reports.ts';

/** What the gateway's reports keep: for the gateway alone, since whose a report is and who reads it is for its policy to say. */
export function creditReportResolvers(reports: CreditReports): ResolverMap {
  return {
    Query: {
      _creditReport: (_: unknown, { number }: { number: string }, context: SubgraphContext) => {
        gatewayOnly(context);
        return reports.find(number, context.grant.today);
      },
      _verifyReport: (
        _: unknown,
        { number, digest }: { number: string; digest: string },
        context: SubgraphContext,
      ) => {
        gatewayOnly(context);
        return reports.verify(number, digest);
      },
    },
    Mutation: {
      _keepReport: (_: unknown, { report }: { report: ReportToKeep }, context: SubgraphContext) => {
        gatewayOnly(context);
        return reports.keep(report);
      },
    },
  };
}
