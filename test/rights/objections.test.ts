import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { DIGEST, Objecting } from './objecting.ts';

let city: City;
let desk: Objecting;

beforeAll(async () => {
  city = await City.open();
  desk = new Objecting(city);
});
afterAll(() => city.close());

const code = (answer: { errors?: { extensions: { code: string } }[] }) => answer.errors?.[0]?.extensions;

test('[SH-28] a subject files on one of its own records; the record is marked from that moment', async () => {
  const own = await desk.penalty('310116');
  expect(await desk.filed(own)).toMatchObject({
    stage: 'FILED',
    turn: 'CENTER',
    dueOn: '2026-03-04',
    overdue: false,
    filedBy: 'SUBJECT',
    steps: [{ step: 'FILED', actor: 'SUBJECT', unit: null, on: '2026-03-02' }],
    notices: [{ to: 'SUBJECT', kind: 'FILED' }],
  });
  expect((await desk.penalties(own))[0].dispute).toEqual({
    since: '2026-03-02',
    by: 'SUBJECT',
    stage: 'FILED',
    note: null,
  });
});

test('[SH-28] others cannot file: an unknown record, another’s, a revoked and an expired one are one answer', async () => {
  const [own, other, revoked, past] = await Promise.all([
    desk.penalty('310116'),
    desk.penalty('310116'),
    desk.penalty('310116'),
    desk.penalty('310116', { visibleUntil: '2026-03-02' }),
  ]);
  const center = await desk.center('310116');
  const revoke = `mutation ($input: RevokeRecordInput!) { revokeRecord(input: $input) { changed } }`;
  await city.ask(revoke, {
    ...center,
    variables: {
      input: { record: revoked.record, code: revoked.code, recordType: revoked.recordType, reason: '撤销' },
    },
  });
  desk.on('2026-03-03');
  try {
    const answers = await Promise.all([
      desk.file({ ...own, record: 'not-an-id' }),
      desk.file({ ...own, record: '7d7dd0b4-8c5b-4b08-a6d5-5ab6b1a1a3b2' }),
      desk.file({ ...own, record: other.record }),
      desk.file(revoked),
      desk.file(past),
    ]);
    for (const answer of answers) {
      expect(answer.data?.fileObjection ?? null).toBeNull();
      expect(code(answer)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'record' });
      expect(answer.errors?.[0]?.message).toContain('no such record of this subject');
    }
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.message)).size).toBe(1);
  } finally {
    desk.on('2026-03-02');
  }
  expect((await desk.penalties(other))[0].dispute).toBeNull();
  const officer = { token: await city.officer(UNIT.market), purpose: '310116-supervision-market' };
  for (const as of [officer, await desk.provider(own.provider)]) {
    const { recordType, record } = own;
    const input = { recordType, record, ground: 'ERROR_OR_OMISSION', statement: '他人代为提出' };
    const answer = await city.ask(
      'mutation ($input: FileObjectionInput!) { fileObjection(input: $input) { objection { id } } }',
      { ...as, variables: { input } },
    );
    expect(code(answer)).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('[SH-28] an agent files at the window, for which the center’s staff needs a purpose; the mark says so', async () => {
  const own = await desk.penalty('310116');
  const { recordType, record } = own;
  const input = {
    recordType,
    record,
    ground: 'SECRET_OR_PRIVACY',
    statement: `本人号码 310116198507010013 不应载明`,
    code: own.code,
    agent: { name: '郑十', documentDigest: DIGEST },
  };
  const query = `mutation ($input: FileObjectionInput!) { fileObjection(input: $input) { objection {
    filedBy statement steps { actor unit { code } } } } }`;
  const { token, purpose } = await desk.center('310116');
  expect(code(await city.ask(query, { token, variables: { input } }))).toMatchObject({
    code: 'PURPOSE_REQUIRED',
  });
  const { data, extensions } = await city.ask(query, { token, purpose, variables: { input } });
  expect(data.fileObjection.objection).toEqual({
    filedBy: 'AGENT',
    statement: expect.not.stringContaining('310116198507010013'),
    steps: [{ actor: 'AGENT', unit: { code: UNIT.center } }],
  });
  expect((await desk.penalties(own))[0].dispute.by).toBe('AGENT');
  const journal = await city
    .database('access')
    .query('select subjects::text[], items, matter from journal_entry where id = $1', [extensions?.receipt]);
  expect(journal.rows).toEqual([
    { subjects: [own.subjectId], items: ['310116-penalty-amr'], matter: '310116-supervision-quality' },
  ]);
});

test.each([
  ['[SH-28]', '310116', 'NOT_TO_BE_PUBLIC', 'SH-29'],
  ['[SH-28]', '310000', 'PROHIBITED', 'SH-29'],
  ['[NT-31]', '320600', 'SECRET_OR_PRIVACY', 'NT-32'],
  ['[ZD-36]', '370303', 'PROHIBITED', 'ZD-37'],
])('%s %s does not know the ground %s, and names its article', async (_, jurisdiction, ground, source) => {
  const own = await desk.penalty(jurisdiction);
  const answer = await desk.file(own, { ground });
  expect(code(answer)).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'ground' });
  expect(answer.errors?.[0]?.message).toContain(source);
});

