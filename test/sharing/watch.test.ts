import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeOf } from '../checks/desk.ts';
import { moveTo } from '../law/onFile.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { ALERTS, LISTS, READ, UNWATCH, WATCH, Watcher, collected, order } from './watching.ts';

const PENALTY = '310116-penalty-amr';
const INSPECTION = '310116-inspection-amr';

let city: City;
let market: Watcher;
let next = 100;
beforeAll(async () => {
  city = await City.open();
  market = new Watcher(city, await city.officer(UNIT.market), MATTER.supervision);
});
afterAll(() => city.close());

/** A firm on file and on a list of its own. */
async function watched(watcher = market) {
  const code = firmCode(++next);
  const subjectId = await city.subject(code, `第${next}公司`, 'LEGAL_PERSON', '310116');
  const { list } = await watcher.watch(`名单${next}`, [code]);
  const recordOf = async () => (await watcher.alerts(list))[0]?.record as string;
  return { code, subjectId, list, recordOf };
}

test('[SP-watch, SH-6] new and changed records of watched subjects raise one alert each, with subject, item, kind, time and record', async () => {
  const { code, subjectId, list, recordOf } = await watched();
  expect(await market.told(list)).toEqual([]);
  await city.record(subjectId, PENALTY, { documentNumber: '一号' });
  expect(await market.told(list)).toEqual([`ADDED ${PENALTY}`]);
  const [alert] = await market.alerts(list);
  expect(alert).toMatchObject({
    recordType: 'AdministrativePenalty',
    subject: { id: subjectId, name: `第${next}公司` },
    readAt: null,
  });
  const recordId = await recordOf();
  const answer = await market.ask(
    'query Look($code: String!) { subject(code: $code) { penalties(first: 5) { nodes { id } } } }',
    { code },
  );
  expect(answer.data.subject.penalties.nodes).toEqual([{ id: recordId }]);
  const dispute = { since: '2026-03-02', by: 'SUBJECT' as const, stage: 'FILED', note: null };
  await order(city, { subjectId, recordId }, { kind: 'MARK', dispute });
  await order(city, { subjectId, recordId }, { kind: 'UNMARK' });
  await city.record(subjectId, INSPECTION);
  // Once more: nothing new is in it.
  await city.record(subjectId, INSPECTION);
  expect((await market.told(list)).toSorted()).toEqual(
    [`ADDED ${PENALTY}`, `MARKED ${PENALTY}`, `UNMARKED ${PENALTY}`, `ADDED ${INSPECTION}`].toSorted(),
  );
});

test('[SP-watch] who is watched again stays watched once; other lists and subjects are told nothing of it', async () => {
  const { code, subjectId, list } = await watched();
  const other = await watched();
  const again = await market.watch(`名单${next - 1}`, [code, code.toLowerCase(), ` ${code}`]);
  expect(again).toMatchObject({ list, added: 0, subjects: 1 });
  await city.record(subjectId, PENALTY);
  expect(await market.told(list)).toEqual([`ADDED ${PENALTY}`]);
  expect(await market.told(other.list)).toEqual([]);
  const both = await market.watch('两家', [code, other.code]);
  expect(both).toMatchObject({ added: 2, subjects: 2 });
  await city.record(subjectId, PENALTY, { documentNumber: '又一号' });
  expect(await market.told(both.list)).toEqual([`ADDED ${PENALTY}`]);
  expect(await market.told(list)).toHaveLength(2);
});

test('[SP-watch] an unknown subject is answered as a known one, and alerts when its first record comes', async () => {
  const code = firmCode(++next);
  const answer = await market.ask(WATCH, { input: { name: '未知', codes: [code] } });
  expect(answer).toMatchObject({ data: { watch: { name: '未知', added: 1, subjects: 1 } } });
  const { list } = answer.data.watch;
  const subjectId = await city.subject(code, '新公司');
  await city.record(subjectId, PENALTY);
  expect(await market.told(list)).toEqual([`ADDED ${PENALTY}`]);
});

test('[SP-watch] a malformed code is refused by its position, and nothing is watched', async () => {
  const { errors } = await market.ask(WATCH, {
    input: { name: '有误', codes: [firmCode(1), firmCode(2), '91310116M00000012X'] },
  });
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(errors?.[0]?.message).toMatch(/第 3 个.*number 3/);
  const { data } = await market.ask(LISTS, { first: 100 });
  expect(data.watchLists.nodes.map(({ name }: { name: string }) => name)).not.toContain('有误');
  for (const input of [{ name: '空', codes: [] }, { name: ' ', codes: [firmCode(1)] }, { name: '无' }])
    expect(codeOf(await market.ask(WATCH, { input }))).toBe('BAD_USER_INPUT');
  const many = Array.from({ length: 20_001 }, () => firmCode(1));
  expect(codeOf(await market.ask(WATCH, { input: { name: '多', codes: many } }))).toBe('BAD_USER_INPUT');
});

test('[SP-watch] a file brings codes as it does for batch checks', async () => {
  const file = Buffer.from(`名称,统一社会信用代码\n甲,${firmCode(1)}\n乙,${firmCode(2)}\n`).toString(
    'base64',
  );
  const { data } = await market.ask(WATCH, { input: { name: '文件', file } });
  expect(data.watch).toMatchObject({ added: 2, subjects: 2 });
});

