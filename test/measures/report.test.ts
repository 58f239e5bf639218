import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { PROJECT } from '../docs/documents.ts';
import { OFFICE, Office, type OnFile, refused } from './office.ts';

const FINANCE = OFFICE.jinshanFinance.unit;
const CONSTRUCTION = OFFICE.jinshanConstruction.unit;

let office: Office;
let jinshan: AskOptions;
let finance: AskOptions;
let construction: AskOptions;
let center: AskOptions;
let folder: string;
beforeAll(async () => {
  // Zhangdian as an operator states it: five working days to answer one measure.
  folder = mkdtempSync(join(tmpdir(), 'measures-'));
  const own = readFileSync(join(PROJECT, 'policy/jurisdictions/370303.yaml'), 'utf8');
  const stated = own.replace(
    'leastGrade: MINOR, article: 第二十八条第一项',
    'answerWithin: 5, leastGrade: MINOR, article: 第二十八条第一项',
  );
  writeFileSync(join(folder, '370303.yaml'), stated);
  office = await Office.open({ JURISDICTIONS: folder });
  [jinshan, finance, construction, center] = await Promise.all([
    office.as('jinshan'),
    office.as('jinshanFinance'),
    office.as('jinshanConstruction'),
    office.as('center'),
  ]);
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => office.moveTo('2026-03-02'));

const raised = async (measure: string, dueOn?: string, file?: OnFile) =>
  office.raise(
    file ?? (await office.penalty('310116', '2026-01-12')),
    { measure, unit: FINANCE, ...(dueOn && { dueOn }) },
    jinshan,
  );

describe('[PD-12] the implementing unit', () => {
  test('reports what it did, and on which day', async () => {
    const task = await raised('SH-23-4');
    office.moveTo('2026-03-10');
    const { data, errors } = await office.report(task, 'EXECUTED', finance, {
      on: '2026-03-06',
      note: '已取消补贴',
    });
    expect(errors).toBeUndefined();
    expect(data.reportMeasure.task).toMatchObject({
      state: 'EXECUTED',
      outcome: 'EXECUTED',
      outcomeOn: '2026-03-06',
      reportedOn: '2026-03-10',
      note: '已取消补贴',
    });
  });

  test('says the same twice without harm; anything else is a conflict that names the state', async () => {
    const task = await raised('SH-23-4');
    const answers = await Promise.all([1, 2, 3].map(() => office.report(task, 'EXECUTED', finance)));
    expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined, undefined]);
    const answer = await office.report(task, 'NOT_APPLICABLE', finance, { note: '已注销' });
    expect(refused(answer)).toMatch(/^CONFLICT 任务已反馈为已执行（EXECUTED）/);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ state: 'EXECUTED' });
  });

  test('alone does so: to any other unit, the initiating one and the center included, the task does not exist', async () => {
    const task = await raised('SH-23-4');
    for (const as of [jinshan, construction, center])
      expect(refused(await office.report(task, 'EXECUTED', as))).toMatch(
        /^BAD_USER_INPUT task：本单位没有此项任务/,
      );
    expect(refused(await office.report({ id: 'x' }, 'EXECUTED', finance))).toMatch(/^BAD_USER_INPUT task/);
    const { token = '' } = finance;
    expect(refused(await office.report(task, 'EXECUTED', { token }))).toMatch(/^PURPOSE_REQUIRED/);
    const subject = { token: await office.city.token({ role: 'subject', code: '91310116Y100000011' }) };
    expect(refused(await office.report(task, 'EXECUTED', subject))).toMatch(/^FORBIDDEN/);
  });

  test.each([
    ['2026-03-01', /on：应在认定日 2026-03-02 与今日之间/],
    ['2026-03-03', /on：应在认定日/],
    ['2026-02-30', /on：/],
  ])('did nothing on %s, before the determination or after today', async (on, message) => {
    const task = await raised('SH-23-4');
    expect(refused(await office.report(task, 'EXECUTED', finance, { on }))).toMatch(message);
  });
});

describe('[PD-11]', () => {
  test('a mandatory measure is executed or not applicable, with the reason, and cannot be declined', async () => {
    const task = await raised('SH-23-4');
    expect(refused(await office.report(task, 'DECLINED', finance, { note: '不便执行' }))).toMatch(
      /^BAD_USER_INPUT outcome：SH-23-4 是强制性措施，须执行.*（SH-23，第二十三条第四项）/,
    );
    expect(refused(await office.report(task, 'NOT_APPLICABLE', finance))).toMatch(
      /^BAD_USER_INPUT note：须说明理由/,
    );
    const { data } = await office.report(task, 'NOT_APPLICABLE', finance, { note: '未享受补贴' });
    expect(data.reportMeasure.task).toMatchObject({ state: 'NOT_APPLICABLE', note: '未享受补贴' });
  });

  test('a recommended one can be declined, with the reason', async () => {
    const task = await raised('SH-23-8');
    expect(refused(await office.report(task, 'DECLINED', finance))).toMatch(/^BAD_USER_INPUT note/);
    const { data } = await office.report(task, 'DECLINED', finance, { note: '本单位无此权限' });
    expect(data.reportMeasure.task).toMatchObject({ state: 'DECLINED', overdue: false });
  });
});

