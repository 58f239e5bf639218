import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Change } from '../../records/orders/order.ts';
import { type AskOptions } from '../support/city.ts';
import { OFFICE, Office, type OfficeName, type OnFile, refused } from './office.ts';

const FINANCE = { unit: OFFICE.pudongFinance.unit };

let office: Office;
let pudong: AskOptions;
let finance: AskOptions;
beforeAll(async () => {
  office = await Office.open();
  pudong = await office.as('pudong');
  finance = await office.as('pudongFinance');
});
afterAll(() => office.close());
beforeEach(() => office.moveTo('2026-03-02'));

/** A penalty in Pudong with a task on it. */
async function withTask(measure = 'SH-23-4', grade = '一般') {
  const file = await office.penalty('310115', '2026-01-12', grade);
  const task = await office.raise(file, { measure, ...FINANCE }, pudong);
  return { file, task };
}
const state = async (task: { id: string }) => (await office.task(task)).state as string;
const disputed = { disputed: true };

const correct = async (file: OnFile, values: Record<string, string>) => {
  const token = await office.desk.provider(OFFICE.pudong.unit);
  const answer = await office.desk.correct({ record: file.record, code: file.code, values }, token);
  expect(answer.errors).toBeUndefined();
};

describe('[PD-16] while a record is disputed', () => {
  test('its tasks are paused where the jurisdiction says so, and as before when it is decided', async () => {
    const { file, task } = await withTask();
    await office.tell(file, 'DISPUTED', disputed);
    expect(await state(task)).toBe('PAUSED');
    const answer = await office.report(task, 'EXECUTED', finance);
    expect(refused(answer)).toMatch(/^CONFLICT 任务已暂停.*信息提供单位核实（PAUSED）/);
    await office.tell(file, 'UNDISPUTED', { disputed: false });
    expect(await state(task)).toBe('PENDING');
    expect((await office.report(task, 'EXECUTED', finance)).errors).toBeUndefined();
    await office.tell(file, 'DISPUTED', disputed);
    expect(await state(task)).toBe('PAUSED');
    await office.tell(file, 'UNDISPUTED', { disputed: false });
    expect(await state(task)).toBe('EXECUTED');
  });

  test('a paused task is not overdue, and stands in no queue of what is to be done', async () => {
    const file = await office.penalty('310115', '2026-01-12');
    const task = await office.raise(file, { measure: 'SH-23-4', ...FINANCE, dueOn: '2026-03-04' }, pudong);
    await office.tell(file, 'DISPUTED', disputed);
    office.moveTo('2026-03-05');
    expect(await office.task(task)).toMatchObject({ state: 'PAUSED', overdue: false });
    const { nodes } = await office.queue(finance, { first: 100 });
    expect(nodes.map(({ id }: { id: string }) => id)).not.toContain(task.id);
  });

  test('a determination raises its tasks paused', async () => {
    const file = await office.penalty('310115', '2026-01-12');
    await office.city
      .database('penalties')
      .query(
        `update administrative_penalty set dispute = '{"since":"2026-03-02","by":"SUBJECT","stage":"FILED","note":null}' where id = $1`,
        [file.record],
      );
    const task = await office.raise(file, { measure: 'SH-23-4', ...FINANCE }, pudong);
    expect(task.state).toBe('PAUSED');
  });

  test.each<[string, OfficeName, string, string]>([
    ['320600', 'nantong', OFFICE.nantongFinance.unit, 'NT-26-3'],
    ['310116', 'jinshan', OFFICE.jinshanFinance.unit, 'SH-23-4'],
  ])('nothing is paused in %s, which does not say so [NT-32]', async (jurisdiction, by, unit, measure) => {
    const file = await office.penalty(jurisdiction, '2026-01-12');
    const task = await office.raise(file, { measure, unit }, await office.as(by));
    await office.tell(file, 'DISPUTED', disputed);
    expect(await state(task)).toBe('PENDING');
  });
});

