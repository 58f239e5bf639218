import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type AskOptions } from '../support/city.ts';
import { UNIT, personCode } from '../support/known.ts';
import { OFFICE, Office, type OnFile, refused } from './office.ts';

const FINANCE = OFFICE.jinshanFinance.unit;
const DUTY = '法定职责 / statutory duty';

let office: Office;
let file: OnFile;
let task: { id: string };
let onDuty: AskOptions;
beforeAll(async () => {
  office = await Office.open();
  file = await office.penalty('310116', '2026-01-12');
  task = await office.raise(file, { measure: 'SH-23-8', unit: FINANCE }, await office.as('jinshan'));
  onDuty = { token: await tokenOf('provider', FINANCE) };
});
afterAll(() => office.close());

const tokenOf = (role: 'provider' | 'agency' | 'center' | 'authority', unit: string) =>
  office.city.token({ role, unit, name: '孙八' });
const TASKS = '{ measureTasks(state: null, first: 100) { totalCount nodes { id } } }';
const CASES = '{ measureCases(month: "2026-03") { nodes { event task { id } } } }';
const REPORT = `mutation ($input: ReportMeasureInput!) { reportMeasure(input: $input) { task { id state } } }`;

/** The entry that an answer's receipt names, as its own unit reads it. */
async function entryOf({ extensions }: Answer) {
  const { data } = await office.city.ask(
    'query ($id: ID!) { journalEntry(id: $id) { matter note subjects outcome } }',
    { ...onDuty, variables: { id: extensions?.receipt } },
  );
  return data.journalEntry;
}

test('[PD-12] a unit that names no matter sees and answers its own tasks', async () => {
  const seen = await office.city.ask(TASKS, onDuty);
  expect(seen.data.measureTasks).toEqual({ totalCount: 1, nodes: [{ id: task.id }] });
  const cases = await office.city.ask(CASES, onDuty);
  expect(cases.data.measureCases.nodes).toEqual([{ event: 'DETERMINED', task: { id: task.id } }]);
  const input = { task: task.id, outcome: 'DECLINED', note: '无权限' };
  const done = await office.city.ask(REPORT, { ...onDuty, variables: { input } });
  expect(done.data.reportMeasure.task).toEqual({ id: task.id, state: 'DECLINED' });
});

test('[SH-19][SH-26] its entries say why it looked', async () => {
  for (const query of [TASKS, CASES])
    expect(await entryOf(await office.city.ask(query, onDuty))).toEqual({
      matter: null,
      note: DUTY,
      subjects: [file.subjectId],
      outcome: 'ANSWERED',
    });
  const named = { ...onDuty, purpose: OFFICE.jinshanFinance.purpose };
  expect(await entryOf(await office.city.ask(TASKS, named))).toMatchObject({
    matter: OFFICE.jinshanFinance.purpose,
    note: null,
  });
});

test('[SH-19][SH-26] so do those of objections to its records', async () => {
  const answer = await office.city.ask('{ objections { totalCount } }', onDuty);
  expect(await entryOf(answer)).toMatchObject({ matter: null, note: DUTY, outcome: 'ANSWERED' });
});

test('[SH-19] a subject’s look at itself says that it is one', async () => {
  const token = await office.city.token({ role: 'subject', code: file.code });
  const { extensions } = await office.city.ask('{ me { name } }', { token });
  const { rows } = await office.city
    .database('access')
    .query('select matter, note from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows).toEqual([{ matter: null, note: '信息主体本人 / the subject itself' }]);
});

test('natural persons’ tasks are among its own', async () => {
  const code = personCode(1);
  const subjectId = await office.city.subject(code, '欧阳一', 'NATURAL_PERSON');
  await office.city.record(subjectId, '310116-penalty-amr-p');
  const { rows } = await office.city
    .database('penalties')
    .query('select id from administrative_penalty where subject_id = $1', [subjectId]);
  const person = { code, name: '欧阳一', subjectId, record: rows[0].id as string };
  const of = await office.raise(person, { measure: 'SH-23-1', unit: FINANCE }, await office.as('center'));
  const ids = (await office.city.ask(TASKS, onDuty)).data.measureTasks.nodes.map((n: { id: string }) => n.id);
  expect(ids).toContain(of.id);
});

test('[SH-26] other units’ tasks, what is more than the subject’s id, and determinations are not its duty', async () => {
  const other = { token: await tokenOf('provider', UNIT.construction) };
  expect((await office.city.ask(TASKS, other)).data.measureTasks).toEqual({ totalCount: 0, nodes: [] });
  const input = { task: task.id, outcome: 'EXECUTED' };
  expect(refused(await office.city.ask(REPORT, { ...other, variables: { input } }))).toMatch(
    /^BAD_USER_INPUT task：本单位没有此项任务/,
  );
  const subject = '{ measureTasks { nodes { subject { name } } } }';
  expect(refused(await office.city.ask(subject, onDuty))).toMatch(/^PURPOSE_REQUIRED/);
  const market = { token: await tokenOf('provider', UNIT.market) };
  const asked = [{ measure: 'SH-23-1', unit: FINANCE }];
  expect(refused(await office.determine(file, asked, market))).toMatch(/^PURPOSE_REQUIRED/);
});

test.each(['agency', 'center', 'authority'] as const)(
  '[SH-26] everyone else, such as %s, names a purpose',
  async (role) => {
    const as = { token: await tokenOf(role, role === 'agency' ? FINANCE : UNIT.center) };
    for (const query of [TASKS, CASES])
      expect(refused(await office.city.ask(query, as))).toMatch(/^PURPOSE_REQUIRED/);
  },
);
