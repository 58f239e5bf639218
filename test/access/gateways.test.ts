import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGateway } from '../../gateway/distributed/gateway.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { loadSettings } from '../../platform/settings.ts';
import { GrantVerifier } from '../../records/grantToken.ts';
import { SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import type { Answer } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { AuthorizedCity, FIRM, GRANT, OTHER, codeOf } from './authorized.ts';

const CONTRACTS =
  'query ($code: String!) { subject(code: $code) { contractRecords { totalCount nodes { amount } } } }';

let town: AuthorizedCity;
/** Two gateways as processes apart have them: every subgraph by HTTP, under signed grants. */
const urls: string[] = [];
const closes: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  town = await AuthorizedCity.open();
  const { subgraphs, secrets, folder, journalUrl } = town.city.running.house;
  const services: string[] = [];
  for (const name of SUBGRAPH_NAMES) {
    const service = await subgraphService({
      subgraph: subgraphs[name],
      grants: new GrantVerifier(secrets.grantPublicKeys),
      deliveries: null,
      standings: null,
      onUnexpected: () => {},
    });
    closes.push(() => service.close());
    services.push(`${name}=${await service.listen(0, '127.0.0.1')}`);
  }
  const settings = loadSettings({
    PORT: '0',
    CREDIT_TODAY: '2026-03-02',
    CREDIT_DATA: folder,
    LOG_LEVEL: 'silent',
    SUBGRAPH_URLS: services.join(','),
    CATALOGUE_URL: services.find((s) => s.startsWith('catalogue='))?.slice('catalogue='.length) as string,
    JOURNAL_DATABASE_URL: journalUrl,
    GRANT_PRIVATE_KEY: JSON.stringify(secrets.grantPrivateKey),
    PSEUDONYM_KEY: secrets.pseudonymKey.toString('hex'),
  });
  for (let i = 0; i < 2; i += 1) {
    const gateway = await startGateway(settings);
    closes.push(() => gateway.close());
    urls.push(gateway.url);
  }
});
afterAll(async () => {
  for (const close of closes.toReversed()) await close();
  await town.city.close();
});

async function ask(
  url: string,
  query: string,
  token: string,
  {
    variables = { code: FIRM },
    ...purpose
  }: { variables?: object; authorization?: string; matter?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query,
      variables,
      extensions: { purpose: { matter: MATTER.supervision, ...purpose } },
    }),
  });
  return (await response.json()) as Answer;
}
const everywhere = (outcome: string, query: string, token: string) =>
  town.city.until(async () => {
    const answers = await Promise.all(urls.map((url) => ask(url, query, token)));
    return answers.every((answer) => codeOf(answer) === outcome);
  });

test('[SH-20] an authorization holds over signed grants, and its uses are counted over all gateways', async () => {
  const [first, second] = urls as [string, string];
  const input = {
    method: 'WRITTEN',
    code: FIRM,
    categories: ['PERFORMANCE'],
    purpose: '贷款审批',
    validFrom: '2026-03-01',
    validUntil: '2026-03-31',
    uses: 3,
    documentDigest: 'b'.repeat(64),
  };
  const { data } = await ask(first, GRANT, town.service, { variables: { input } });
  const { id: authorization } = data.grantAuthorization.authorization;
  const answer = await ask(second, CONTRACTS, town.service, { authorization });
  expect(answer.data.subject.contractRecords).toEqual({ totalCount: 1, nodes: [{ amount: '5000.00' }] });
  const other = await ask(first, CONTRACTS, town.service, { authorization, variables: { code: OTHER } });
  expect(other.data.subject.contractRecords).toEqual({ totalCount: 0, nodes: [] });
  const rest = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      ask(urls[i % 2] as string, CONTRACTS, town.service, { authorization }),
    ),
  );
  expect(rest.map(codeOf).toSorted()).toEqual(
    ['ANSWERED', ...Array(7).fill('AUTHORIZATION_REQUIRED')].toSorted(),
  );
});

test('[SP-account] a suspension holds in every gateway, for tokens that each of them knows', async () => {
  const token = await town.city.token({ role: 'agency', unit: UNIT.market, name: '王五', sub: 'known' });
  const admin = await town.city.token({
    role: 'agency',
    unit: UNIT.market,
    name: '管理员',
    sub: 'admin',
    admin: true,
  });
  await everywhere('ANSWERED', '{ units { totalCount } }', token);
  await ask(
    urls[0] as string,
    'mutation ($officer: String!) { suspendAccount(officer: $officer) { account { officer } } }',
    admin,
    {
      variables: { officer: 'known' },
    },
  );
  await everywhere('FORBIDDEN', '{ units { totalCount } }', token);
  await everywhere('FORBIDDEN', CONTRACTS, token);
});
