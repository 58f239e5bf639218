import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { startSubgraph } from '../../gateway/distributed/subgraph.ts';
import { subgraphService } from '../../gateway/distributed/subgraphService.ts';
import { loadSettings } from '../../platform/settings.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { GrantSigner, GrantVerifier, type ServiceUse } from '../../records/grantToken.ts';
import type { Subgraph, SubgraphParts } from '../../records/subgraph.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { recordKeepers } from '../../subgraphs/keepers.ts';
import { modules } from '../../subgraphs/index.ts';
import { snakeCase } from '../../records/kind.ts';
import { TODAY, openTestGround } from '../catalogue/support.ts';
import { UNIT } from '../support/known.ts';

let ground: Awaited<ReturnType<typeof openTestGround>>;
let penalties: Subgraph;
let sharing: ReturnType<typeof openPool>;
let agencyUrl: string;
let sign: (use: ServiceUse, key?: 'inquiry' | 'delivery') => Promise<string>;
const closes: (() => Promise<unknown>)[] = [];

const keys = async () => {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true });
  return { privateKey: await exportJWK(privateKey), publicKeys: { keys: [await exportJWK(publicKey)] } };
};

beforeAll(async () => {
  ground = await openTestGround();
  closes.push(() => ground.remove());
  const [inquiry, delivery] = [await keys(), await keys()];
  const signers = {
    inquiry: new GrantSigner(inquiry.privateKey),
    delivery: new GrantSigner(delivery.privateKey),
  };
  sign = (use, key = 'inquiry') => signers[key].sign({ use });
  const grants = new GrantVerifier(ground.secrets.grantPublicKeys);
  const parts = {
    ...ground,
    leaseSeconds: 60,
    today: () => TODAY,
    cursorKey: '00',
    changeLogDays: 30,
    orders: () => ({ apply: async () => {} }),
  } as unknown as SubgraphParts;
  const catalogue = await modules.catalogue.open({
    ...parts,
    databaseUrl: ground.databases.catalogue.appUrl,
  });
  penalties = await modules.penalties.open({
    ...parts,
    databaseUrl: ground.databases.penalties.appUrl,
    catalogue: { snapshot: async (since) => (await catalogue.snapshots?.snapshot(since)) ?? null },
  });
  const served = await Promise.all(
    [catalogue, penalties].map(async (subgraph) => {
      closes.push(() => subgraph.close());
      const service = await subgraphService({
        subgraph,
        grants,
        deliveries: SUBGRAPHS[subgraph.name].records ? new GrantVerifier(delivery.publicKeys) : null,
        inquiries: new GrantVerifier(inquiry.publicKeys),
        standings: null,
        onUnexpected: () => {},
      });
      closes.push(() => service.close());
      return service.listen(0, '127.0.0.1');
    }),
  );
  const [catalogueUrl, url] = served as [string, string];
  agencyUrl = url;
  const service = await startSubgraph(
    'sharing',
    loadSettings({
      PORT: '0',
      LOG_LEVEL: 'silent',
      CREDIT_TODAY: TODAY,
      DATABASE_URL: ground.databases.sharing.appUrl,
      CATALOGUE_URL: catalogueUrl,
      // The other agencies are down.
      SUBGRAPH_URLS: `penalties=${agencyUrl}`,
      GRANT_PUBLIC_KEYS: JSON.stringify(ground.secrets.grantPublicKeys),
      INQUIRY_PRIVATE_KEY: JSON.stringify(inquiry.privateKey),
      CURSOR_KEY: '00'.repeat(32),
      SEALING_KEYS: `1:${'00'.repeat(32)}`,
    }),
  );
  closes.push(() => service.close());
  sharing = openPool(ground.databases.sharing.appUrl, { max: 1 });
  closes.push(() => sharing.end());
});
afterAll(async () => {
  for (const close of closes.toReversed()) await close();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await holds()); await sleep(50))
    if (Date.now() > deadline) throw new Error('it did not come about');
}

const deliver = () =>
  penalties.sink?.deliver('AdministrativePenalty', [
    {
      subjectId: randomUUID(),
      itemId: 1,
      jurisdiction: '310116',
      provider: UNIT.market,
      documentNumber: randomUUID(),
      title: null,
      formedOn: null,
      determinedOn: '2025-06-18',
      endedOn: null,
      grade: null,
      visibleUntil: null,
      selfDeclared: false,
      source: UNIT.market,
      own: {},
    },
  ]);
const taken = async (): Promise<number> => (await sharing.query('select from change')).rowCount ?? 0;

test('[SP-push] apart, changes are taken in by HTTP, whatever other agency is down', async () => {
  await deliver();
  await until(async () => (await taken()) === 1);
  const { rows } = await sharing.query('select agency, change, seq from change');
  expect(rows).toEqual([{ agency: 'penalties', change: 'ADDED', seq: 1 }]);
});

test('[SP-push] an agency’s log is open to the key of those that ask, and to no other', async () => {
  const ask = async (grant?: string) => {
    const response = await fetch(`${agencyUrl}/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(grant && { grant }) },
      body: JSON.stringify({ after: null, limit: 10 }),
    });
    return response.status;
  };
  expect(await ask(await sign('ask'))).toBe(200);
  expect(await ask()).toBe(401);
  expect(await ask(await sign('deliver'))).toBe(401);
  expect(await ask(await sign('ask', 'delivery'))).toBe(401);
});

test('[SP-push] where a log does not go on from where it was left, all positions from before are too old', async () => {
  const cut = async () => (await sharing.query('select cut_seq, last_seq from change_head')).rows[0];
  expect(await cut()).toEqual({ cut_seq: 0, last_seq: 1 });
  // As after an agency's database was restored into another cluster, whose transactions are counted anew.
  const log = openPool(ground.databases.penalties.appUrl, { max: 1 });
  closes.push(() => log.end());
  await log.query('update record_change_kept set removed = pg_current_xact_id() where id = 1');
  await deliver();
  await until(async () => (await cut()).cut_seq === 2);
  // What its log has is taken in again, for those who begin anew.
  await until(async () => (await taken()) === 2);
  expect(await cut()).toEqual({ cut_seq: 2, last_seq: 4 });
});

test('[SP-push] every table of records logs what is added and what is changed', async () => {
  for (const name of SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records)) {
    const database = openPool(ground.databases[name].appUrl, { max: 1 });
    const { rows } = await database
      .query(
        `select c.relname as table, array_agg(t.tgname::text || ' ' || encode(t.tgargs, 'escape') order by t.tgname) as logged
         from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal group by 1`,
      )
      .finally(() => database.end());
    const logged = new Map(rows.map((row) => [row.table, row.logged]));
    for (const [type, keeper] of recordKeepers) {
      if (keeper !== name) continue;
      expect(logged.get(snakeCase(type))).toEqual([`log_added ${type}\\000`, `log_changed ${type}\\000`]);
    }
  }
});
