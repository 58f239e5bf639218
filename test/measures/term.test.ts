import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { PROJECT } from '../docs/documents.ts';
import { OFFICE, Office, refused } from './office.ts';

const NANTONG = OFFICE.nantongFinance.unit;

let office: Office;
let nantong: AskOptions;
let finance: AskOptions;
let folder: string;
beforeAll(async () => {
  // Pudong as an operator states it: one measure lasts six months.
  folder = mkdtempSync(join(tmpdir(), 'measures-'));
  const city = readFileSync(join(PROJECT, 'policy/jurisdictions/310000.yaml'), 'utf8');
  const stated = city.replace(
    'leastGrade: MINOR, article: 第二十三条第一项',
    'term: P6M, leastGrade: MINOR, article: 第二十三条第一项',
  );
  writeFileSync(join(folder, '310000.yaml'), stated);
  office = await Office.open({ JURISDICTIONS: folder });
  nantong = await office.as('nantong');
  finance = await office.as('nantongFinance');
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => office.moveTo('2026-03-02'));

const MINE = '{ me { measures { totalCount nodes { id state endsOn } } } }';
async function ofSubject(code: string) {
  const token = await office.city.token({ role: 'subject', code });
  const { data, errors } = await office.city.ask(MINE, { token });
  expect(errors).toBeUndefined();
  return data.me.measures;
}

describe('[NT-30][PD-15] a task lapses with the term of its record, with no job having to run', () => {
  test.each([
    ['2027-01-11', 'PENDING', 1],
    ['2027-01-12', 'PENDING', 1],
    ['2027-01-13', 'LAPSED', 0],
  ])('on %s it is %s, and its subject has %s', async (today, expected, total) => {
    const file = await office.penalty('320600', '2026-01-12');
    const task = await office.raise(file, { measure: 'NT-26-3', unit: NANTONG }, nantong);
    expect(task.endsOn).toBe('2027-01-12');
    office.moveTo(today);
    expect((await office.task(task)).state).toBe(expected);
    expect((await ofSubject(file.code)).totalCount).toBe(total);
    const answer = await office.report(task, 'EXECUTED', finance);
    if (total === 0) expect(refused(answer)).toMatch(/^CONFLICT 任务已失效（LAPSED）/);
    else expect(answer.errors).toBeUndefined();
  });

  test('and so does one that was executed; it is in no queue and not overdue', async () => {
    const file = await office.penalty('320600', '2026-01-12');
    const task = await office.raise(
      file,
      { measure: 'NT-26-3', unit: NANTONG, dueOn: '2026-03-09' },
      nantong,
    );
    const other = await office.raise(
      file,
      { measure: 'NT-26-4', unit: NANTONG, dueOn: '2026-03-09' },
      nantong,
    );
    await office.report(task, 'EXECUTED', finance);
    office.moveTo('2027-01-13');
    for (const one of [task, other])
      expect(await office.task(one)).toMatchObject({ state: 'LAPSED', overdue: false, closedOn: null });
    const { nodes } = await office.queue(finance, { first: 100 });
    expect(nodes.map(({ id }: { id: string }) => id)).not.toContain(other.id);
  });
});

describe('[PD-15] a measure with a term of its own', () => {
  test.each([
    ['2026-08-31', '2027-02-28', '2027-03-01'],
    ['2026-03-02', '2026-09-02', '2026-09-03'],
  ])('that is determined on %s lasts until %s and is over on %s', async (from, last, after) => {
    office.moveTo(from);
    const file = await office.penalty('310115', '2026-01-12');
    const task = await office.raise(
      file,
      { measure: 'SH-23-1', unit: OFFICE.pudongFinance.unit },
      await office.as('pudong'),
    );
    expect(task.endsOn).toBe(last);
    office.moveTo(last);
    expect((await office.task(task)).state).toBe('PENDING');
    office.moveTo(after);
    expect((await office.task(task)).state).toBe('LAPSED');
    // The term is not run again by determining the same once more.
    const again = await office.raise(
      file,
      { measure: 'SH-23-1', unit: OFFICE.pudongFinance.unit },
      await office.as('pudong'),
    );
    expect(again).toMatchObject({ id: task.id, state: 'LAPSED' });
  });
});