describe('[PD-12] the queue', () => {
  test.each([
    ['2026-03-16', false],
    ['2026-03-17', true],
  ])('on %s a task that was due on 16 March is overdue: %s', async (today, overdue) => {
    const task = await raised('SH-23-4', '2026-03-16');
    office.moveTo(today);
    const found = await office.task(task);
    expect(found).toMatchObject({ state: 'PENDING', overdue });
    const { nodes } = await office.queue(finance, { overdue: true, first: 100 });
    expect(nodes.some(({ id }: { id: string }) => id === task.id)).toBe(overdue);
  });

  test('the due date that a list states is counted in working days, over the Spring Festival and its make-up workday', async () => {
    // Thursday 12 February 2026: the 13th, Saturday the 14th (worked), the 24th, 25th and 26th.
    office.moveTo('2026-02-12');
    const file = await office.penalty('370303', '2026-01-12');
    const as = await office.as('zhangdian');
    const unit = '11370303MBY113031W';
    const task = await office.raise(file, { measure: 'ZD-28-1', unit }, as);
    expect(task).toMatchObject({ dueOn: '2026-02-26', dueProvisional: false });
    const other = await office.determine(file, [{ measure: 'ZD-28-1', unit, dueOn: '2026-03-16' }], as);
    expect(refused(other)).toMatch(
      /tasks\[0\]\.dueOn：ZD-28-1 的反馈期限为 5 个工作日（ZD-28，第二十八条第一项）/,
    );
  });

  test('stands by due date, overdue ones first, those without one last; pages hold together', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const own = { ...OFFICE.jinshanConstruction };
    const days = ['2026-03-20', undefined, '2026-03-04', '2026-03-12', '2026-03-04'];
    const measures = ['SH-23-1', 'SH-23-2', 'SH-23-3', 'SH-23-4', 'SH-23-5'];
    await office.determine(
      file,
      measures.map((measure, at) => ({ measure, unit: own.unit, ...(days[at] && { dueOn: days[at] }) })),
      jinshan,
    );
    office.moveTo('2026-03-10');
    const seen: [string | null, boolean][] = [];
    let after: string | null = null;
    do {
      const page = await office.queue(construction, { first: 2, after });
      expect(page.totalCount).toBe(5);
      for (const { dueOn, overdue } of page.nodes) seen.push([dueOn, overdue]);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual([
      ['2026-03-04', true],
      ['2026-03-04', true],
      ['2026-03-12', false],
      ['2026-03-20', false],
      [null, false],
    ]);
  });

  test('shows the implementing and the initiating unit theirs, the center all, and nobody else any', async () => {
    const task = await raised('SH-23-4');
    const has = async (as: AskOptions, variables = {}) => {
      const { nodes } = await office.queue(as, { first: 100, ...variables });
      return nodes.some(({ id }: { id: string }) => id === task.id);
    };
    expect(await has(finance)).toBe(true);
    expect(await has(jinshan)).toBe(true);
    expect(await has(center)).toBe(true);
    expect(await has(construction)).toBe(false);
    expect(await has(center, { unit: FINANCE })).toBe(true);
    expect(await has(center, { unit: CONSTRUCTION })).toBe(false);
    expect(await has(construction, { unit: FINANCE })).toBe(false);
    const ask = async (as: AskOptions) =>
      refused(await office.city.ask('{ measureTasks { totalCount } }', as));
    const { unit, purpose } = OFFICE.center;
    const authority = { token: await office.city.token({ role: 'authority', unit, name: '吴九' }), purpose };
    expect(await ask(authority)).toMatch(/^FORBIDDEN/);
    const agency = await office.city.token({ role: 'agency', unit: FINANCE, name: '孙八' });
    expect(await ask({ token: agency })).toMatch(/^PURPOSE_REQUIRED/);
    expect((await office.city.ask('{ measureTasks { totalCount } }')).data).toEqual({ measureTasks: null });
  });

  test('a cursor of one list is no cursor of another', async () => {
    const { pageInfo } = await office.queue(finance, { first: 1 });
    await expect(office.queue(jinshan, { first: 1, after: pageInfo.endCursor })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
  });
});
