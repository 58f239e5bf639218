import { readReportNumber } from '../../policy/reports/number.ts';
import { badInput } from '../../records/errors.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import type { ChecksContext } from '../checks/jobs.ts';
import type { ReportInput } from './asked.ts';
import { makeReport } from './make.ts';
import type { ReportParts } from './parts.ts';
import { verdictOn } from './store.ts';

const DIGEST = /^[0-9a-f]{64}$/i;

export interface Verification {
  status: 'VALID' | 'SUPERSEDED' | 'UNKNOWN';
  kind?: string;
  madeOn?: string;
}

/** 报告查验, for anyone: a digest cannot be guessed, and a wrong one is told as an unknown number is. @throws BAD_USER_INPUT */
export async function verifyReport(
  parts: Pick<ReportParts, 'transports' | 'today'>,
  { number: typed, digest }: { number: string; digest: string },
): Promise<Verification> {
  const number = readReportNumber(typed);
  if (!number)
    throw badInput('number', { zh: '编号有误，请核对', en: 'is no number of a report: please check it' });
  if (!DIGEST.test(digest))
    throw badInput('digest', {
      zh: '应为 64 位十六进制数字（SHA-256）',
      en: 'has 64 hexadecimal digits (SHA-256)',
    });
  const verdict = await verdictOn(parts, number, digest.toLowerCase());
  if (!verdict) return { status: 'UNKNOWN' };
  const { kind, madeOn, superseded } = verdict;
  return { status: superseded ? 'SUPERSEDED' : 'VALID', kind, madeOn };
}

/** What the gateway itself answers of reports [SR-29b, JS-19, JS-20]. */
export function reportResolvers(parts: ReportParts): ResolverMap {
  return {
    Query: {
      verifyReport: (_: unknown, args: { number: string; digest: string }) => verifyReport(parts, args),
    },
    Mutation: {
      makeCreditReport: async (_: unknown, { input }: { input: ReportInput }, context: ChecksContext) => {
        const { document, text, digest, keptUntil } = await makeReport(parts, input, context);
        const { number } = document;
        return {
          report: {
            ...document,
            digest,
            keptUntil,
            document: text,
            pdf: `/reports/${number}.pdf`,
            json: `/reports/${number}.json`,
          },
        };
      },
    },
  };
}
