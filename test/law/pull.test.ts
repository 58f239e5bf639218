import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PgBoss } from 'pg-boss';
import type { Intake } from '../../records/intake.ts';
import { readMapping } from '../../subgraphs/collection/pull/mapping.ts';
import { type PullOptions, type PullSummary, pull } from '../../subgraphs/collection/pull/run.ts';
import { layouts } from '../../subgraphs/layouts.ts';
import { City } from '../support/city.ts';
import { type Finished, copyOfTemplate, credit, environment } from '../support/command.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { CIVILIZATION, UnitDatabase } from '../support/unitDatabase.ts';

const KILLED = fileURLToPath(new URL('../support/killedPull.ts', import.meta.url));
const CONNECTORS = `{ pullConnectors {
  name provider state lastRun error position { watermark key receipt { id } pulledAt } receipts { id source received accepted duplicates rejected rejects { nodes { rule } } }
} }`;

const firms = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    code: firmCode(from + at),
    name: `上海拉取${from + at}号有限公司`,
  }));

let folder: string;
let city: City;
let unit: UnitDatabase;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = copyOfTemplate();
  city = await City.open({}, folder);
});
afterAll(() => city.close());

/** A unit's database of its own and a mapping of it, for each test. */
async function fresh(name: string, change: Record<string, unknown> = {}): Promise<string> {
  await unit?.close();
  unit = await UnitDatabase.make(city);
  env = environment(folder, { UNIT_DATABASE_URL: unit.url });
  return unit.mapping(folder, name, change);
}
afterAll(() => unit?.close());

const run = (mapping: string): Promise<Finished> => credit(['pull', mapping, '--json'], env);

async function pulled(mapping: string, options: PullOptions = {}): Promise<PullSummary> {
  const intake = city.running.house.subgraphs.collection.intake as Intake;
  const parts = { intake, pool: city.database('collection'), env };
  return pull(readMapping(mapping, layouts), parts, options);
}

