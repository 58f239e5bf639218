import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { remoteDelivery } from '../../gateway/distributed/remote.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import type { AgencyDoor } from '../../records/delivery.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';

let city: City;
let penalties: AgencyDoor;
let honors: AgencyDoor;
const urls: string[] = [];
const closes: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  city = await City.open();
  const { subgraphs, secrets } = city.running.house;
  const signer = new GrantSigner(secrets.grantPrivateKey);
  const doorOf = async (name: 'penalties' | 'honors') => {
    const service = await subgraphService({
      subgraph: subgraphs[name],
      grants: new GrantVerifier(secrets.grantPublicKeys),
      deliveries: new GrantVerifier(secrets.grantPublicKeys),
      standings: null,
      onUnexpected: () => {},
    });
    closes.push(() => service.close());
    const url = await service.listen(0, '127.0.0.1');
    urls.push(url);
    return remoteDelivery({ url, signer, timeout: 10_000 });
  };
  penalties = await doorOf('penalties');
  honors = await doorOf('honors');
});
afterAll(async () => {
  for (const close of closes) await close();
  await city.close();
});

test('[PD-10] agencies apart tell who is blacklisted today, and take red listings back', async () => {
  const standing = { ended: '2026-03-02', lasting: null, future: '2026-03-03' };
  const ids: Record<string, string> = {};
  for (const [at, [name, endedOn]] of Object.entries(standing).entries()) {
    const id = (ids[name] = await city.subject(firmCode(900 + at), `上海${name}有限公司`));
    await city.record(id, '310115-severe-amr', { endedOn, own: { reason: '虚假登记' } });
    await city.record(id, '310115-red-tax', { own: { listName: 'A级纳税人', year: 2024 } });
  }
  const all = Object.values(ids);
  const listed = await penalties.listed('SevereListing', all, ['310115', '310000']);
  expect(listed.toSorted()).toEqual([ids['lasting'], ids['future']].toSorted());
  expect(await penalties.listed('SevereListing', all, ['310000'])).toEqual([]);
  expect(await honors.withdraw('RedListing', listed, ['310112'])).toBe(0);
  expect(await honors.withdraw('RedListing', listed, ['310115'])).toBe(2);
  expect(await honors.withdraw('RedListing', listed, ['310115'])).toBe(0);
  const { data } = await city.ask(
    `{ subjects(codes: ["${firmCode(900)}", "${firmCode(901)}"]) { redListings { totalCount } } }`,
  );
  expect(data.subjects).toEqual([{ redListings: { totalCount: 1 } }, { redListings: { totalCount: 0 } }]);
});

test.each(['/listed', '/withdrawals'])('%s is open to collection alone', async (path) => {
  for (const url of urls) {
    const body = JSON.stringify({ recordType: 'RedListing', subjectIds: [], jurisdictions: [] });
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(401);
  }
});
