import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ownCatalogue } from '../../subgraphs/catalogue/data.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { schemaDrift } from '../../records/database.ts';
import type { SnapshotData } from '../../records/snapshot.ts';
import catalogue from '../../subgraphs/catalogue/index.ts';
import { CatalogueProcess, openTestGround } from './support.ts';

let ground: Awaited<ReturnType<typeof openTestGround>>;
let one: CatalogueProcess;
let other: CatalogueProcess;

beforeAll(async () => {
  ground = await openTestGround();
});
afterAll(() => ground.remove());
beforeEach(async () => {
  one = await CatalogueProcess.open(ground);
  other = await CatalogueProcess.open(ground);
});
afterEach(async () => {
  await one.close();
  await other.close();
});

const ask = (process: CatalogueProcess, since = -1) =>
  process.subgraph.snapshots?.snapshot(since) as Promise<SnapshotData | null>;

/** Asks until there is something newer, as a follower does. */
async function newer(process: CatalogueProcess, since: number): Promise<SnapshotData> {
  for (;;) {
    const data = await ask(process, since);
    if (data) return data;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('[SH-15] all processes give the same content the same version, and a change reaches the others', async () => {
  const [a, b] = [await ask(one), await ask(other)];
  expect(a).toEqual(b);
  const version = a?.version as number;
  expect(await ask(one, version)).toBeNull();

  await one.publishItem({ code: 's-new', tier: 'PUBLIC' });
  const heard = await newer(other, version);
  expect(heard.version).toBeGreaterThan(version);
  expect(heard.items.find((i) => i.code === 's-new')).toMatchObject({
    tier: 'PUBLIC',
    recordType: 'Inspection',
  });
  expect(await newer(one, version)).toEqual(heard);
});

test('[SH-15] what is published for a later day comes with that day', async () => {
  await one.publishItem({ code: 's-later' });
  await one.publishItem({ code: 's-later', tier: 'PUBLIC', validFrom: '2026-03-03' });
  await other.subgraph.refresh();
  const before = (await ask(other)) as SnapshotData;
  expect(before.items.find((i) => i.code === 's-later')?.tier).toBe('SHARED');
  other.today = '2026-03-03';
  const after = (await ask(other, before.version)) as SnapshotData;
  expect(after.version).toBeGreaterThan(before.version);
  expect(after.items.find((i) => i.code === 's-later')?.tier).toBe('PUBLIC');
});

test('an item keeps its number through its versions, and matters name it by that', async () => {
  await one.publishItem({ code: 's-number' });
  await one.publishMatter({ code: 's-matter', items: ['s-number'] });
  const id = ((await newer(one, -1)).items.find((i) => i.code === 's-number') ?? { id: 0 }).id;
  await one.publishItem({ code: 's-number', tier: 'PUBLIC' });
  await one.subgraph.refresh();
  const after = (await ask(one)) as SnapshotData;
  expect(after.items.filter((i) => i.code === 's-number')).toMatchObject([{ id, tier: 'PUBLIC' }]);
  expect(after.matters.find((m) => m.code === 's-matter')?.items).toEqual([id]);
});

test('when every connection is cut, a change still arrives', async () => {
  const { version } = (await ask(other)) as SnapshotData;
  await one.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
  );
  await one.pool
    .query('select 1')
    .then(() => one.publishItem({ code: 's-cut', tier: 'PUBLIC' }))
    .then(async ({ errors }) => (errors ? one.publishItem({ code: 's-cut', tier: 'PUBLIC' }) : null));
  const heard = await newer(other, version);
  expect(heard.items.some((i) => i.code === 's-cut')).toBe(true);
});

test('what was published is not undone by loading the files again', async () => {
  const code = '310116-inspection-amr';
  const known = ownCatalogue().items.find((i) => i.code === code);
  const { errors } = await one.publishItem({ ...known, validFrom: '2026-03-02', tier: 'PUBLIC' });
  expect(errors).toBeUndefined();
  expect(await loadCatalogue(one.pool, ownCatalogue())).toEqual({
    units: 0,
    items: 0,
    matters: 0,
    behaviours: 0,
  });
  await one.subgraph.refresh();
  expect((await ask(one))?.items.find((i) => i.code === code)?.tier).toBe('PUBLIC');
});

test('a file whose matter names an unknown item is not loaded at all', async () => {
  const data = ownCatalogue();
  const [matter] = data.matters;
  const wrong = {
    ...data,
    matters: [{ ...(matter as NonNullable<typeof matter>), code: 's-wrong', items: ['nowhere'] }],
  };
  await expect(loadCatalogue(one.pool, wrong)).rejects.toThrow('s-wrong → nowhere');
});

test('migrations make the tables that the entities describe', async () => {
  const { migratorUrl } = ground.databases.catalogue;
  expect(await schemaDrift(migratorUrl, catalogue.entities)).toBe('');
});
