import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { prepareDemo } from '../../cli/demoData.ts';
import { Office } from '../measures/office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  await prepareDemo(office.city.running.house);
});
afterAll(() => office.close());

const tasks = async () => {
  const { nodes } = await office.queue(await office.as('center'), { state: null });
  return nodes as { id: string; state: string; overdue: boolean; dueOn: string; subject: { name: string } }[];
};

test('the first start shows measures done, overdue, declined and waiting; another start adds none', async () => {
  const first = await tasks();
  expect(first.map(({ state, overdue, dueOn }) => [state, overdue, dueOn]).toSorted()).toEqual([
    ['DECLINED', false, '2026-02-10'],
    ['EXECUTED', false, '2026-02-10'],
    ['PENDING', false, '2026-03-22'],
    ['PENDING', true, '2026-02-20'],
  ]);
  expect(new Set(first.map(({ subject }) => subject.name)).size).toBeGreaterThan(1);
  await prepareDemo(office.city.running.house);
  expect(await tasks()).toEqual(first);
});
