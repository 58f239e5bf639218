import { afterAll, beforeAll, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { type Desk, JOB, RESULTS, START, TENDER, codeOf, desk, over } from './desk.ts';

let city: City;
let tender: Desk;
const firms = Array.from({ length: 5 }, (_, i) => firmCode(i + 1));
const ids: string[] = [];

beforeAll(async () => {
  city = await City.open();
  tender = await desk(city);
  for (const [i, code] of firms.entries()) ids.push(await city.subject(code, `批量企业${i}有限公司`));
  await city.record(ids[1] as string, '310116-penalty-em', { documentNumber: '罚1' });
  await city.record(ids[2] as string, '310116-abnormal-amr', { documentNumber: '列异1' });
});
afterAll(() => city.close());

const start = async (input: object, by = tender): Promise<string> => {
  const answer = await by.ask(START, { input });
  expect(answer.errors).toBeUndefined();
  return answer.data.startBatchCheck.job.id;
};
const outcomes = async (id: string) => {
  const { data } = await tender.ask(RESULTS, { id, first: 1000 });
  return data.job.results.nodes.map((n: { line: number; outcome: string; reasons: { code: string }[] }) => [
    n.line,
    n.outcome,
    n.reasons.map(({ code }) => code).join(),
  ]);
};

const MIXED = [firms[0], firms[1], '乱写', firmCode(77), firms[2], personCode(3), firms[1]] as string[];
const EXPECTED = [
  [1, 'PASS', ''],
  [2, 'FAIL', 'RECORDS'],
  [3, 'UNKNOWN', 'CODE_MALFORMED'],
  [4, 'UNKNOWN', 'SUBJECT_UNKNOWN'],
  [5, 'PASS', ''],
  [6, 'UNKNOWN', 'NOT_FOR_PERSONS'],
  [7, 'FAIL', 'RECORDS'],
];

test('[SH-20b, SP-check] every code is checked by the rule of the matter, in the order of the list, and told as such', async () => {
  const id = await start({ codes: MIXED });
  expect(await over(city, tender, id)).toMatchObject({
    state: 'DONE',
    total: 7,
    done: 7,
    passed: 2,
    failed: 2,
    unknown: 3,
  });
  expect(await outcomes(id)).toEqual(EXPECTED);
  const { rows } = await city
    .database('access')
    .query(
      `select subjects, items, matter, unit from journal_entry where operation like 'batchCheck job ' || $1 || '%'`,
      [id],
    );
  expect(rows).toEqual([
    {
      subjects: expect.arrayContaining([ids[0], ids[1], ids[2]]),
      items: ['310116-penalty-em'],
      matter: TENDER,
      unit: UNIT.construction,
    },
  ]);
  const kept = await city
    .database('access')
    .query('select rows::text from batch_slice where job_id = $1', [id]);
  expect(kept.rows[0].rows).not.toContain(personCode(3));
});

test('[SH-20b] CSV and XLSX are read, with or without a header', async () => {
  const csv = `名称,统一社会信用代码\n甲,${firms[0]}\n乙,${firms[1]}\n`;
  const bare = `${firms[1]}\n${firms[0]}\n`;
  const book = new ExcelJS.Workbook();
  book.addWorksheet('s').addRows([['code'], [firms[0]], [firms[1]]]);
  const xlsx = Buffer.from(await book.xlsx.writeBuffer()).toString('base64');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const run = async (file: string) => {
    const id = await start({ file });
    await over(city, tender, id);
    return outcomes(id);
  };
  const pass = ['PASS', ''];
  const fail = ['FAIL', 'RECORDS'];
  expect(await run(base64(csv))).toEqual([
    [2, ...pass],
    [3, ...fail],
  ]);
  expect(await run(base64(bare))).toEqual([
    [1, ...fail],
    [2, ...pass],
  ]);
  expect(await run(xlsx)).toEqual([
    [2, ...pass],
    [3, ...fail],
  ]);
  expect(codeOf(await tender.ask(START, { input: { file: base64('PK'), codes: [] } }))).toBe(
    'BAD_USER_INPUT',
  );
  expect(codeOf(await tender.ask(START, { input: {} }))).toBe('BAD_USER_INPUT');
});

test('[SH-20b] a job is its unit’s own, and its results are for its matter and journaled', async () => {
  const id = await start({ codes: [firms[1]] });
  await over(city, tender, id);
  const market = await desk(city, UNIT.market, MATTER.supervision);
  expect((await market.ask(JOB, { id })).data).toEqual({ job: null });
  expect((await market.ask(RESULTS, { id })).data).toEqual({ job: null });
  expect(codeOf(await market.ask('mutation C($id: ID!) { cancelJob(id: $id) { job { id } } }', { id }))).toBe(
    'BAD_USER_INPUT',
  );
  expect(codeOf(await city.ask(JOB, { variables: { id } }))).toBe('UNAUTHENTICATED');
  const { token } = tender;
  expect(codeOf(await city.ask(RESULTS, { variables: { id }, token }))).toBe('PURPOSE_REQUIRED');
  expect((await city.ask(JOB, { variables: { id }, token })).data.job.state).toBe('DONE');
  const { extensions } = await tender.ask(RESULTS, { id });
  const { rows } = await city
    .database('access')
    .query('select subjects from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows).toEqual([{ subjects: [ids[1]] }]);
});

test('[SH-20b, SP-check] an agency that is down passes nobody', async () => {
  await city.reachable('penalties', false);
  try {
    const id = await start({ codes: [firms[0]] });
    expect(await over(city, tender, id)).toMatchObject({ state: 'DONE', passed: 0, unknown: 1 });
    expect(await outcomes(id)).toEqual([[1, 'UNKNOWN', 'SUBGRAPH_UNAVAILABLE']]);
  } finally {
    await city.reachable('penalties', true);
  }
});

test('[SH-20b] a batch of many slices can be cancelled, and what was checked stays logged and readable', async () => {
  const id = await start({ codes: Array.from({ length: 30_000 }, (_, i) => firmCode(i + 1)) });
  await city.until(async () => (await tender.ask(JOB, { id })).data.job.done > 0);
  const { data } = await tender.ask('mutation C($id: ID!) { cancelJob(id: $id) { job { state } } }', { id });
  expect(data.cancelJob.job.state).toBe('CANCELLED');
  await city.until(async () => {
    const { rows } = await city
      .database('access')
      .query('select from batch_slice where job_id = $1 and results is not null and logged_at is null', [id]);
    return rows.length === 0;
  });
  const { done, total } = (await tender.ask(JOB, { id })).data.job;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(total);
  const { rows } = await city
    .database('access')
    .query(
      `select count(*)::int as entries, count(distinct operation)::int as slices from journal_entry where operation like 'batchCheck job ' || $1 || '%'`,
      [id],
    );
  expect(rows).toEqual([{ entries: done / 1_000, slices: done / 1_000 }]);
});

test('[SH-34] a unit whose access is withdrawn has its batch stopped', async () => {
  const center = await city.token({ role: 'center', unit: UNIT.center, name: '中心' });
  const id = await start({ codes: Array.from({ length: 30_000 }, (_, i) => firmCode(i + 1)) });
  const withdrawn = await city.ask(
    'mutation W($unit: String!) { withdrawGrantee(unit: $unit, reason: "违规") { grantee { unit } } }',
    { token: center, variables: { unit: UNIT.construction } },
  );
  expect(withdrawn.errors).toBeUndefined();
  const state = async () =>
    (await city.database('access').query('select state, done, total from batch_job where id = $1', [id]))
      .rows[0];
  await city.until(async () => (await state()).state !== 'RUNNING' && (await state()).state !== 'QUEUED');
  expect((await state()).state).toBe('STOPPED');
  expect((await state()).done).toBeLessThan(30_000);
});
