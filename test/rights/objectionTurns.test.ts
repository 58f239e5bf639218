import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { Objecting } from './objecting.ts';

let city: City;
let desk: Objecting;

beforeAll(async () => {
  city = await City.open();
  desk = new Objecting(city);
});
afterAll(() => city.close());

const fault = (answer: { errors?: { extensions: Record<string, unknown> }[] }) =>
  answer.errors?.[0]?.extensions;
const DISMISS = { decision: 'DISMISS', reason: '与决定书一致' };
const CORRECT = {
  decision: 'UPHOLD',
  reason: '录入有误',
  remedy: 'CORRECT',
  values: { 违法事实: '更正后的事实' },
};

test('[SH-29] [NT-32] [ZD-37] whoever is not its turn is refused, and told whose it is', async () => {
  for (const jurisdiction of ['310116', '320600', '370303']) {
    const own = await desk.penalty(jurisdiction);
    const [center, authority] = [
      await desk.center(jurisdiction),
      await desk.center(jurisdiction, 'authority'),
    ];
    const provider = await desk.provider(own.provider);
    const { id } = await desk.filed(own);
    for (const as of [provider, authority])
      expect(fault(await desk.decide(as, { id, ...CORRECT }))).toMatchObject({
        code: 'CONFLICT',
        stage: 'FILED',
        turn: 'CENTER',
      });
    expect(fault(await desk.decide(center, { id, ...DISMISS }))).toMatchObject({ argument: 'decision' });
    await desk.decided(center, { id, decision: 'FORWARD' });
    for (const as of [center, authority])
      expect(fault(await desk.decide(as, { id, ...DISMISS }))).toMatchObject({
        code: 'CONFLICT',
        stage: 'VERIFYING',
        turn: 'PROVIDER',
      });
    for (const answer of [await desk.appeal(own, id), await desk.accept(own, id)])
      if (fault(answer)?.['code'] !== 'BAD_USER_INPUT')
        expect(fault(answer)).toMatchObject({ code: 'CONFLICT', turn: 'PROVIDER' });
    await desk.decided(provider, { id, ...CORRECT });
    expect(fault(await desk.decide(provider, { id, ...DISMISS }))).toMatchObject({
      code: 'CONFLICT',
      stage: 'UPHELD',
    });
  }
});

test('[SH-29] another unit, and a subject, decide nothing; the center only with a purpose', async () => {
  const own = await desk.penalty('310116');
  const { id } = await desk.forwarded(own);
  const foreign = await desk.decide(await desk.provider(UNIT.construction), { id, ...DISMISS });
  const unknown = await desk.decide(await desk.provider(own.provider), { id: own.record, ...DISMISS });
  expect(foreign.errors?.map(({ message }) => message)).toEqual(
    unknown.errors?.map(({ message }) => message),
  );
  expect(fault(foreign)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'id' });
  const subject = await desk.decide({ token: await desk.subject(own.code) }, { id, ...DISMISS });
  expect(fault(subject)).toMatchObject({ code: 'FORBIDDEN' });
  const { token } = await desk.center('310116');
  const bare = await city.ask(
    'mutation ($input: DecideObjectionInput!) { decideObjection(input: $input) { __typename } }',
    { token: token as string, variables: { input: { id, ...DISMISS } } },
  );
  expect(fault(bare)).toMatchObject({ code: 'PURPOSE_REQUIRED' });
});

test('[SH-29] a correction that the law refuses is told to whoever decides, and nothing changes', async () => {
  const own = await desk.penalty('310116');
  const provider = await desk.provider(own.provider);
  const { id } = await desk.forwarded(own);
  const refused: [Record<string, unknown>, Record<string, unknown>][] = [
    [{ remedy: 'CORRECT', values: { 文号: '另一决定书' } }, { code: 'CONFLICT' }],
    [
      { remedy: 'CORRECT', values: { 没有这一列: '1' } },
      { code: 'BAD_USER_INPUT', argument: 'values' },
    ],
    [
      { remedy: 'CORRECT', values: { 处罚程序: '简易程序' } },
      { code: 'BAD_USER_INPUT', argument: 'values' },
    ],
    [{ remedy: 'CORRECT' }, { code: 'BAD_USER_INPUT', argument: 'values' }],
    [{ remedy: 'ARCHIVE' }, { code: 'BAD_USER_INPUT', argument: 'remedy' }],
    [{}, { code: 'BAD_USER_INPUT', argument: 'remedy' }],
    [
      { remedy: 'REVOKE', reason: ' ' },
      { code: 'BAD_USER_INPUT', argument: 'reason' },
    ],
  ];
  for (const [input, expected] of refused) {
    const answer = await desk.decide(provider, { id, decision: 'UPHOLD', reason: '录入有误', ...input });
    expect([input, fault(answer)]).toEqual([input, expect.objectContaining(expected)]);
  }
  expect(await desk.penalties(own)).toMatchObject([{ revision: 1, dispute: { stage: 'VERIFYING' } }]);
  const { rows } = await city
    .database('objections')
    .query(`select action ->> 'kind' as kind from order_outbox where record_id = $1 order by seq`, [
      own.record,
    ]);
  expect(rows.map(({ kind }) => kind)).toEqual(['MARK', 'WITHHOLD', 'MARK']);
});

