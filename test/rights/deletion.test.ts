import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays } from '../../policy/dates.ts';
import { type Answer, type AskOptions, City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { callers } from '../law/onFile.ts';
import { type OnFile, Repairing, errorOf } from './repairing.ts';

const REQUEST = `mutation ($input: RequestDeletionInput!) {
  requestDeletion(input: $input) { request { id dueOn provisional executedOn source } } }`;
const EXECUTE = `mutation ($id: ID!) { executeDeletion(id: $id) { request { id executedOn overdue } } }`;
const QUEUE = `query ($executed: Boolean) { deletionRequests(executed: $executed, first: 100) {
  totalCount nodes { id dueOn overdue record subject { id } item { code } } } }`;

let city: City;
let repairs: Repairing;

beforeAll(async () => {
  city = await City.open();
  repairs = new Repairing(city);
});
afterAll(() => city.close());

async function request(of: OnFile, input: Record<string, unknown> = {}, as?: AskOptions): Promise<Answer> {
  const { recordType, record } = of;
  return city.ask(REQUEST, {
    ...(as ?? { token: await repairs.subject(of.code) }),
    variables: { input: { recordType, record, reason: '不愿公开', ...input } },
  });
}

/** Requests, and expects it to go well. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
async function requested(of: OnFile): Promise<any> {
  const { data, errors } = await request(of);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.requestDeletion.request;
}

const execute = async (of: OnFile, id: string, as?: AskOptions): Promise<Answer> =>
  city.ask(EXECUTE, { ...(as ?? (await repairs.center(of.jurisdiction))), variables: { id } });

/** Who is told what, of the request. */
const told = async (id: string): Promise<string[]> => {
  const { rows } = await city
    .database('objections')
    .query('select recipient, kind, unit from notice where case_id = $1 order by position', [id]);
  return rows.map(({ recipient, kind }) => `${recipient} ${kind}`);
};

const FIELD: Record<string, string> = {
  Honor: 'honors',
  Volunteering: 'volunteering',
  Donation: 'donations',
};

describe('gone when executed, and after the due date whether anybody executed it or not', () => {
  test.each([
    ['[SH-27b] 310000, plain', '310000-honor-civ', '2026-03-02', '2026-03-04'],
    ['[SH-27b] 310116, over a weekend', '310116-honor-civ', '2026-03-05', '2026-03-09'],
    [
      '[SH-27b] 310000, over the Spring Festival, with a Saturday worked',
      '310000-honor-civ',
      '2026-02-13',
      '2026-02-24',
    ],
    ['[SH-27b] 310116, over the National Day', '310116-honor-civ', '2025-09-30', '2025-10-10'],
    ['[ZD-35b] 370303, plain', '370303-honor-civ', '2026-03-02', '2026-03-05'],
    [
      '[ZD-35b] 370303, over the National Day, with a Saturday worked',
      '370303-honor-civ',
      '2025-09-30',
      '2025-10-11',
    ],
  ])('%s', async (_, item, day, dueOn) => {
    repairs.on(day);
    const [left, done] = [await repairs.onFile(item), await repairs.onFile(item)];
    const ids = [];
    for (const record of [left, done]) {
      const made = await requested(record);
      expect(made).toMatchObject({ dueOn, provisional: false, executedOn: null });
      ids.push(made.id);
    }
    const { data } = await execute(done, ids[1]);
    expect(data.executeDeletion.request).toMatchObject({ executedOn: day, overdue: false });
    expect(await repairs.shown(done, 'honors')).toEqual([]);
    expect(await repairs.archived(done)).toEqual([done.record]);
    for (const on of [day, addDays(dueOn, -1), dueOn]) {
      repairs.on(on);
      expect(await repairs.shown(left, 'honors')).toEqual([left.record]);
    }
    repairs.on(addDays(dueOn, 1));
    for (const [who, options] of Object.entries(await callers(city, left.code))) {
      const query =
        who === 'subject'
          ? '{ me { honors { totalCount } } }'
          : `{ subject(code: "${left.code}") { honors { totalCount } } }`;
      const answer = await city.ask(query, options);
      expect([who, (answer.data.me ?? answer.data.subject).honors]).toEqual([who, { totalCount: 0 }]);
    }
    const late = await execute(left, ids[0]);
    expect(late.data.executeDeletion.request.executedOn).toBe(addDays(dueOn, 1));
    expect(await repairs.archived(left)).toEqual([left.record]);
  });
});

test('[SH-27b] the provider is told, [ZD-35b] the subject is', async () => {
  repairs.on('2026-03-02');
  for (const [item, informed] of [
    ['310116-honor-civ', 'PROVIDER'],
    ['370303-honor-civ', 'SUBJECT'],
  ] as const) {
    const record = await repairs.onFile(item);
    const { id } = await requested(record);
    expect(await told(id)).toEqual([`${informed} REQUESTED`, 'CENTER REQUESTED']);
    await execute(record, id);
    expect(await told(id)).toEqual([`${informed} REQUESTED`, 'CENTER REQUESTED', `${informed} DELETED`]);
  }
});

test.each([
  ['[SH-27b]', '310116-donation-ch'],
  ['[SH-27b]', '310116-volunteering-vol-p'],
  ['[ZD-35b]', '370303-donation-ch'],
  ['[ZD-35b]', '370303-volunteering-vol-p'],
])('%s %s goes as well', async (_, item) => {
  repairs.on('2026-03-02');
  const record = await repairs.onFile(item);
  const { id } = await requested(record);
  expect((await execute(record, id)).errors).toBeUndefined();
  expect(await repairs.shown(record, FIELD[record.recordType] as string)).toEqual([]);
});

test('[SH-27b] other records are refused with the article; Nantong has no such rule', async () => {
  repairs.on('2026-03-02');
  const refused = errorOf(await request(await repairs.onFile('310116-penalty-amr')));
  expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'recordType' });
  expect(refused.message).toContain('SH-27b，第二十七条第二款');
  const nantong = errorOf(await request(await repairs.onFile('320600-honor-civ')));
  expect(nantong).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'record' });
  expect(nantong.message).toContain('南通市（320600）');
});

