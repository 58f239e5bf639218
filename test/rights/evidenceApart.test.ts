import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { remoteEvidence } from '../../gateway/distributed/evidence.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import type { Grant } from '../../records/grant.ts';
import { GrantSigner, GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { Objecting } from './objecting.ts';

const MB = 1024 * 1024;
const NAME = '处罚决定书（更正版）.pdf';

test('[SH-16] the store apart takes and gives files under a grant of the gateway alone', async () => {
  const city = await City.open();
  const objecting = new Objecting(city);
  const { subgraphs, secrets } = city.running.house;
  const service = await subgraphService({
    subgraph: subgraphs.objections,
    grants: new GrantVerifier(secrets.grantPublicKeys),
    deliveries: null,
    standings: null,
    onUnexpected: () => {},
  });
  try {
    const url = await service.listen(0, '127.0.0.1');
    const store = remoteEvidence({ url, signer: new GrantSigner(secrets.grantPrivateKey) });
    const of = await objecting.penalty('310116');
    const grant: Grant = {
      scope: { kind: 'SELF', subject: of.subjectId },
      today: '2026-03-02',
      caller: { role: 'subject', unit: null, subject: of.subjectId },
    };
    const content = randomBytes(3 * MB);
    const digest = createHash('sha256').update(content).digest('hex');
    const file = { digest, content, contentType: 'image/png', name: NAME };
    expect(await store.put(grant, file)).toEqual({ digest, size: 3 * MB, name: NAME });
    const { id } = await objecting.filed(of, { evidence: [{ digest, name: NAME }] });
    const found = await store.get(grant, id, digest);
    expect(found).toMatchObject({ name: NAME, subjectId: of.subjectId, itemId: expect.any(Number) });
    expect(found?.content.equals(content)).toBe(true);
    expect(
      await store.get({ ...grant, caller: { ...grant.caller, subject: randomUUID() } }, id, digest),
    ).toBeNull();
    const nobody: Grant = { ...grant, caller: { role: 'authority', unit: UNIT.center, subject: null } };
    await expect(store.put(nobody, file)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    const forServices = await new GrantSigner(secrets.grantPrivateKey).sign({ use: 'deliver' });
    for (const header of [undefined, forServices]) {
      const headers = { ...(header && { grant: header }) };
      expect((await fetch(`${url}/evidence/${id}/${digest}`, { headers })).status).toBe(401);
      expect((await fetch(`${url}/evidence`, { method: 'POST', headers, body: content })).status).toBe(401);
    }
  } finally {
    await service.close();
    await city.close();
  }
});
