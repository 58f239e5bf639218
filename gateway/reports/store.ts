import type { KeptReport, ReportToKeep, ReportVerdict } from '../../records/creditReport.ts';
import { ask } from '../checks/parts.ts';
import { gatewayGrant } from '../policy/rights.ts';
import type { ReportParts } from './parts.ts';

type Parts = Pick<ReportParts, 'transports' | 'today'>;

const KEEP = 'mutation Keep($report: JSON!) { _keepReport(report: $report) }';
const FIND = 'query Kept($number: String!) { _creditReport(number: $number) }';
const VERIFY =
  'query Verify($number: String!, $digest: String!) { _verifyReport(number: $number, digest: $digest) }';

/** Reports as the access subgraph keeps them, asked as only the gateway may. Each throws SUBGRAPH_UNAVAILABLE where it does not answer. */
async function asked<T>(parts: Parts, query: string, variables: Record<string, unknown>): Promise<T> {
  const { data } = await ask(parts, 'access', query, variables, gatewayGrant(parts.today()));
  return Object.values(data)[0] as T;
}

/** @returns false where the year's free ones are made. */
export const keepReport = (parts: Parts, report: ReportToKeep) => asked<boolean>(parts, KEEP, { report });

/** Null: there is none that is given out any more. */
export const keptReport = (parts: Parts, number: string) => asked<KeptReport | null>(parts, FIND, { number });

/** Null: number and digest do not belong together. */
export const verdictOn = (parts: Parts, number: string, digest: string) =>
  asked<ReportVerdict | null>(parts, VERIFY, { number, digest });
