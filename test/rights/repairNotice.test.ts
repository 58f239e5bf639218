import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addDays } from '../../policy/dates.ts';
import { type AskOptions, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { statementsDuring } from '../support/statements.ts';
import { callers } from '../law/onFile.ts';
import { type OnFile, Repairing, errorOf } from './repairing.ts';

const PENALTY = '320600-penalty-amr';
const SEVERE = { determinedOn: '2024-02-05', grade: 'SEVERE', visibleUntil: '2028-01-01' } as const;
const NOTICES = `query ($first: Int, $after: String) { repairNotices(jurisdiction: "320600", first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id until publishedOn provisional opinion jurisdiction item { code } provider { code } subject { id name code } } } }`;

let city: City;
let repairs: Repairing;

beforeAll(async () => {
  city = await City.open();
  repairs = new Repairing(city);
});
afterAll(() => city.close());

/** An application whose notice began on a day. */
async function onNotice(day: string, item = PENALTY): Promise<OnFile & { id: string }> {
  repairs.on(day);
  const record = await repairs.onFile(item, SEVERE);
  const id = await repairs.applied(record, { rectifiedOn: '2024-03-01' });
  const { errors } = await repairs.support(record, id);
  if (errors) throw new Error(JSON.stringify(errors));
  return { ...record, id };
}

const stageOf = async (of: OnFile & { id: string }) => {
  const { stage, turn } = await repairs.application(of, of.id);
  return [stage, turn];
};

describe('[NT-35] five working days of public notice, over by their date with no job run', () => {
  test.each([
    ['plain', '2026-03-02', '2026-03-09'],
    ['over the Spring Festival, with a Saturday worked', '2026-02-12', '2026-02-26'],
    ['over the National Day, with a Saturday worked', '2025-09-29', '2025-10-13'],
    ['begun on a day off', '2026-02-21', '2026-02-28'],
  ])('%s: from %s until %s', async (_, began, until) => {
    const of = await onNotice(began);
    const center = await repairs.center('320600');
    expect(await repairs.application(of, of.id)).toMatchObject({ noticeUntil: until, provisional: false });
    for (const day of [addDays(until, -1), until]) {
      repairs.on(day);
      expect(await stageOf(of)).toEqual(['NOTICE', 'PUBLIC']);
      expect(errorOf(await repairs.adopt(of, of.id))).toMatchObject({ stage: 'NOTICE', turn: 'PUBLIC' });
      expect(await repairs.shown(of, 'penalties')).toEqual([of.record]);
    }
    repairs.on(addDays(until, 1));
    expect(await stageOf(of)).toEqual(['CONFIRMING', 'CENTER']);
    const queue = await repairs.queue(center, { stage: 'CONFIRMING', first: 100 });
    expect(queue.data.repairApplications.nodes.map(({ id }: { id: string }) => id)).toContain(of.id);
    expect(await repairs.shown(of, 'penalties')).toEqual([of.record]);
    expect((await repairs.adopt(of, of.id)).data.decideRepair.application.stage).toBe('REPAIRED');
    expect(await repairs.shown(of, 'penalties')).toEqual([]);
  });

  test('beyond the calendar the last day is provisional', async () => {
    const of = await onNotice('2026-12-28');
    expect(await repairs.application(of, of.id)).toMatchObject({
      noticeUntil: '2027-01-04',
      provisional: true,
    });
  });
});

test('[NT-35] the original is visible to nobody but the keeper of the archive; the repair is on file', async () => {
  const of = await onNotice('2026-03-02');
  repairs.on('2026-03-10');
  await repairs.adopt(of, of.id);
  for (const [who, options] of Object.entries(await callers(city, of.code))) {
    const query =
      who === 'subject'
        ? '{ me { penalties { totalCount nodes { id } } } }'
        : `{ subject(code: "${of.code}") { penalties { totalCount nodes { id } } } }`;
    const { data, errors } = await city.ask(query, options);
    expect([who, errors, (data.me ?? data.subject).penalties]).toEqual([
      who,
      undefined,
      { totalCount: 0, nodes: [] },
    ]);
  }
  expect(await repairs.archived(of)).toEqual([of.record]);
  const token = await repairs.subject(of.code);
  const { data } = await city.ask(
    '{ me { repairs { nodes { repairedRecord authority method determinedOn item { code } } } } }',
    { token },
  );
  expect(data.me.repairs.nodes).toEqual([
    {
      repairedRecord: of.record,
      authority: '南通市市场监督管理局',
      method: '原始失信信息转为档案保存',
      determinedOn: '2026-03-10',
      item: { code: '320600-repair-cr' },
    },
  ]);
  expect(errorOf(await repairs.adopt(of, of.id))).toMatchObject({
    code: 'CONFLICT',
    stage: 'REPAIRED',
    turn: null,
  });
});

test('[NT-35] the same fact imported again does not bring the original back', async () => {
  const of = await onNotice('2026-03-02');
  repairs.on('2026-03-10');
  const { rows } = await city
    .database('penalties')
    .query('select document_number as n from administrative_penalty where id = $1', [of.record]);
  await repairs.adopt(of, of.id);
  await city.record(of.subjectId, PENALTY, { ...SEVERE, documentNumber: rows[0].n });
  expect(await repairs.shown(of, 'penalties')).toEqual([]);
});

test('[NT-35] the provider decides first, the center after it, and nobody else', async () => {
  repairs.on('2026-03-02');
  const record = await repairs.onFile(PENALTY, SEVERE);
  const id = await repairs.applied(record, { rectifiedOn: '2024-03-01' });
  expect(errorOf(await repairs.adopt(record, id))).toMatchObject({
    code: 'CONFLICT',
    stage: 'APPLIED',
    turn: 'PROVIDER',
  });
  const other = { token: await city.token({ role: 'provider', unit: UNIT.market, name: '赵六' }) };
  expect(errorOf(await repairs.decide(other, { id, decision: 'REPAIR' })).argument).toBe('id');
  expect(
    errorOf(await repairs.decide({ token: await repairs.subject(record.code) }, { id, decision: 'REPAIR' }))
      .code,
  ).toBe('FORBIDDEN');
  const provider = await repairs.provider(record);
  expect(errorOf(await repairs.decide(provider, { id, decision: 'REPAIR', opinion: '同意' })).argument).toBe(
    'documentDigest',
  );
  expect(errorOf(await repairs.decide(provider, { id, decision: 'REFUSE' })).argument).toBe('opinion');
  const refused = await repairs.decide(provider, { id, decision: 'REFUSE', opinion: '整改未见成效' });
  expect(refused.data.decideRepair.application).toMatchObject({
    stage: 'REFUSED',
    reason: '整改未见成效',
    closedOn: '2026-03-02',
  });
  expect(await repairs.shown(record, 'penalties')).toEqual([record.record]);
});

describe('[NT-35] objections to a notice', () => {
  const agency = async (): Promise<AskOptions> => ({ token: await city.officer(UNIT.enforcement) });
  /** Objects, and expects it to go well. */
  const objected = async (notice: string, as: AskOptions): Promise<string> => {
    const { data, errors } = await repairs.object(notice, as);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.objectToRepair.id;
  };

  test('anyone with a token, once, until the last day', async () => {
    const of = await onNotice('2026-03-02');
    expect(errorOf(await repairs.object(of.id, {})).code).toBe('UNAUTHENTICATED');
    repairs.on('2026-03-09');
    await objected(of.id, await agency());
    expect(errorOf(await repairs.object(of.id, await agency())).code).toBe('CONFLICT');
    await objected(of.id, { token: await repairs.subject(firmCode(900)) });
    const { objections } = await repairs.application(of, of.id);
    expect(objections).toMatchObject([{ unit: { code: UNIT.enforcement } }, { unit: null }]);
    repairs.on('2026-03-10');
    const late = { token: await repairs.subject(firmCode(901)) };
    expect(errorOf(await repairs.object(of.id, late))).toMatchObject({
      code: 'CONFLICT',
      stage: 'CONTESTED',
    });
    const unpublished = await repairs.onFile(PENALTY, SEVERE);
    const id = await repairs.applied(unpublished, { rectifiedOn: '2024-03-01' });
    expect(errorOf(await repairs.object(id, late)).argument).toBe('notice');
  });

  test('dismissed by the unit that gave the opinion, it goes on; until then the center waits', async () => {
    const of = await onNotice('2026-03-02');
    const ids = [
      await objected(of.id, await agency()),
      await objected(of.id, { token: await repairs.subject(firmCode(902)) }),
    ];
    const [provider, center] = [await repairs.provider(of), await repairs.center('320600')];
    expect((await repairs.verify(provider, ids[0] as string, 'DISMISS')).errors).toBeUndefined();
    repairs.on('2026-03-10');
    expect(await stageOf(of)).toEqual(['CONTESTED', 'PROVIDER']);
    expect(errorOf(await repairs.adopt(of, of.id))).toMatchObject({
      code: 'CONFLICT',
      stage: 'CONTESTED',
      turn: 'PROVIDER',
    });
    expect((await repairs.verify(center, ids[1] as string, 'DISMISS')).errors).toBeUndefined();
    expect(errorOf(await repairs.verify(center, ids[1] as string, 'UPHOLD')).code).toBe('CONFLICT');
    expect(await stageOf(of)).toEqual(['CONFIRMING', 'CENTER']);
    expect((await repairs.adopt(of, of.id)).errors).toBeUndefined();
  });

  test('upheld, the repair is refused', async () => {
    const of = await onNotice('2026-03-02');
    const id = await objected(of.id, await agency());
    const other = { token: await city.token({ role: 'provider', unit: UNIT.market, name: '赵六' }) };
    expect(errorOf(await repairs.verify(other, id, 'UPHOLD')).argument).toBe('id');
    const { data } = await repairs.verify(await repairs.provider(of), id, 'UPHOLD');
    expect(data.decideRepairObjection.application).toMatchObject({ stage: 'REFUSED', reason: '经核实' });
    repairs.on('2026-03-10');
    expect(errorOf(await repairs.adopt(of, of.id))).toMatchObject({ code: 'CONFLICT', stage: 'REFUSED' });
    expect(await repairs.shown(of, 'penalties')).toEqual([of.record]);
  });
});

test('[NT-35][JS-4] notices are open to anyone: organizations by name, natural persons without anything that names them', async () => {
  const firm = await onNotice('2027-06-01');
  const person = await onNotice('2027-06-01', '320600-penalty-amr-p');
  const secret = await onNotice('2027-06-01');
  await repairs.order(secret, { kind: 'WITHHOLD', after: '2027-05-31' });
  const anyone = async (variables = {}) => (await city.ask(NOTICES, { variables })).data.repairNotices;
  const { nodes, totalCount } = await anyone();
  expect(totalCount).toBe(3);
  const [ofFirm, ofPerson, ofSecret] = [firm, person, secret].map(({ id }) =>
    nodes.find((n: { id: string }) => n.id === id),
  );
  expect(ofFirm).toMatchObject({
    subject: { name: firm.name, code: firm.code },
    opinion: '同意修复',
  });
  for (const unnamed of [ofPerson, ofSecret])
    expect(unnamed).toMatchObject({ subject: null, opinion: null, provider: { code: firm.provider } });
  const text = JSON.stringify([ofPerson, ofSecret]);
  for (const { code, name, subjectId, record } of [person, secret])
    for (const secretText of [code, name, subjectId, record]) expect(text).not.toContain(secretText);
  const page = await anyone({ first: 1 });
  expect(page.pageInfo.hasNextPage).toBe(true);
  const second = await anyone({ first: 5, after: page.pageInfo.endCursor });
  expect([...page.nodes, ...second.nodes].map(({ id }: { id: string }) => id)).toEqual(
    nodes.map(({ id }: { id: string }) => id),
  );
  repairs.on(addDays(ofFirm.until, 1));
  expect((await anyone()).totalCount).toBe(0);
});

test('[NT-35] a notice names nobody from the day on which the public no longer sees the record, and again once it does', async () => {
  const [of, other] = [await onNotice('2027-06-07'), await onNotice('2027-06-07')];
  const named = async () => {
    const { nodes } = (await city.ask(NOTICES)).data.repairNotices;
    return [of, other].map(({ id }) => nodes.find((n: { id: string }) => n.id === id).subject?.code ?? null);
  };
  await repairs.order(of, { kind: 'WITHHOLD', after: '2027-06-08' });
  repairs.on('2027-06-08');
  expect(await named()).toEqual([of.code, other.code]);
  repairs.on('2027-06-09');
  expect(await named()).toEqual([null, other.code]);
  await repairs.order(of, { kind: 'LIFT' });
  expect(await named()).toEqual([of.code, other.code]);
  await repairs.order(of, { kind: 'REVOKE', by: null, reason: '决定被撤销' });
  expect(await named()).toEqual([null, other.code]);
});

test('[NT-35] a page of notices costs as many statements as one notice', async () => {
  for (let i = 0; i < 3; i += 1) await onNotice('2027-07-05');
  const ask = async (first: number) => {
    const { value, statements } = await statementsDuring(() => city.ask(NOTICES, { variables: { first } }));
    expect(value.data.repairNotices.nodes).toHaveLength(first);
    return statements.length;
  };
  /** The least of several: what goes on besides may add some. */
  const least = async (first: number) => Math.min(await ask(first), await ask(first), await ask(first));
  await least(1);
  expect(await least(3)).toBeLessThanOrEqual(await least(1));
});