describe('[PD-16] wrong measures are undone', () => {
  test('a correction withdraws what was determined on the record, executed or not; it can be determined anew', async () => {
    const { file, task } = await withTask();
    const done = await office.raise(file, { measure: 'SH-23-1', ...FINANCE }, pudong);
    await office.report(done, 'EXECUTED', finance);
    office.moveTo('2026-03-09');
    await correct(file, { 罚款金额: '1800' });
    await office.city.until(async () => (await state(task)) === 'WITHDRAWN');
    expect(await office.task(done)).toMatchObject({
      state: 'WITHDRAWN',
      outcome: 'EXECUTED',
      closedOn: '2026-03-09',
    });
    expect(refused(await office.report(task, 'EXECUTED', finance))).toMatch(
      /^CONFLICT 任务已撤销（WITHDRAWN）/,
    );
    const again = await office.raise(file, { measure: 'SH-23-4', ...FINANCE }, pudong);
    expect(again.id).not.toBe(task.id);
    expect(await state(again)).toBe('PENDING');
  });

  test('news of a correction that comes late does not touch what was determined after it', async () => {
    const { file } = await withTask();
    await correct(file, { 罚款金额: '1800' });
    const again = await office.raise(file, { measure: 'SH-23-3', ...FINANCE }, pudong);
    await office.tell(file, 'CORRECTED');
    expect(await state(again)).toBe('PENDING');
    await office.tell(file, 'CORRECTED', { revision: 3 });
    expect(await state(again)).toBe('WITHDRAWN');
  });

  test('a revocation withdraws them', async () => {
    const { file, task } = await withTask();
    const token = await office.desk.provider(OFFICE.pudong.unit);
    const answer = await office.desk.revoke({ record: file.record, code: file.code }, token);
    expect(answer.errors).toBeUndefined();
    await office.city.until(async () => (await state(task)) === 'WITHDRAWN');
  });

  test('what was declined stays declined', async () => {
    const { file, task } = await withTask('SH-23-8');
    await office.report(task, 'DECLINED', finance, { note: '无权限' });
    await office.tell(file, 'REVOKED', { revoked: true });
    expect(await office.task(task)).toMatchObject({ state: 'DECLINED', closedOn: null });
  });
});

describe('[PD-15] after the record', () => {
  test.each<[Change, string]>([
    ['REPAIRED', 'LAPSED'],
    ['DELETED', 'LAPSED'],
    ['BLACKLISTED', 'LAPSED'],
    ['OBJECTION_UPHELD', 'WITHDRAWN'],
  ])('is %s its tasks are %s', async (change, expected) => {
    const { file, task } = await withTask();
    office.moveTo('2026-03-11');
    await office.tell(file, change, { archived: true });
    expect(await office.task(task)).toMatchObject({ state: expected, closedOn: '2026-03-11' });
    expect(refused(await office.report(task, 'EXECUTED', finance))).toMatch(/^CONFLICT/);
  });

  test('of an honor is deleted its incentives lapse', async () => {
    const file = await office.other('310116-honor-civ', 'honors');
    const center = await office.as('center');
    const task = await office.raise(file, { measure: 'SH-22-1', ...FINANCE }, center, {
      recordType: 'Honor',
    });
    await office.tell(file, 'DELETED', { archived: true });
    expect(await state(task)).toBe('LAPSED');
  });
});

describe('[JS-18] a renewal', () => {
  test('withdraws what the degree no longer carries, and keeps the rest with its new term', async () => {
    const file = await office.penalty('310115', '2026-01-12', '严重');
    const office7 = await office.raise(file, { measure: 'SH-23-7', ...FINANCE }, pudong);
    const key = await office.raise(file, { measure: 'SH-23-1', ...FINANCE }, pudong);
    await office.tell(file, 'RENEWED', { grade: 'MINOR', visibleUntil: '2029-01-12', revision: 2 });
    expect(await state(office7)).toBe('WITHDRAWN');
    expect(await office.task(key)).toMatchObject({ state: 'PENDING', grade: 'MINOR', endsOn: '2029-01-12' });
  });
});

test('an order that is not about standing is put aside, and the door carries out each once', async () => {
  const { file, task } = await withTask();
  const { measures } = office.city.running.house.subgraphs;
  const order = {
    id: '0d6ba1d4-70b4-4e9a-8c0e-3a4f8a1f0001',
    to: 'measures',
    recordType: 'AdministrativePenalty',
    subjectId: file.subjectId,
    recordId: file.record,
    action: { kind: 'UNMARK' as const },
  };
  await measures.orders?.apply(order);
  await measures.orders?.apply(order);
  expect(await state(task)).toBe('PENDING');
  const { rows } = await office.city
    .database('measures')
    .query('select outcome from order_applied where id = $1', [order.id]);
  expect(rows).toEqual([{ outcome: 'measures do not carry out UNMARK' }]);
});
