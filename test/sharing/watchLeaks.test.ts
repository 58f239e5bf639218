import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeOf } from '../checks/desk.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { ALERTS, LISTS, READ, UNWATCH, WATCH, Watcher, center, collected, order } from './watching.ts';

const PENALTY = '310116-penalty-amr';
const INSPECTION = '310116-inspection-amr';
const CITYS = '310000-penalty-amr';
const OWN_MATTER = 'm-own';

let city: City;
let ofCenter: string;
let market: Watcher;
let next = 300;
beforeAll(async () => {
  city = await City.open();
  ofCenter = await center(city);
  market = new Watcher(city, await city.officer(UNIT.market), MATTER.supervision);
});
afterAll(() => city.close());

const change = async (query: string, variables: Record<string, unknown>) => {
  const answer = await city.ask(query, { token: ofCenter, purpose: MATTER.quality, variables });
  expect(answer.errors).toBeUndefined();
};

/** A matter of the market regulator's own, with these items, from today on. */
async function publishMatter(items: string[], more: Record<string, unknown> = {}): Promise<void> {
  await change(
    'mutation ($input: PublishMatterInput!) { publishMatter(input: $input) { matter { code } } }',
    {
      input: {
        code: OWN_MATTER,
        name: '专项监管',
        unit: UNIT.market,
        kind: 'DAILY_SUPERVISION',
        aboutPersons: false,
        items,
        ...more,
      },
    },
  );
  await caughtUp();
}

/** What was published is in force everywhere. */
async function caughtUp(): Promise<void> {
  for (const subgraph of Object.values(city.running.house.subgraphs)) await subgraph.refresh();
  await city.running.house.follower.refresh();
}

async function firm() {
  const code = firmCode(++next);
  return { code, subjectId: await city.subject(code, `第${next}公司`, 'LEGAL_PERSON', '310116') };
}

test('a unit sees neither lists nor alerts of another, nor its own under another matter, and cannot tell them from none', async () => {
  const { code, subjectId } = await firm();
  const { list } = await market.watch('本单位', [code]);
  await city.record(subjectId, PENALTY);
  await collected(city);
  const [alert] = await market.alerts(list);
  const foreign = new Watcher(city, await city.officer(UNIT.construction), MATTER.tender);
  const discretion = new Watcher(city, await city.officer(UNIT.enforcement), MATTER.discretion);
  await publishMatter([PENALTY]);
  const elsewhere = new Watcher(city, await city.officer(UNIT.market), OWN_MATTER);
  for (const other of [foreign, discretion, elsewhere]) {
    expect((await other.ask(ALERTS, { list })).data).toEqual({ alerts: null });
    expect((await other.ask(LISTS)).data.watchLists).toMatchObject({ totalCount: 0, nodes: [] });
    expect((await other.ask(READ, { ids: [alert?.id] })).data.readAlerts).toEqual({ read: 0 });
    const taken = await other.ask(UNWATCH, { input: { list, all: true } });
    const none = await other.ask(UNWATCH, {
      input: { list: '00000000-0000-4000-8000-000000000000', all: true },
    });
    expect(taken.errors?.[0]?.message).toBe(none.errors?.[0]?.message);
  }
  expect(await market.alerts(list)).toEqual([alert]);
});

test('nobody but organs that query and credit service agencies watches, and nobody without a purpose', async () => {
  const { code } = await firm();
  const { list } = await market.watch('目的', [code]);
  const asked: [string, Record<string, unknown>][] = [
    [WATCH, { input: { name: '某', codes: [code] } }],
    [UNWATCH, { input: { list, all: true } }],
    [LISTS, {}],
    [ALERTS, { list }],
    [READ, { ids: [] }],
  ];
  const officer = await city.officer(UNIT.market);
  const provider = await city.token({ role: 'provider', unit: UNIT.market, name: '王五' });
  const subject = await city.token({ role: 'subject', code });
  for (const [query, variables] of asked) {
    expect(codeOf(await city.ask(query, { token: officer, variables }))).toBe('PURPOSE_REQUIRED');
    for (const [token, purpose] of [
      [ofCenter, MATTER.quality],
      [provider, MATTER.supervision],
    ] as const)
      expect(codeOf(await city.ask(query, { token, purpose, variables }))).toBe('FORBIDDEN');
    const self = await city.ask(query, { token: subject, variables });
    expect(codeOf(self)).toBe('FORBIDDEN');
    const publicly = await city.ask(query, { variables });
    expect(Object.values(publicly.data ?? {}).filter((value) => value !== null)).toEqual([]);
  }
});

test('what only the gateway may ask is not in the schema, and no caller reaches it', async () => {
  const { data, errors } = await market.ask('mutation { _watch(list: {}, subjects: {}) }');
  expect(data?._watch ?? null).toBeNull();
  expect(errors).toHaveLength(1);
});