test('[SP-watch, SR-30] a record whose term is over shows in no alert, without any job; nor one that is gone but for its end', async () => {
  const { subjectId, list, recordOf } = await watched();
  await city.record(subjectId, PENALTY, { documentNumber: '短', visibleUntil: '2026-03-02' });
  await city.record(subjectId, PENALTY, { documentNumber: '过期', visibleUntil: '2026-03-01' });
  expect(await market.told(list)).toEqual([`ADDED ${PENALTY}`]);
  moveTo(city, '2026-03-03');
  try {
    expect(await market.alerts(list)).toEqual([]);
    const { data } = await market.ask(ALERTS, { list });
    expect(data.alerts.totalCount).toBe(0);
    await city.running.house.subgraphs.sharing.tidy?.();
    const { rows } = await city.database('sharing').query('select from alert where list_id = $1', [list]);
    expect(rows).toEqual([]);
  } finally {
    moveTo(city, '2026-03-02');
  }
  await city.record(subjectId, PENALTY, { documentNumber: '长' });
  await collected(city);
  const recordId = await recordOf();
  await order(city, { subjectId, recordId }, { kind: 'REVOKE', by: null, reason: '撤销' });
  expect(await market.told(list)).toEqual([`REVOKED ${PENALTY}`]);
  expect((await market.alerts(list))[0]?.record).toBe(recordId);
});

test('[SP-watch] alerts come page by page, newest first, and are unread until they are read', async () => {
  const { subjectId, list } = await watched();
  for (const documentNumber of ['甲', '乙', '丙']) await city.record(subjectId, PENALTY, { documentNumber });
  await collected(city);
  const first = (await market.ask(ALERTS, { list, first: 2 })).data.alerts;
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  const rest = await market.alerts(list, { after: first.pageInfo.endCursor });
  const all = [...first.nodes, ...rest].map(({ id }: { id: string }) => id);
  expect(new Set(all).size).toBe(3);
  expect((await market.ask(READ, { ids: all.slice(0, 2) })).data.readAlerts).toEqual({ read: 2 });
  expect((await market.ask(READ, { ids: [...all.slice(0, 2), 'x'] })).data.readAlerts).toEqual({ read: 0 });
  expect((await market.alerts(list, { unread: true })).map(({ id }) => id)).toEqual(all.slice(2));
  const lists = (await market.ask(LISTS, { first: 100 })).data.watchLists.nodes;
  expect(lists.find(({ id }: { id: string }) => id === list)).toMatchObject({ subjects: 1, unread: 1 });
});

test('[SP-watch] who is taken off alerts no more, and what was told of it goes with it; a list can be given up', async () => {
  const { code, subjectId, list } = await watched();
  const stays = firmCode(++next);
  await market.watch(`名单${next - 1}`, [stays]);
  await city.record(subjectId, PENALTY);
  expect(await market.told(list)).toHaveLength(1);
  expect((await market.ask(UNWATCH, { input: { list, codes: [code, firmCode(999)] } })).data.unwatch).toEqual(
    {
      removed: 1,
    },
  );
  await city.record(subjectId, PENALTY, { documentNumber: '二' });
  expect(await market.told(list)).toEqual([]);
  expect((await market.ask(UNWATCH, { input: { list, all: true } })).data.unwatch).toEqual({ removed: 1 });
  expect((await market.ask(ALERTS, { list })).data).toEqual({ alerts: null });
  expect(codeOf(await market.ask(UNWATCH, { input: { list, all: true } }))).toBe('BAD_USER_INPUT');
});

test('[SH-19, SR-29] watching and reading alerts are looks: journaled with the subjects and the items', async () => {
  const { code, subjectId, list } = await watched();
  await city.record(subjectId, PENALTY);
  await collected(city);
  const { extensions } = await market.ask(ALERTS, { list });
  const entryOf = async (receipt: string | undefined) => {
    const { rows } = await city
      .database('access')
      .query(
        'select subjects::text[], items, counts, matter, operation, outcome from journal_entry where id = $1',
        [receipt],
      );
    return rows[0];
  };
  expect(await entryOf(extensions?.receipt)).toMatchObject({
    subjects: [subjectId],
    items: [PENALTY],
    counts: [1],
    matter: MATTER.supervision,
  });
  const unknown = firmCode(++next);
  const answer = await market.ask(WATCH, { input: { name: '记录', codes: [code, unknown] } });
  const entry = await entryOf(answer.extensions?.receipt);
  expect(entry).toMatchObject({ operation: `Watch list ${answer.data.watch.list}`, outcome: 'ANSWERED' });
  expect(entry.subjects).toHaveLength(2);
  expect(entry.subjects).toContain(subjectId);
});

test('[SP-watch] natural persons are watched where the matter concerns them alone', async () => {
  const code = personCode(next);
  const refused = await market.ask(WATCH, { input: { name: '人', codes: [firmCode(1), code] } });
  expect(codeOf(refused)).toBe('PURPOSE_NOT_ALLOWED');
  expect(refused.errors?.[0]?.message).toContain('第 2 个');
  const personnel = new Watcher(city, await city.officer(UNIT.personnel), MATTER.recruitment);
  const { list } = await personnel.watch('考生', [code]);
  const subjectId = await city.subject(code, '张三', 'NATURAL_PERSON');
  await city.record(subjectId, '310116-penalty-amr-p');
  // Beyond the matter's scope, and for whom the person authorizes.
  await city.record(subjectId, '310116-qualification-hr-p');
  expect(await personnel.told(list)).toEqual(['ADDED 310116-penalty-amr-p']);
  const { rows } = await city
    .database('access')
    .query(`select persons from journal_entry where unit = $1 and operation like 'Watch list%'`, [
      UNIT.personnel,
    ]);
  expect(rows).toEqual([{ persons: 1 }]);
});
