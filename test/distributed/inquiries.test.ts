import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { remoteInquiries } from '../../gateway/distributed/remote.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { GrantSigner, GrantVerifier, type ServiceUse } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';

const NAMES = ['penalties', 'registration'] as const;
const DOORS = {
  penalties: [
    '/deliveries',
    '/withdrawals',
    '/facts-of',
    '/conduct',
    '/broken-promises',
    '/amendments',
    '/orders',
    '/archive',
  ],
  registration: ['/deliveries', '/subjects', '/orders'],
};

let city: City;
let deliverer: GrantSigner;
let asker: GrantSigner;
const urls = {} as Record<(typeof NAMES)[number], string>;
const closes: (() => Promise<unknown>)[] = [];

async function keys() {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  const verifier = new GrantVerifier({ keys: [await exportJWK(publicKey)] });
  return { signer: new GrantSigner(await exportJWK(privateKey)), verifier };
}

beforeAll(async () => {
  city = await City.open();
  const { subgraphs, secrets } = city.running.house;
  const [delivery, inquiry] = [await keys(), await keys()];
  [deliverer, asker] = [delivery.signer, inquiry.signer];
  for (const name of NAMES) {
    const service = await subgraphService({
      subgraph: subgraphs[name],
      grants: new GrantVerifier(secrets.grantPublicKeys),
      deliveries: delivery.verifier,
      inquiries: inquiry.verifier,
      standings: null,
      onUnexpected: () => {},
    });
    closes.push(() => service.close());
    urls[name] = await service.listen(0, '127.0.0.1');
  }
});
afterAll(async () => {
  for (const close of closes) await close();
  await city.close();
});

async function post(
  url: string,
  signer: GrantSigner,
  use: ServiceUse,
  body: unknown = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', grant: await signer.sign({ use }) },
    body: JSON.stringify(body),
  });
}

test('measures ask by a key of their own what a record says, who is listed and whose a code is', async () => {
  const code = firmCode(1);
  const id = await city.subject(code, '上海余兰贸易有限公司');
  await city.record(id, '310115-severe-amr', { own: { reason: '虚假登记' } });
  const ask = (name: (typeof NAMES)[number]) =>
    remoteInquiries({ url: urls[name], signer: asker, timeout: 10_000 });
  expect(await ask('registration').idOf(code)).toBe(id);
  expect(await ask('penalties').listed('SevereListing', [id], ['310115'])).toEqual([id]);
  const { rows } = await city.database('penalties').query('select id from severe_listing');
  expect(await ask('penalties').facts('SevereListing', id, [rows[0].id])).toMatchObject([
    { id: rows[0].id, subjectId: id, jurisdiction: '310115' },
  ]);
});

test.each(NAMES.flatMap((name) => DOORS[name].map((path) => [name, path] as const)))(
  'under it %s refuses %s, whatever use it is signed for, and nothing is done',
  async (name, path) => {
    for (const use of ['ask', 'deliver', 'standing'] as const) {
      const { value, statements } = await statementsDuring(() => post(`${urls[name]}${path}`, asker, use));
      expect([use, value.status, perDatabase(statements)]).toEqual([use, 401, {}]);
    }
  },
);

test.each(['/facts', '/listed'])('%s is for a key and the use that it is for', async (path) => {
  const body = { recordType: 'SevereListing', subjectId: null, ids: [], subjectIds: [], jurisdictions: [] };
  const url = `${urls.penalties}${path}`;
  const status = async (signer: GrantSigner, use: ServiceUse) => (await post(url, signer, use, body)).status;
  expect(await status(asker, 'ask')).toBe(200);
  expect(await status(deliverer, 'deliver')).toBe(200);
  expect(await status(asker, 'deliver')).toBe(401);
  expect(await status(deliverer, 'ask')).toBe(401);
  expect((await fetch(url, { method: 'POST' })).status).toBe(401);
});
