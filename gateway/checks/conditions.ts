import type { Message } from '../../policy/message.ts';
import type { GraphQLError } from 'graphql';
import type { BatchAuthorization } from '../../records/checks/batch.ts';
import { refusal } from '../../records/errors.ts';
import { gatewayGrant } from '../policy/rights.ts';
import type { Asking } from './callers.ts';
import { type ChecksParts, ask } from './parts.ts';

const GRANTEE = 'query Grantee($unit: String!) { _grantee(unit: $unit) }';
const AUTHORIZED =
  'query Authorized($subjects: [ID!]!, $unit: String!, $matter: String!) { _authorized(subjects: $subjects, unit: $unit, matter: $matter) }';

const HOLDING = 'query Holding($ids: [ID!]!, $unit: String!) { _holding(ids: $ids, unit: $unit) }';

type Document = 'licence' | 'agreement' | 'approval';

const DOCUMENTS: Record<Document, Message> = {
  licence: { zh: '有效资质（营业执照或资质证书）', en: 'a valid licence' },
  agreement: { zh: '有效的保密协议', en: 'a confidentiality agreement in force' },
  approval: { zh: '批准', en: 'an approval in force' },
};

const missing = (precondition: Document | 'authorization', { zh, en }: Message): GraphQLError =>
  refusal(
    precondition === 'authorization' ? 'AUTHORIZATION_REQUIRED' : 'FORBIDDEN',
    {
      zh: `信用服务机构批量查询缺少：${zh}（ZD-29，第二十九条）`,
      en: `a credit service agency's bulk query lacks ${en} (ZD-29, article 29)`,
    },
    { precondition },
  );

/**
 * What a credit service agency needs besides its subjects' authorizations [ZD-29]; asked at the start, and again for every slice.
 * @throws FORBIDDEN naming the first that is missing.
 */
export async function demandDocuments(
  parts: Pick<ChecksParts, 'transports' | 'today'>,
  unit: string,
): Promise<void> {
  const today = parts.today();
  const { data } = await ask(parts, 'access', GRANTEE, { unit }, gatewayGrant(today));
  const found = data['_grantee'] as Record<string, string | null> | null;
  for (const document of Object.keys(DOCUMENTS) as Document[]) {
    const until = found?.[`${document}Until`];
    if (!until || until < today) throw missing(document, DOCUMENTS[document]);
  }
}

/** Of each subject an authorization that holds, or null. */
export async function authorizationsOf(
  parts: Pick<ChecksParts, 'transports' | 'today'>,
  subjects: readonly string[],
  { caller, matter }: Pick<Asking, 'caller' | 'matter'>,
): Promise<(BatchAuthorization | null)[]> {
  const variables = { subjects, unit: caller.unit, matter: matter.code };
  const { data } = await ask(parts, 'access', AUTHORIZED, variables, gatewayGrant(parts.today()));
  return data['_authorized'] as (BatchAuthorization | null)[];
}

/** Of these authorizations those that hold today, by their ids; used up ones, too. */
export async function holding(
  parts: Pick<ChecksParts, 'transports' | 'today'>,
  ids: readonly string[],
  { unit }: { unit: string },
): Promise<Map<string, BatchAuthorization>> {
  if (ids.length === 0) return new Map();
  const { data } = await ask(parts, 'access', HOLDING, { ids, unit }, gatewayGrant(parts.today()));
  return new Map((data['_holding'] as BatchAuthorization[]).map((held) => [held.id, held]));
}

/** Lines named in a refusal at most. */
const NAMED = 20;

export function demandAuthorizations(lines: readonly number[]): void {
  if (lines.length === 0) return;
  const named = lines.slice(0, NAMED).join(', ');
  throw missing('authorization', {
    zh: `${lines.length} 个信息主体的授权（第 ${named} 行${lines.length > NAMED ? '等' : ''}）`,
    en: `the authorization of ${lines.length} subjects (lines ${named}${lines.length > NAMED ? ', …' : ''})`,
  });
}
