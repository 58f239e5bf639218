import { demoSubjects } from '../demo/subjects.ts';
import type { Ground } from '../gateway/embedded/house.ts';
import { issueToken } from '../gateway/identity/issuer.ts';
import { DEMO_SEED } from './demoData.ts';

/** A unit of the catalogue that comes with the project, and one of its matters. */
export const DEMO_UNIT = '11310116MBY011166U';
export const DEMO_MATTER = '310116-approval-licence';

/** What whoever typed `npm start` needs next: addresses, a token, a query to paste. */
export async function banner({ secrets }: Pick<Ground, 'secrets'>, url: string): Promise<string> {
  const token = await issueToken(secrets.tokenPrivateKey, {
    sub: 'demo-officer',
    role: 'agency',
    unit: DEMO_UNIT,
    name: '演示人员',
  });
  const [firm] = demoSubjects(DEMO_SEED, 1);
  const query = `{ subject(code: \\"${firm?.code}\\") { name code penalties { totalCount nodes { documentNumber title fineAmount determinedOn } } } }`;
  return `
公共信用信息网关 / Public Credit Gateway

  浏览器 explorer   ${url}/
  GraphQL          ${url}/graphql
  健康 health       ${url}/readyz   ${url}/metrics

  令牌 token（市场监管局人员，8 小时 / an officer of the market regulator, 8 hours）
  ${token}

  试一试 try:
  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -H 'authorization: Bearer ${token}' -H 'query-purpose: ${DEMO_MATTER}' \\
    -d '{"query":"${query}"}'

  更多令牌与单位 more: npx credit token --help, npx credit units
`;
}
