import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { Objecting } from './objecting.ts';

/** In force for this file: the draft Regulation, from a day after which Shanghai's cases here are filed under it. */
const DRAFT_FROM = '2026-09-01';

let city: City;
let desk: Objecting;

beforeAll(async () => {
  city = await City.open({
    CREDIT_TODAY: '2026-02-13',
    JURISDICTIONS_IN_FORCE: `310000-draft=${DRAFT_FROM}`,
  });
  desk = new Objecting(city);
});
afterAll(() => city.close());

// oxlint-disable-next-line typescript/no-explicit-any -- an answer has the shape its query asks for
const stepOf = (objection: any, step: string) => objection.steps.find((one: any) => one.step === step);

test('[SH-29] compared in 2, verified in 5 working days, over Spring Festival and its make-up workdays', async () => {
  desk.on('2026-02-13');
  const own = await desk.penalty('310116');
  const center = await desk.center('310116');
  const filed = await desk.filed(own);
  // 14 February, a Saturday, is worked; the holidays are from the 15th to the 23rd.
  expect(filed).toMatchObject({ dueOn: '2026-02-24', provisional: false });
  expect(filed.notices).toEqual([expect.objectContaining({ to: 'SUBJECT', kind: 'FILED' })]);
  desk.on('2026-02-24');
  const forwarded = await desk.decided(center, { id: filed.id, decision: 'FORWARD' });
  // 28 February is worked as well.
  expect(forwarded).toMatchObject({
    stage: 'VERIFYING',
    turn: 'PROVIDER',
    dueOn: '2026-03-02',
    overdue: false,
  });
  expect(stepOf(forwarded, 'FORWARDED')).toMatchObject({ dueOn: '2026-02-24', late: false, actor: 'CENTER' });
  expect(forwarded.notices.map(({ to, kind, dueOn }: Record<string, string>) => [to, kind, dueOn])).toEqual([
    ['SUBJECT', 'FILED', null],
    ['CENTER', 'FILED', '2026-02-24'],
    ['SUBJECT', 'FORWARDED', null],
    ['PROVIDER', 'FORWARDED', '2026-03-02'],
  ]);
  desk.on('2026-03-03');
  const upheld = await desk.decided(await desk.provider(own.provider), {
    id: filed.id,
    decision: 'UPHOLD',
    reason: '录入有误',
    remedy: 'CORRECT',
    values: { 违法事实: '更正后的事实' },
  });
  expect(upheld).toMatchObject({
    stage: 'UPHELD',
    turn: null,
    dueOn: null,
    closedOn: '2026-03-03',
    marked: false,
  });
  expect(stepOf(upheld, 'UPHELD')).toMatchObject({ dueOn: '2026-03-02', late: true, remedy: 'CORRECT' });
  expect(await desk.penalties(own)).toMatchObject([{ facts: '更正后的事实', revision: 2, dispute: null }]);
});

test('[SH-29] what differs from the provider’s is put right by the center at once, and the subject told', async () => {
  desk.on('2026-03-02');
  const own = await desk.penalty('310000');
  const { id } = await desk.filed(own);
  const upheld = await desk.decided(await desk.center('310000'), {
    id,
    decision: 'UPHOLD',
    reason: '与提供单位所报不一致',
    remedy: 'CORRECT',
    values: { 违法事实: '提供单位所报的事实' },
  });
  expect(upheld).toMatchObject({ stage: 'UPHELD', marked: false, remedy: 'CORRECT' });
  expect(upheld.notices).toContainEqual(expect.objectContaining({ to: 'SUBJECT', kind: 'UPHELD' }));
  expect(await desk.penalties(own)).toMatchObject([{ facts: '提供单位所报的事实', dispute: null }]);
});

test('[ZD-37] 3 to check, 2 to forward, 5 to verify and 2 to tell, over National Day', async () => {
  desk.on('2026-09-30');
  const own = await desk.penalty('370303');
  const center = await desk.center('370303');
  const { id, dueOn } = await desk.filed(own);
  // The holidays end on the 7th; 10 October, a Saturday, is worked.
  expect(dueOn).toBe('2026-10-10');
  desk.on('2026-10-10');
  expect(await desk.decided(center, { id, decision: 'COMPARE' })).toMatchObject({
    stage: 'FILED',
    turn: 'CENTER',
    dueOn: '2026-10-13',
  });
  const again = await desk.decide(center, { id, decision: 'COMPARE' });
  expect(again.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument: 'decision' } });
  desk.on('2026-10-13');
  const forwarded = await desk.decided(center, { id, decision: 'FORWARD' });
  expect(forwarded).toMatchObject({ stage: 'VERIFYING', dueOn: '2026-10-20' });
  expect(stepOf(forwarded, 'FORWARDED')).toMatchObject({ dueOn: '2026-10-13', late: false });
  desk.on('2026-10-20');
  const dismissed = await desk.decided(await desk.provider(own.provider), {
    id,
    decision: 'DISMISS',
    reason: '与决定书一致',
  });
  expect(dismissed.notices.slice(-2)).toMatchObject([
    { to: 'SUBJECT', kind: 'DISMISSED', dueOn: '2026-10-22' },
    { to: 'CENTER', kind: 'DISMISSED', dueOn: '2026-10-22' },
  ]);
});