test('[SH-28] [SH-27] what is past its term goes to the archive', async () => {
  const own = await desk.penalty('310116', { endedOn: '2021-03-02', visibleUntil: '2026-12-31' });
  const { id } = await desk.filed(own, { ground: 'PAST_ITS_TERM' });
  const center = await desk.center('310116');
  const upheld = await desk.decided(center, {
    id,
    decision: 'UPHOLD',
    reason: '已超过五年',
    remedy: 'ARCHIVE',
  });
  expect(upheld).toMatchObject({ stage: 'UPHELD', turn: null, remedy: 'ARCHIVE' });
  expect(await desk.penalties(own)).toEqual([]);
  const archive = `{ archive(code: "${own.code}") { nodes { id } } }`;
  expect((await city.ask(archive, center)).data.archive.nodes).toEqual([{ id: own.record }]);
});

test('[SH-10] a correction about a person is checked by the date of birth; the code is not kept', async () => {
  const own = await desk.penalty('310116', {}, 'amr-p');
  const { id } = await desk.forwarded(own);
  const provider = await desk.provider(own.provider);
  const other = await desk.penalty('310116', {}, 'amr-p');
  for (const code of [undefined, other.code]) {
    const answer = await desk.decide(provider, { id, ...CORRECT, code });
    expect(fault(answer)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'code' });
  }
  const minor = { ...CORRECT, values: { 认定日期: '2003-06-30' }, code: own.code };
  expect((await desk.decide(provider, { id, ...minor })).errors?.length).toBe(1);
  expect(await desk.decided(provider, { id, ...CORRECT, code: own.code })).toMatchObject({ stage: 'UPHELD' });
  for (const table of ['objection_case', 'objection_step', 'notice', 'order_outbox']) {
    const { rows } = await city.database('objections').query(`select t::text as row from ${table} t`);
    expect(rows.map(({ row }) => row).join('\n')).not.toContain(own.code);
  }
});

test('[NT-33] an appeal follows a decision, once, to the authority; its word is final', async () => {
  const own = await desk.penalty('320600');
  const { id } = await desk.forwarded(own);
  const provider = await desk.provider(own.provider);
  const authority = await desk.center('320600', 'authority');
  const list = '{ objections { totalCount nodes { id stage } } }';
  expect((await city.ask(list, authority)).data.objections.totalCount).toBe(0);
  expect(await desk.decided(provider, { id, ...DISMISS })).toMatchObject({ turn: 'SUBJECT', marked: false });
  const { data } = await desk.appeal(own, id);
  expect(data.appealObjection.objection).toMatchObject({
    stage: 'APPEALED',
    turn: 'AUTHORITY',
    dueOn: null,
    marked: true,
  });
  expect((await desk.penalties(own))[0].dispute.stage).toBe('APPEALED');
  expect((await city.ask(list, authority)).data.objections.nodes).toEqual([{ id, stage: 'APPEALED' }]);
  expect(fault(await desk.appeal(own, id))).toMatchObject({ code: 'CONFLICT', turn: 'AUTHORITY' });
  expect(fault(await desk.file(own))).toMatchObject({ code: 'CONFLICT', stage: 'APPEALED' });
  const final = await desk.decided(authority, { id, ...CORRECT });
  expect(final).toMatchObject({ stage: 'UPHELD', turn: null, marked: false });
  expect(final.steps.map(({ step }: { step: string }) => step)).toEqual([
    'FILED',
    'FORWARDED',
    'DISMISSED',
    'APPEALED',
    'UPHELD',
  ]);
  expect(fault(await desk.appeal(own, id))).toMatchObject({ code: 'CONFLICT', stage: 'UPHELD', turn: null });
});

test('[NT-33] nobody but the subject appeals, and where the law has no appeal the subject is told', async () => {
  const own = await desk.penalty('320600');
  const other = await desk.penalty('320600');
  const { id } = await desk.forwarded(own);
  await desk.decided(await desk.provider(own.provider), { id, ...DISMISS });
  expect(fault(await desk.appeal(other, id))).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'id' });
  const appeal =
    'mutation ($input: AppealObjectionInput!) { appealObjection(input: $input) { objection { id } } }';
  const variables = { input: { id, reason: '代为申诉' } };
  const center = await desk.center('320600');
  expect(fault(await city.ask(appeal, { ...center, variables }))).toMatchObject({ code: 'FORBIDDEN' });
  for (const jurisdiction of ['310116', '370303']) {
    const elsewhere = await desk.penalty(jurisdiction);
    const forwarded = await desk.forwarded(elsewhere);
    await desk.decided(await desk.provider(elsewhere.provider), { id: forwarded.id, ...DISMISS });
    const answer = await desk.appeal(elsewhere, forwarded.id);
    expect(fault(answer)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'id' });
  }
});

test('[JS-13] an objection is for the center of the record’s own jurisdiction, or of its city, and no other', async () => {
  const own = await desk.penalty('310116');
  const { id } = await desk.filed(own);
  for (const elsewhere of ['320600', '370303'])
    expect(fault(await desk.decide(await desk.center(elsewhere), { id, decision: 'FORWARD' }))).toMatchObject(
      {
        code: 'FORBIDDEN',
      },
    );
  const { errors } = await desk.decide(await desk.center('310000'), { id, decision: 'FORWARD' });
  expect(errors).toBeUndefined();
  const citys = await desk.penalty('310000');
  const { id: other } = await desk.filed(citys);
  expect(
    fault(await desk.decide(await desk.center('310116'), { id: other, decision: 'FORWARD' })),
  ).toMatchObject({ code: 'FORBIDDEN' });
});