test('an alert is shown no more once its item left the scope of the matter, or is for whom the subject authorizes', async () => {
  await publishMatter([PENALTY, INSPECTION]);
  const own = new Watcher(city, await city.officer(UNIT.market), OWN_MATTER);
  const { code, subjectId } = await firm();
  const { list } = await own.watch('专项', [code]);
  await city.record(subjectId, PENALTY);
  await city.record(subjectId, INSPECTION);
  expect((await own.told(list)).toSorted()).toEqual([`ADDED ${INSPECTION}`, `ADDED ${PENALTY}`]);
  await publishMatter([PENALTY]);
  expect(await own.told(list)).toEqual([`ADDED ${PENALTY}`]);
  expect((await own.ask(ALERTS, { list })).data.alerts.totalCount).toBe(1);
  const lists = await own.ask(LISTS);
  expect(lists.errors).toBeUndefined();
  expect(lists.data.watchLists.nodes[0]).toMatchObject({ unread: 1 });
  // Not in scope when it came: not told when the scope grows again.
  await city.record(subjectId, INSPECTION, { documentNumber: '其间' });
  await collected(city);
  await publishMatter([PENALTY, INSPECTION]);
  expect(await own.told(list)).toHaveLength(2);
  await change('mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { tier } } }', {
    input: {
      code: INSPECTION,
      name: '双随机抽查检查结果信息',
      class: 'SUPERVISION',
      tier: 'AUTHORIZED',
      jurisdiction: '310116',
      provider: UNIT.market,
      dataStandard: 'graphql',
      recordType: 'Inspection',
      aboutPersons: false,
      negative: false,
      updateCycle: '每月',
    },
  });
  await caughtUp();
  expect(await own.told(list)).toEqual([`ADDED ${PENALTY}`]);
});

test('[SP-sub] of a district a list alerts to records of the district alone', async () => {
  await publishMatter([PENALTY, CITYS], { reach: 'DISTRICT' });
  const own = new Watcher(city, await city.officer(UNIT.market), OWN_MATTER);
  const { code, subjectId } = await firm();
  const { list } = await own.watch('本区', [code]);
  for (const item of [PENALTY, CITYS]) await city.record(subjectId, item, { documentNumber: item });
  expect(await own.told(list)).toEqual([`ADDED ${PENALTY}`]);
});

test('[SH-20] a credit service agency is told of what is public of organizations, and of nothing that the public does not see', async () => {
  const token = await city.token({ role: 'service', unit: UNIT.market, name: '赵六', sub: 'bank' });
  const bank = new Watcher(city, token, MATTER.supervision);
  const { code, subjectId } = await firm();
  const person = await bank.ask(WATCH, { input: { name: '人', codes: [personCode(300)] } });
  expect(codeOf(person)).toBe('PURPOSE_NOT_ALLOWED');
  const { list } = await bank.watch('客户', [code]);
  await city.record(subjectId, PENALTY);
  await city.record(subjectId, INSPECTION);
  expect(await bank.told(list)).toEqual([`ADDED ${PENALTY}`]);
  const recordId = (await bank.alerts(list))[0]?.record as string;
  await order(city, { subjectId, recordId }, { kind: 'WITHHOLD', after: '2026-03-01' });
  expect(await bank.told(list)).toEqual([]);
  const dispute = { since: '2026-03-02', by: 'SUBJECT' as const, stage: 'FILED', note: null };
  await order(city, { subjectId, recordId }, { kind: 'MARK', dispute });
  expect(await bank.told(list)).toEqual([]);
  await order(city, { subjectId, recordId }, { kind: 'LIFT' });
  expect(await bank.told(list)).toEqual([`LIFTED ${PENALTY}`]);
  // At once marked and withheld, by one statement.
  await city
    .database('penalties')
    .query(`update administrative_penalty set dispute = $2, public_until = '2026-03-01' where id = $1`, [
      recordId,
      dispute,
    ]);
  expect(await bank.told(list)).toEqual([]);
  await order(city, { subjectId, recordId }, { kind: 'LIFT' });
  expect(await bank.told(list)).toEqual([`LIFTED ${PENALTY}`]);
  // The same unit's organ is not told by that list of more.
  expect((await market.alerts(list)).map(({ change }) => change)).toEqual(['LIFTED']);
});

test('[SH-34, SP-account] a unit whose access was withdrawn and a suspended account see nothing', async () => {
  const { code, subjectId } = await firm();
  const { list } = await market.watch('停用', [code]);
  await city.record(subjectId, PENALTY);
  expect(await market.told(list)).toHaveLength(1);
  const admin = await city.token({
    role: 'agency',
    unit: UNIT.market,
    name: '李',
    sub: 'admin',
    admin: true,
  });
  const setAccount = (what: string) =>
    city.ask(`mutation { ${what}(officer: "tester") { account { suspended } } }`, { token: admin });
  await setAccount('suspendAccount');
  await city.until(async () => codeOf(await market.ask(ALERTS, { list })) === 'FORBIDDEN');
  await setAccount('restoreAccount');
  await city.until(async () => (await market.ask(ALERTS, { list })).errors === undefined);
  await change(
    'mutation ($unit: String!) { withdrawGrantee(unit: $unit, reason: "违规") { grantee { unit } } }',
    {
      unit: UNIT.market,
    },
  );
  for (const [query, variables] of [
    [ALERTS, { list }],
    [LISTS, {}],
    [WATCH, { input: { name: '停用', codes: [code] } }],
  ] as const)
    await city.until(async () => {
      const answer = await market.ask(query, variables);
      return codeOf(answer) === 'FORBIDDEN' && answer.data === undefined;
    });
});