async function connector(name: string, token?: string) {
  const { data, errors } = await city.ask(CONNECTORS, {
    token: token ?? (await city.token({ role: 'center', unit: UNIT.center, name: '钱七' })),
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.pullConnectors.find((found: { name: string }) => found.name === name);
}

const stored = async (from: number, count: number): Promise<number> => {
  const ids = await city
    .database('registration')
    .query('select count(*)::int as n from subject where code = any($1)', [
      firms(from, count).map((f) => f.code),
    ]);
  return ids.rows[0].n;
};

describe('a pull', () => {
  test('[SH-9][ZD-19] takes in what is there, then what is new, each time with a receipt, and tells the center and the unit', async () => {
    const mapping = await fresh('first');
    await unit.add(firms(1, 3));
    const first = await run(mapping);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toMatchObject({
      connector: 'first',
      receipts: [expect.any(String)],
      received: 3,
      accepted: 3,
      duplicates: 0,
      rejected: 0,
    });
    expect(await pulled(mapping)).toMatchObject({ receipts: [], received: 0 });
    await unit.add(firms(4, 1));
    const { receipts, position } = await pulled(mapping);
    expect(receipts).toHaveLength(1);

    const found = await connector(
      'first',
      await city.token({ role: 'provider', unit: CIVILIZATION, name: '赵六' }),
    );
    expect(found).toMatchObject({
      provider: CIVILIZATION,
      state: 'IDLE',
      error: null,
      position: { ...(position as object), receipt: { id: receipts[0] } },
      receipts: [
        { source: 'pull:first', received: 1, accepted: 1 },
        { source: 'pull:first', received: 3, accepted: 3 },
      ],
    });
    expect(found.lastRun >= found.position.pulledAt).toBe(true);
    expect(await connector('first')).toMatchObject({ name: 'first' });
    const { data } = await city.ask(
      `{ subject(code: "${firmCode(4)}") { name honors { nodes { title } } } }`,
    );
    expect(data.subject).toEqual({ name: '上海拉取4号有限公司', honors: { nodes: [{ title: '文明单位' }] } });
  });

  test('[SH-9] is told to no other unit and not to the public', async () => {
    const other = await city.token({ role: 'provider', unit: UNIT.market, name: '赵六' });
    expect(await connector('first', other)).toBeUndefined();
    expect((await city.ask(CONNECTORS)).data).toEqual({ pullConnectors: null });
  });

  test('[SH-9][ZD-19] loses and doubles no row of equal watermarks at the border of a page or a receipt', async () => {
    const mapping = await fresh('equal', { batch: 2_000 });
    await unit.add(firms(10_000, 5_300));
    const first = await pulled(mapping, { once: true });
    expect(first).toMatchObject({ received: 2_000, accepted: 2_000 });
    const rest = await pulled(mapping);
    expect(rest).toMatchObject({ received: 3_300, accepted: 3_300, duplicates: 0 });
    expect(rest.receipts).toHaveLength(2);
    expect(await pulled(mapping)).toMatchObject({ received: 0 });

    const inOne = await pulled(unit.mapping(folder, 'pages'));
    expect(inOne).toMatchObject({ received: 5_300, accepted: 0, duplicates: 5_300 });
    expect(inOne.receipts).toHaveLength(1);
    expect(await stored(10_000, 5_300)).toBe(5_300);
  });

  test('[SH-9][ZD-19] brings a row again when it was changed: the same content changes nothing, other content goes back', async () => {
    const mapping = await fresh('changed');
    await unit.add(firms(20, 2));
    await pulled(mapping);
    const touch = `update "表彰" set updated_at = now() - interval '5 minutes'`;
    await unit.pool.query(`${touch} where code = '${firmCode(20)}'`);
    expect(await pulled(mapping)).toMatchObject({ received: 1, accepted: 0, duplicates: 1, rejected: 0 });
    await unit.pool.query(
      `${touch} + interval '1 minute', granted_by = '上海市' where code = '${firmCode(21)}'`,
    );
    const { stdout, status } = await run(mapping);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ received: 1, accepted: 0, rejected: 1 });
    expect((await connector('changed')).receipts[0].rejects.nodes).toEqual([{ rule: 'RECORD_DIFFERS' }]);
    expect(await pulled(mapping, { fromStart: true })).toMatchObject({
      received: 2,
      duplicates: 1,
      rejected: 1,
    });
  });

  test('[SH-9] leaves rows alone that are younger than the lag, since others may still be committed before them', async () => {
    const lagging = { column: 'updated_at', key: 'id', lagSeconds: 3_000 };
    const mapping = await fresh('young', { watermark: lagging });
    await unit.add(firms(30, 1));
    await unit.pool.query(
      `insert into "表彰" ("单位名称", code, honor, updated_at) values ('上海拉取31号有限公司', $1, '文明单位', now())`,
      [firmCode(31)],
    );
    expect(await pulled(mapping)).toMatchObject({ received: 1, accepted: 1 });
    await unit.pool.query(`update "表彰" set updated_at = now() - interval '51 minutes' where code = $1`, [
      firmCode(31),
    ]);
    expect(await pulled(mapping)).toMatchObject({ received: 1, accepted: 1 });
  });

  test('[SH-9] follows a whole number, and a time without a zone, as well', async () => {
    const mapping = await fresh('numbers', { watermark: { column: 'version', key: 'id', lagSeconds: 1 } });
    await unit.add(firms(40, 2));
    expect(await pulled(mapping)).toMatchObject({ received: 2, accepted: 2, position: { watermark: '1' } });
    await unit.pool.query('update "表彰" set version = 9007199254740993 where code = $1', [firmCode(41)]);
    expect(await pulled(mapping)).toMatchObject({
      received: 1,
      duplicates: 1,
      position: { watermark: '9007199254740993' },
    });

    await unit.pool.query(
      `alter table "表彰" add column changed timestamp;
       update "表彰" set changed = (now() at time zone 'Asia/Shanghai') - interval '1 hour' + id * interval '1 microsecond'`,
    );
    const local = unit.mapping(folder, 'local', { watermark: { column: 'changed', key: 'id' } });
    expect(await pulled(local)).toMatchObject({ received: 2, duplicates: 2 });
    expect(await pulled(local)).toMatchObject({ received: 0 });
  });

  test('[NT-16] stores a record that came by file and by pull once, with both sources', async () => {
    const mapping = await fresh('routes');
    const file = join(folder, 'honors.csv');
    writeFileSync(
      file,
      `获奖主体名称,统一社会信用代码,荣誉名称,授予单位,授予日期\n上海拉取50号有限公司,${firmCode(50)},文明单位,金山区精神文明建设委员会,2025-03-18\n`,
    );
    const imported = await credit(
      ['import', file, '--layout', 'honor', '--jurisdiction', '310116', '--json'],
      env,
    );
    expect(JSON.parse(imported.stdout)).toMatchObject({ accepted: 1 });
    await unit.add(firms(50, 1));
    expect(await pulled(mapping)).toMatchObject({ received: 1, accepted: 0, duplicates: 1 });
    const { data } = await city.ask(
      `{ subject(code: "${firmCode(50)}") { honors { totalCount nodes { sources } } } }`,
      { token: await city.officer(UNIT.market), purpose: MATTER.supervision },
    );
    expect(data.subject.honors).toEqual({
      totalCount: 1,
      nodes: [{ sources: [CIVILIZATION, 'pull:routes'] }],
    });
  });

  test('[SH-9][ZD-19] killed between receipt and position, brings the same rows again, which changes nothing', async () => {
    const mapping = await fresh('killed');
    await unit.add(firms(60, 40));
    const child = spawn(process.execPath, [KILLED, mapping], { env, stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await connector('killed')).toMatchObject({
      position: null,
      receipts: [{ received: 40, accepted: 40 }],
    });
    await city.until(async () => (await connector('killed')).state !== 'RUNNING');

    expect(await pulled(mapping)).toMatchObject({ received: 40, accepted: 0, duplicates: 40, rejected: 0 });
    expect(await stored(60, 40)).toBe(40);
    expect(await pulled(mapping)).toMatchObject({ received: 0 });
  });

  test('[SH-9] is done by one at a time', async () => {
    const mapping = await fresh('locked');
    await unit.add(firms(110, 1));
    const blocker = await unit.pool.connect();
    await blocker.query('begin; lock table "表彰" in access exclusive mode');
    const first = run(mapping);
    await city.until(async () => (await connector('locked'))?.state === 'RUNNING');
    const second = await run(mapping);
    expect(second).toMatchObject({ status: 1, stderr: expect.stringContaining('locked is being pulled') });
    await blocker.query('rollback');
    blocker.release();
    expect(JSON.parse((await first).stdout)).toMatchObject({ received: 1, accepted: 1 });
    expect(await connector('locked')).toMatchObject({ state: 'IDLE', error: null });
  });

  test('[ZD-18] passes the standing attestation of the secrecy review on', async () => {
    const secrecyReview = { reviewedBy: '孙八', reviewedOn: '2026-01-15' };
    const mapping = await fresh('reviewed', { secrecyReview });
    await unit.add(firms(115, 1));
    const { receipts } = await pulled(mapping);
    const { data } = await city.ask(
      `{ receipt(id: "${receipts[0]}") { secrecyReviewedBy secrecyReviewedOn } }`,
      { token: await city.token({ role: 'provider', unit: CIVILIZATION, name: '赵六' }) },
    );
    expect(data.receipt).toEqual({ secrecyReviewedBy: '孙八', secrecyReviewedOn: '2026-01-15' });
  });
});

describe('a source that cannot be read', () => {
  const failing: [string, string, (mapping: string) => Promise<void>, RegExp][] = [
    [
      'is down',
      'down',
      async () => void (env = { ...env, UNIT_DATABASE_URL: 'postgres://u:geheim@127.0.0.1:9/x' }),
      /ECONNREFUSED/,
    ],
    [
      'has no such column',
      'column',
      async () => void (await unit.pool.query('alter table "表彰" rename honor to title')),
      /42703.*honor/,
    ],
    [
      'does not let us in',
      'permission',
      async () => {
        await unit.pool.query(`create role stranger_${unit.name} login password 'geheim'`);
        const url = new URL(unit.url);
        url.username = `stranger_${unit.name}`;
        url.password = 'geheim';
        env = { ...env, UNIT_DATABASE_URL: url.href };
      },
      /42501/,
    ],
    [
      'is not named',
      'unset',
      async () => void (env = { ...env, UNIT_DATABASE_URL: '' }),
      /UNIT_DATABASE_URL is not set/,
    ],
    [
      'is no address',
      'address',
      async () => void (env = { ...env, UNIT_DATABASE_URL: 'mysql://u:geheim@h/x' }),
      /postgres:\/\//,
    ],
  ];
  test.each(failing)(
    '[SH-9] because it %s is told, and the position stays',
    async (_, name, breakIt, reason) => {
      const mapping = await fresh(name);
      await unit.add(firms(120, 1));
      await pulled(mapping);
      const before = (await connector(name)).position;
      const whole = env;
      await breakIt(mapping);
      const told = await pulled(mapping).then(String, (error: Error) => error.message);
      expect(told).toMatch(reason);
      expect(told).not.toContain('geheim');
      expect(await connector(name)).toMatchObject({
        state: 'FAILED',
        error: expect.stringMatching(reason),
        position: before,
      });
      env = whole;
      if (name === 'column') await unit.pool.query('alter table "表彰" rename title to honor');
      expect(await pulled(mapping)).toMatchObject({ received: 0 });
      expect(await connector(name)).toMatchObject({ state: 'IDLE', error: null });
    },
  );

  test('[SH-9] because its key does not tell rows apart is told, rather than rows passed over', async () => {
    const mapping = await fresh('twins', { watermark: { column: 'updated_at', key: 'honor' } });
    await unit.add(firms(128, 2));
    await expect(pulled(mapping)).rejects.toThrow('"honor" is empty or not unique');
  });

  test('[SH-9] is never written, not even by a view that would', async () => {
    const mapping = await fresh('readonly', {
      query: {
        from: 'sneaky',
        columns: {
          name: '获奖主体名称',
          code: '统一社会信用代码',
          honor: '荣誉名称',
          by: '授予单位',
          day: '授予日期',
        },
      },
    });
    await unit.pool.query(`
      create function touch() returns text language sql volatile as $$ update "表彰" set version = 7 returning 'x' $$;
      create view sneaky as select id, updated_at, "单位名称" as name, code, honor, touch() as by, granted_on as day from "表彰"`);
    await unit.add(firms(125, 1));
    await expect(pulled(mapping)).rejects.toThrow(/25006/);
    expect((await unit.pool.query('select version from "表彰"')).rows).toEqual([{ version: '1' }]);
  });
});

describe('a mapping', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'source',
      { source: 'postgres://u:geheim@db/x' },
      /bad\.yaml: source: must name an environment variable/,
    ],
    ['layout', { layout: 'nothing' }, /bad\.yaml: layout: no such layout/],
    ['provider', { provider: 'x' }, /bad\.yaml: provider: must be a unified social credit code/],
    ['every', { every: 'sometimes' }, /bad\.yaml: every: must be a cron expression/],
    ['seconds', { every: '* * * * * *' }, /bad\.yaml: every: must be a cron expression/],
    ['timeZone', { timeZone: 'Mars/Olympus' }, /bad\.yaml: timeZone: no such time zone/],
    ['batch', { batch: 50_001 }, /bad\.yaml: batch: must be 50000 or less/],
    ['watermark', { watermark: { column: 'updated_at' } }, /bad\.yaml: watermark\.key: must be text/],
    ['unknown key', { evry: '0 3 * * *' }, /bad\.yaml: \(file\): no such key: evry/],
    [
      'unknown column',
      {
        query: {
          from: 't',
          columns: { a: '获奖主体名称', b: '荣誉名称', c: '授予单位', d: '授予日期', e: '没有' },
        },
      },
      /bad\.yaml: query\.columns\.e: honor has no column "没有"/,
    ],
    [
      'missing column',
      { query: { from: 't', columns: { a: '获奖主体名称' } } },
      /bad\.yaml: query\.columns: honor lacks required columns: 荣誉名称/,
    ],
    [
      'key',
      { watermark: { column: 'updated_at', key: 'code' } },
      /bad\.yaml: watermark\.key: "code" tells the subject/,
    ],
    [
      'secrecyReview',
      { secrecyReview: { reviewedBy: '孙八', reviewedOn: '15/1/2026' } },
      /bad\.yaml: secrecyReview\.reviewedOn: must be a day/,
    ],
  ])('[SH-9] with a wrong %s is refused with file and key', (_, change, reason) => {
    const path = unit.mapping(folder, 'bad', change);
    expect(() => readMapping(path, layouts)).toThrow(reason);
  });

  test('[SH-9] that does not fit is told to whoever pulls, in both languages, and no address with it', async () => {
    const { status, stderr } = await run(
      unit.mapping(folder, 'bad', { source: 'postgres://u:geheim@db/x', batch: 0 }),
    );
    expect(status).toBe(1);
    expect(stderr).toContain('bad.yaml：source：应为环境变量名');
    expect(stderr).toContain('bad.yaml: batch: must be 1 or more');
    expect(stderr).not.toContain('geheim');
  });
});

