import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startSubgraph } from '../../gateway/distributed/subgraph.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { cursorKeyOf } from '../../gateway/embedded/house.ts';
import { loadSettings } from '../../platform/settings.ts';
import { GrantVerifier } from '../../records/grantToken.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { CIVILIZATION, UnitDatabase } from '../support/unitDatabase.ts';

test('[SH-9][SH-26] collection as a service of its own pulls on schedule, delivers to the agencies and journals it', async () => {
  const city = await City.open();
  const closes: (() => Promise<unknown>)[] = [() => city.close()];
  try {
    const { subgraphs, secrets, databases, journalUrl } = city.running.house;
    const urls = await Promise.all(
      (['registration', 'honors', 'catalogue'] as const).map(async (name) => {
        const service = await subgraphService({
          subgraph: subgraphs[name],
          grants: new GrantVerifier(secrets.grantPublicKeys),
          deliveries: name === 'catalogue' ? null : new GrantVerifier(secrets.grantPublicKeys),
          standings: null,
          onUnexpected: () => {},
        });
        closes.push(() => service.close());
        return [name, await service.listen(0, '127.0.0.1')] as const;
      }),
    );
    const unit = await UnitDatabase.make(city);
    closes.push(() => unit.close());
    const connectors = mkdtempSync(join(tmpdir(), 'connectors-'));
    unit.mapping(connectors, 'nightly', { every: '15 3 * * *' });
    await unit.add([{ code: firmCode(1), name: '上海拉取1号有限公司' }]);
    process.env['UNIT_DATABASE_URL'] = unit.url;
    const collection = await startSubgraph(
      'collection',
      loadSettings({
        PORT: '0',
        LOG_LEVEL: 'silent',
        CREDIT_TODAY: '2026-03-02',
        DATABASE_URL: databases.collection.appUrl,
        JOURNAL_DATABASE_URL: journalUrl,
        CATALOGUE_URL: Object.fromEntries(urls)['catalogue'],
        SUBGRAPH_URLS: urls.map(([name, url]) => `${name}=${url}`).join(','),
        GRANT_PUBLIC_KEYS: JSON.stringify(secrets.grantPublicKeys),
        DELIVERY_PRIVATE_KEY: JSON.stringify(secrets.grantPrivateKey),
        SEALING_KEYS: secrets.sealingKeys.map(({ id, key }) => `${id}:${key.toString('hex')}`).join(','),
        CURSOR_KEY: cursorKeyOf(secrets.pseudonymKey, 'collection'),
        PULL_CONNECTORS: connectors,
      }),
    );
    closes.push(() => collection.close());
    const entries = `select unit, channel, note from journal_entry where operation = 'pull'`;
    await city.until(async () => (await city.database('access').query(entries)).rowCount === 1);
    expect((await city.database('access').query(entries)).rows).toEqual([
      {
        unit: CIVILIZATION,
        channel: 'schedule',
        note: expect.stringMatching(/^connector nightly, receipts /),
      },
    ]);
    const { data } = await city.ask(
      `{ subject(code: "${firmCode(1)}") { name honors { nodes { title } } } }`,
    );
    expect(data.subject).toEqual({
      name: '上海拉取1号有限公司',
      honors: { nodes: [{ title: '文明单位' }] },
    });
  } finally {
    for (const close of closes.toReversed()) await close();
    delete process.env['UNIT_DATABASE_URL'];
  }
});