test('[ZD-37] a correction by the center is told in 2 working days', async () => {
  desk.on('2026-09-30');
  const own = await desk.penalty('370303');
  const { id } = await desk.filed(own);
  const upheld = await desk.decided(await desk.center('370303'), {
    id,
    decision: 'UPHOLD',
    reason: '与提供单位所报不一致',
    remedy: 'CORRECT',
    values: { 违法事实: '提供单位所报的事实' },
  });
  expect(upheld.notices).toContainEqual(
    expect.objectContaining({ to: 'SUBJECT', kind: 'UPHELD', dueOn: '2026-10-09' }),
  );
});

test('[NT-32] 10 working days for all of it, 5 of them the provider’s; corrected and published in 3', async () => {
  desk.on('2026-09-28');
  const early = await desk.penalty('320600');
  const late = await desk.penalty('320600');
  const center = await desk.center('320600');
  const [{ id }, other] = [await desk.filed(early), await desk.filed(late)];
  expect(other).toMatchObject({ dueOn: '2026-10-16', reviewDueOn: '2026-10-16' });
  desk.on('2026-10-08');
  expect(await desk.decided(center, { id, decision: 'FORWARD' })).toMatchObject({
    dueOn: '2026-10-14',
    reviewDueOn: '2026-10-16',
  });
  // Forwarded late, it leaves the provider no more than what is left of the whole.
  desk.on('2026-10-14');
  expect(await desk.decided(center, { id: other.id, decision: 'FORWARD' })).toMatchObject({
    dueOn: '2026-10-16',
  });
  const upheld = await desk.decided(await desk.provider(early.provider), {
    id,
    decision: 'UPHOLD',
    reason: '录入有误',
    remedy: 'CORRECT',
    values: { 违法事实: '更正后的事实' },
  });
  expect(upheld.notices).toContainEqual(
    expect.objectContaining({ to: 'CENTER', kind: 'TO_BE_PUBLISHED', dueOn: '2026-10-19' }),
  );
  expect(upheld.marked).toBe(false);
});

test('[SR-31] with the draft in force: 5 working days, or forwarded in 2 and verified in 5', async () => {
  desk.on('2026-09-30');
  const own = await desk.penalty('310116');
  const center = await desk.center('310116');
  const filed = await desk.filed(own);
  // As long as the center has not said whose it is to correct, the sooner day.
  expect(filed.dueOn).toBe('2026-10-09');
  desk.on('2026-10-10');
  const forwarded = await desk.decided(center, { id: filed.id, decision: 'FORWARD' });
  expect(stepOf(forwarded, 'FORWARDED')).toMatchObject({ dueOn: '2026-10-09', late: true });
  expect(forwarded.dueOn).toBe('2026-10-16');
  desk.on('2026-09-30');
  const second = await desk.penalty('310116');
  const { id } = await desk.filed(second);
  desk.on('2026-10-13');
  const upheld = await desk.decided(center, {
    id,
    decision: 'UPHOLD',
    reason: '平台录入有误',
    remedy: 'REVOKE',
  });
  expect(stepOf(upheld, 'UPHELD')).toMatchObject({ dueOn: '2026-10-13', late: false });
  expect(await desk.penalties(second)).toEqual([]);
});

test('[SR-31] [SH-28] the draft knows fewer grounds; the day before, the old ones hold', async () => {
  const own = await desk.penalty('310116');
  desk.on(DRAFT_FROM);
  const answer = await desk.file(own, { ground: 'PAST_ITS_TERM' });
  expect(answer.errors?.[0]?.message).toContain('SR-31');
  desk.on('2026-08-31');
  expect(await desk.filed(own, { ground: 'PAST_ITS_TERM' })).toMatchObject({ dueOn: '2026-09-02' });
  // Filed under the old rules, it is dealt with under them.
  desk.on('2026-09-02');
  const { id } = (await city.ask('{ objections { nodes { id } } }', { token: await desk.subject(own.code) }))
    .data.objections.nodes[0];
  const forwarded = await desk.decided(await desk.center('310116'), { id, decision: 'FORWARD' });
  expect(stepOf(forwarded, 'FORWARDED')).toMatchObject({ dueOn: '2026-09-02', late: false });
});

test('[SH-29] a due date in a year whose holidays are not known is provisional', async () => {
  desk.on('2026-08-31');
  const own = await desk.penalty('370303');
  desk.on('2026-12-30');
  expect(await desk.filed(own)).toMatchObject({ dueOn: '2027-01-04', provisional: true });
});