test('[SH-9][SH-26] connectors of a folder are pulled at the first start, when their time comes, and when asked for by name', async () => {
  await fresh('unused');
  const connectors = mkdtempSync(join(folder, 'connectors-'));
  unit.mapping(connectors, 'nightly', { every: '15 3 * * *' });
  await unit.add(firms(130, 2));
  process.env['UNIT_DATABASE_URL'] = unit.url;
  const scheduled = await City.open({ PULL_CONNECTORS: connectors });
  const token = await scheduled.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  const receipts = async () =>
    (await scheduled.ask(CONNECTORS, { token })).data.pullConnectors[0].receipts as { accepted: number }[];
  const boss = new PgBoss({
    connectionString: scheduled.running.house.databases.collection.appUrl,
    schema: 'pgboss',
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => {});
  try {
    await scheduled.until(async () => (await receipts())[0]?.accepted === 2);
    const journal = `select unit, channel, note from journal_entry where operation = 'pull'`;
    await scheduled.until(async () => (await scheduled.database('access').query(journal)).rowCount === 1);
    expect((await scheduled.database('access').query(journal)).rows).toEqual([
      {
        unit: CIVILIZATION,
        channel: 'schedule',
        note: expect.stringMatching(/^connector nightly, receipts [0-9a-f-]{36}$/),
      },
    ]);

    await boss.start();
    expect(await boss.getSchedules('pull')).toMatchObject([
      { key: 'nightly', cron: '15 3 * * *', timezone: 'Asia/Shanghai', data: { connector: 'nightly' } },
    ]);
    await unit.add(firms(132, 1));
    const due = () => boss.send('pull', { connector: 'nightly' }, { singletonKey: 'nightly' });
    await scheduled.until(async () => (await due()) !== null);
    await scheduled.until(async () => (await receipts())[0]?.accepted === 1);
    expect(await receipts()).toMatchObject([{ accepted: 1 }, { accepted: 2 }]);

    const byName = await credit(['pull', 'nightly', '--json'], { ...env, PULL_CONNECTORS: connectors });
    expect(JSON.parse(byName.stdout)).toMatchObject({ connector: 'nightly', received: 3 });
    const unknown = await credit(['pull', 'nobody'], { ...env, PULL_CONNECTORS: connectors });
    expect(unknown).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('PULL_CONNECTORS has: nightly'),
    });
  } finally {
    await boss.stop({ graceful: false });
    await scheduled.close();
    delete process.env['UNIT_DATABASE_URL'];
  }
});
