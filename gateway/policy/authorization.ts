import type { FieldNode, GraphQLSchema } from 'graphql';
import { parseCode } from '../../policy/identifiers/code.ts';
import type { Role } from '../../policy/terms.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import { unavailable } from '../errors.ts';
import type { Transport } from '../federation/transport.ts';
import type { Caller } from '../identity/caller.ts';
import { argumentsOf } from '../variables.ts';
import type { OperationShape } from './operation.ts';
import type { Purpose } from './purpose.ts';
import { gatewayGrant } from './rights.ts';

const USE = `mutation Use($id: ID!, $unit: String!, $matter: String!) { _useAuthorization(id: $id, unit: $unit, matter: $matter) }`;

/** Who may be authorized by a subject to see of it what is beyond their own scope. */
const GRANTEES: readonly (Role | null)[] = ['service', 'agency', 'authority'];

interface Used {
  subject: string;
  categories: string[];
  matter: string | null;
  purpose: string | null;
}

/** What a purpose may say depends on who says it. @throws FORBIDDEN, BAD_USER_INPUT */
export function checkPurpose({ role }: Caller, purpose: Purpose | null, shape: OperationShape): void {
  if (purpose?.undisclosedUntil && role !== 'authority') {
    throw refusal('FORBIDDEN', {
      zh: '仅信用管理部门可依法延迟告知信息主体',
      en: 'only the authority may delay that a subject is told',
    });
  }
  if (!purpose?.authorization) return;
  if (!GRANTEES.includes(role)) {
    throw refusal('FORBIDDEN', {
      zh: '该角色不能凭授权查询',
      en: 'this role does not query under an authorization',
    });
  }
  // A use is never taken for what it is not needed for: of mutations a report alone is a look.
  if ((shape.mutation && [...shape.roots].some((root) => root !== 'makeCreditReport')) || !shape.subjects) {
    throw badInput('extensions.purpose.authorization', {
      zh: '仅用于查询信息主体',
      en: 'is for queries about subjects',
    });
  }
}

/**
 * The grant under a subject's authorization [SH-20], of which one use is taken before anything is read: a query that then fails has used it,
 * and none can be answered without. All that could be wrong with it is refused in the same words, so that trying tells nothing.
 * @throws AUTHORIZATION_REQUIRED, SUBGRAPH_UNAVAILABLE
 */
export async function underAuthorization(
  access: Transport,
  grant: Grant,
  purpose: Purpose,
  snapshot: Snapshot,
): Promise<{ grant: Grant; agreedPurpose: string }> {
  const { scope } = grant;
  const variables = { id: purpose.authorization, unit: grant.caller.unit, matter: purpose.matter };
  const answer = await access.ask(USE, variables, 'Use', gatewayGrant(grant.today)).catch(() => null);
  if (!answer?.data || answer.errors?.length) throw unavailable('access');
  const used = answer.data['_useAuthorization'] as Used | null;
  if (!used || (scope.kind !== 'PUBLIC' && scope.kind !== 'MATTER')) {
    throw refusal('AUTHORIZATION_REQUIRED', {
      zh: '授权不存在、未生效、已失效或已用完',
      en: 'there is no such authorization, or it is not in force or used up',
    });
  }
  const { subject, categories } = used;
  const items = [...snapshot.items.values()]
    .filter((item) => item.inForce && (categories.includes(item.class) || categories.includes(item.code)))
    .map((item) => item.id);
  return {
    grant: { ...grant, scope: { kind: 'AUTHORIZED', subject, items, beside: scope } },
    agreedPurpose: used.purpose ?? used.matter ?? purpose.matter,
  };
}

/**
 * The pseudonymous id of the subject that `grantAuthorization` names by its code: subgraphs that know subjects by id alone hold no key to
 * work it out. Undefined where none is named.
 * @throws BAD_USER_INPUT
 */
export function subjectNamed(
  nodes: readonly FieldNode[],
  schema: GraphQLSchema,
  variables: Record<string, unknown>,
  today: string,
  pseudonym: (code: string) => string,
): string | undefined {
  if (nodes.length > 1)
    throw badInput('grantAuthorization', { zh: '一次登记一份', en: 'one authorization at a time' });
  const [node] = nodes;
  const field = node && schema.getMutationType()?.getFields()[node.name.value];
  const input = node && field && argumentsOf(field, node, variables)?.['input'];
  const code = (input as { code?: string | null } | undefined)?.code;
  if (code === undefined || code === null) return undefined;
  const parsed = parseCode(code, today);
  if (!parsed.ok) throw badInput('code', parsed.reason);
  return pseudonym(parsed.code);
}
