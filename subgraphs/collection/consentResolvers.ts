import type { RecordContent } from '../../policy/contents.ts';
import { parseCode } from '../../policy/identifiers/code.ts';
import { dayArgument, isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { SubjectSink } from '../../records/delivery.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { ResolverMap } from '../../records/resolvers.ts';
import type { ConsentRow, Consents } from './consents.ts';

interface ConsentInput {
  code: string;
  name: string;
  contents: RecordContent[];
  provider?: string | null;
  documentDigest: string;
  validFrom: string;
  validUntil: string;
}

const DIGEST = /^[0-9a-f]{64}$/i;

/** The unit whose collection a consent is for: the caller's own, or the one that the center names. */
function unitOf(provider: string | null, { grant: { caller } }: SubgraphContext): string {
  if (caller.role !== 'center' && caller.role !== 'provider') {
    throw refusal('FORBIDDEN', {
      zh: '仅限信息提供单位或公共信用信息工作机构',
      en: 'for units that provide information and for the credit center',
    });
  }
  const unit = provider ?? caller.unit;
  if (unit === null || (caller.role === 'provider' && unit !== caller.unit))
    throw refusal('FORBIDDEN', {
      zh: '只能登记本单位的同意凭据',
      en: 'a unit records consents for itself only',
    });
  return unit;
}

function check({ contents, documentDigest, validFrom, validUntil }: ConsentInput): void {
  if (contents.length === 0)
    throw badInput('contents', { zh: '不能为空', en: 'must name what is consented to' });
  if (!DIGEST.test(documentDigest)) {
    throw badInput('documentDigest', {
      zh: '应为 64 位十六进制的 SHA-256',
      en: 'must be a SHA-256 of 64 hexadecimal digits',
    });
  }
  for (const [argument, day] of Object.entries({ validFrom, validUntil })) dayArgument(argument, day);
  if (validUntil < validFrom)
    throw badInput('validUntil', { zh: '早于有效期起', en: 'is before the first day' });
}

/** Written consents of natural persons [ZD-17]. */
export function consentResolvers(
  consents: Consents,
  subjects: SubjectSink,
  today: () => string,
): ResolverMap {
  const record = async (input: ConsentInput, context: SubgraphContext): Promise<ConsentRow> => {
    const provider = unitOf(input.provider ?? null, context);
    if (!context.snapshot.units.has(provider))
      throw badInput('provider', { zh: `没有代码为 ${provider} 的单位`, en: `there is no unit ${provider}` });
    const parsed = parseCode(input.code, today());
    if (!parsed.ok) throw badInput('code', parsed.reason);
    if (parsed.codeKind !== 'CITIZEN_ID')
      throw badInput('code', { zh: '应为公民身份号码', en: 'must be the number of a natural person' });
    check(input);
    const person = { code: parsed.code, codeKind: 'CITIZEN_ID', kind: 'NATURAL_PERSON' } as const;
    const { ids, refusals } = await subjects.register([{ ...person, name: input.name, jurisdiction: null }]);
    if (refusals[0]) throw badInput('name', refusals[0].reason);
    return consents.record({
      subjectId: ids[0] as string,
      provider,
      contents: [...new Set(input.contents)],
      documentDigest: input.documentDigest.toLowerCase(),
      validFrom: input.validFrom,
      validUntil: input.validUntil,
      recordedBy: context.grant.caller.unit ?? 'center',
    });
  };

  return {
    Mutation: {
      recordConsent: async (_: unknown, { input }: { input: ConsentInput }, context: SubgraphContext) => ({
        consent: await record(input, context),
      }),
      withdrawConsent: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const unit = unitOf(null, context);
        const own = context.grant.caller.role === 'center' ? null : unit;
        const consent = isUuid(id) ? await consents.withdraw(id, own) : null;
        if (!consent) throw badInput('id', { zh: '没有这一份同意', en: 'there is no such consent' });
        return { consent };
      },
    },
  };
}
