import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { remoteDelivery } from '../../gateway/distributed/remote.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import type { AgencyDoor } from '../../records/delivery.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { Repairing } from './repairing.ts';

let city: City;
let repairs: Repairing;
let near: AgencyDoor;
let apart: AgencyDoor;
let url: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  city = await City.open();
  repairs = new Repairing(city);
  const { subgraphs, secrets } = city.running.house;
  const service = await subgraphService({
    subgraph: subgraphs.registration,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: new GrantVerifier(secrets.grantPublicKeys),
    standings: null,
    onUnexpected: () => {},
  });
  close = () => service.close();
  url = await service.listen(0, '127.0.0.1');
  near = subgraphs.registration.sink as AgencyDoor;
  apart = remoteDelivery({ url, signer: new GrantSigner(secrets.grantPrivateKey), timeout: 10_000 });
});
afterAll(async () => {
  await close();
  await city.close();
});

test('[JS-24][NT-34] an agency apart tells of broken promises and of conduct as one in the house does', async () => {
  const own = { commitmentType: '审批替代型', reason: '办理许可', fulfilment: '未履行' };
  const promise = await repairs.onFile('310116-commitment-gov', { own });
  const kept = await repairs.onFile('310116-commitment-gov', { own: { ...own, fulfilment: '已履行' } });
  for (const { recordType, subjectId, record } of [promise, kept])
    expect(await apart.brokenPromise(recordType, subjectId, record)).toEqual(
      await near.brokenPromise(recordType, subjectId, record),
    );
  const found = await apart.brokenPromise('Commitment', promise.subjectId, promise.record);
  expect(found?.breaches.map(({ id }) => id)).toEqual([promise.record]);
  const itemId = city.running.house.follower.current()?.itemsByCode.get(promise.item)?.id as number;
  const question = {
    recordType: 'Commitment',
    subjectId: promise.subjectId,
    jurisdiction: '310116',
    itemIds: [itemId],
    since: '2025-05-31',
    except: kept.record,
  };
  expect(await apart.conductSince(question)).toBe('2025-06-01');
  expect(await apart.conductSince({ ...question, since: '2025-06-01' })).toBeNull();
});

test.each(['/conduct', '/broken-promises'])('without a token %s is closed', async (path) => {
  const response = await fetch(url + path, { method: 'POST', body: '{}' });
  expect(response.status).toBe(401);
});