test('[SH-27b] the same fact imported again, or corrected, does not come back', async () => {
  repairs.on('2026-03-02');
  const item = '310116-honor-civ';
  const [left, done] = [await repairs.onFile(item), await repairs.onFile(item)];
  await execute(done, (await requested(done)).id);
  const { dueOn } = await requested(left);
  const correct = `mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { changed visibleUntil } }`;
  const input = {
    record: left.record,
    code: left.code,
    recordType: 'Honor',
    reason: '有误',
    values: { level: '市级' },
  };
  const { data } = await city.ask(correct, { ...(await repairs.provider(left)), variables: { input } });
  expect(data.correctRecord).toEqual({ changed: true, visibleUntil: dueOn });
  repairs.on(addDays(dueOn, 1));
  await city.running.house.subgraphs.honors.tidy?.();
  for (const honor of [left, done]) {
    const { rows } = await city
      .database('honors')
      .query(
        `select document_number as n from honor where id = $1 union all select document_number from honor_archive where id = $1`,
        [honor.record],
      );
    await city.record(honor.subjectId, item, { documentNumber: rows[0].n });
    await city.record(honor.subjectId, item, { documentNumber: rows[0].n, own: { level: '省级' } });
    expect(await repairs.shown(honor, 'honors')).toEqual([]);
  }
});

test('[SH-27b] the subject asks for its own alone, once; the center executes, with a purpose, once', async () => {
  repairs.on('2026-03-02');
  const [own, other] = [await repairs.onFile('310116-honor-civ'), await repairs.onFile('310116-honor-civ')];
  const unknown = errorOf(await request(own, { record: '00000000-0000-4000-8000-000000000000' }));
  expect(errorOf(await request(own, { record: other.record })).message).toBe(unknown.message);
  expect(errorOf(await request(own, {}, await repairs.provider(own))).code).toBe('FORBIDDEN');
  const { id } = await requested(own);
  expect(errorOf(await request(own))).toMatchObject({ code: 'CONFLICT', stage: 'REQUESTED', turn: 'CENTER' });
  const { token } = await repairs.center('310116');
  expect(errorOf(await execute(own, id, { token })).code).toBe('PURPOSE_REQUIRED');
  expect(errorOf(await execute(own, id, await repairs.provider(own))).code).toBe('FORBIDDEN');
  expect((await execute(own, id)).errors).toBeUndefined();
  expect(errorOf(await execute(own, id))).toMatchObject({ code: 'CONFLICT', stage: 'EXECUTED', turn: null });
});

test('[SH-27b] the center’s queue is by due date, overdue first; a subject sees its own', async () => {
  repairs.on('2026-06-01');
  const [first, person] = [
    await repairs.onFile('310116-honor-civ'),
    await repairs.onFile('310116-volunteering-vol-p'),
  ];
  const { id } = await requested(first);
  repairs.on('2026-06-04');
  const second = await requested(person);
  const center = await repairs.center('310116');
  const { nodes } = (await city.ask(QUEUE, { ...center, variables: { executed: false } })).data
    .deletionRequests;
  const mine = nodes.filter((n: { id: string }) => [id, second.id].includes(n.id));
  expect(mine).toMatchObject([
    { id, dueOn: '2026-06-03', overdue: true, record: first.record },
    { id: second.id, dueOn: '2026-06-08', overdue: false, record: person.record },
  ]);
  const own = await city.ask(QUEUE, { token: await repairs.subject(first.code) });
  expect(own.data.deletionRequests).toMatchObject({ totalCount: 1, nodes: [{ id }] });
  const officer = { token: await city.officer(UNIT.market), purpose: '310116-supervision-market' };
  expect(errorOf(await city.ask(QUEUE, officer)).code).toBe('FORBIDDEN');
});