test.each([
  ['[NT-31] prohibited information', '320600', 'PROHIBITED'],
  ['[ZD-36] not to be public', '370303', 'NOT_TO_BE_PUBLIC'],
  ['[SH-28] past its term', '310116', 'PAST_ITS_TERM'],
])('%s is a ground in %s', async (_, jurisdiction, ground) => {
  expect(await desk.filed(await desk.penalty(jurisdiction), { ground })).toMatchObject({ ground });
});

test('[SH-28] one open objection a record: a second is a conflict that names where the first stands', async () => {
  const own = await desk.penalty('310116');
  const answers = await Promise.all([desk.file(own), desk.file(own), desk.file(own)]);
  const filed = answers.filter(({ errors }) => !errors);
  expect(filed).toHaveLength(1);
  for (const answer of answers.filter(({ errors }) => errors))
    expect(code(answer)).toMatchObject({ code: 'CONFLICT', stage: 'FILED', turn: 'CENTER' });
});

test('[JS-23] what is on file need not be submitted: evidence refers to it, and to no other subject’s', async () => {
  const own = await desk.penalty('310116');
  const other = await desk.penalty('310116');
  await city.record(own.subjectId, '310116-permit-amr', { documentNumber: '沪许〔2025〕1号' });
  const { data } = await city.ask('{ me { permits { nodes { id } } } }', {
    token: await desk.subject(own.code),
  });
  const permit = { recordType: 'Permit', record: data.me.permits.nodes[0].id };
  for (const evidence of [
    [{ recordType: other.recordType, record: other.record }],
    [{ recordType: 'Permit', record: firmCode(1) }],
    [{ ...permit, digest: DIGEST }],
    [{ digest: 'not a digest', name: '证明' }],
  ]) {
    const answer = await desk.file(own, { evidence });
    expect(code(answer)).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: expect.stringContaining('evidence[0]'),
    });
  }
  const { id } = await desk.filed(own, { evidence: [permit] });
  const asked = await city.ask(`{ objection(id: "${id}") { evidence { recordType record digest } } }`, {
    token: await desk.subject(own.code),
  });
  expect(asked.data.objection.evidence).toEqual([{ ...permit, digest: null }]);
});

test('[SH-28] a file goes with an objection where its subject gave it, and nobody else’s', async () => {
  const own = await desk.penalty('310116');
  const other = await desk.penalty('310116');
  const give = async (as: string) => {
    const response = await fetch(`${city.running.url}/evidence?name=proof.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'text/plain' },
      body: '处罚决定书',
    });
    return ((await response.json()) as { digest: string }).digest;
  };
  const evidence = [{ digest: await give(await desk.subject(other.code)), name: '决定书.txt' }];
  expect(code(await desk.file(own, { evidence }))).toMatchObject({ argument: 'evidence[0]' });
  await give(await desk.subject(own.code));
  const { id } = await desk.filed(own, { evidence });
  const asked = await city.ask(`{ objection(id: "${id}") { evidence { name digest } } }`, {
    token: await desk.subject(own.code),
  });
  expect(asked.data.objection.evidence).toEqual(evidence);
});

test('[SH-28] an objection is itself a record in its subject’s file, and follows the case', async () => {
  const own = await desk.penalty('310116');
  const { id } = await desk.forwarded(own);
  const ask = async () =>
    (
      await city.ask(
        '{ me { objections { nodes { id stage ground filedOn disputedRecord item { code } } } } }',
        {
          token: await desk.subject(own.code),
        },
      )
    ).data.me.objections.nodes;
  expect(await ask()).toEqual([
    {
      id,
      stage: 'VERIFYING',
      ground: '记载存在错误或者遗漏',
      filedOn: '2026-03-02',
      disputedRecord: own.record,
      item: { code: '310116-objection-cr' },
    },
  ]);
  await desk.decided(await desk.provider(own.provider), { id, decision: 'DISMISS', reason: '与决定书一致' });
  expect(await ask()).toMatchObject([{ id, stage: 'DISMISSED' }]);
});
