import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { type Desk, RESULTS, START, codeOf, desk, over } from './desk.ts';

/** Results of a job that are read after what they tell of has changed. */
let city: City;
let tender: Desk;
let center: string;
const codes = Array.from({ length: 7 }, (_, i) => firmCode(i + 1));
const ids: string[] = [];

const READ = `query Read($id: ID!) { job(id: $id) { passed failed results(first: 100) {
  nodes { outcome checkedOn reasons { code } hits { documentNumber grade dispute { stage } } } } } }`;

beforeAll(async () => {
  city = await City.open();
  tender = await desk(city);
  center = await city.token({ role: 'center', unit: UNIT.center, name: '中心' });
  for (const [i, code] of codes.entries()) {
    const id = await city.subject(code, `结果企业${i}有限公司`);
    ids.push(id);
    await city.record(id, '310116-penalty-em', { documentNumber: `罚${i}` });
  }
  await city.record(ids[1] as string, '310116-penalty-em', { documentNumber: '罚1之二' });
});
afterAll(() => city.close());

const run = async (sent: string[], by = tender): Promise<string> => {
  const { data, errors } = await by.ask(START, { input: { codes: sent } });
  expect(errors).toBeUndefined();
  const { id } = data.startBatchCheck.job;
  expect(await over(city, by, id)).toMatchObject({ state: 'DONE' });
  return id;
};
const change = (subject: string, set: string) =>
  city
    .database('penalties')
    .query(
      `update administrative_penalty set ${set} where subject_id = $1 and document_number not like '%之二'`,
      [subject],
    );

test('[SR-30, SH-29] records that were hit are told as they stand when results are read, and what no longer stands is not', async () => {
  const id = await run(codes);
  await change(ids[0] as string, `revoked_at = now()`);
  await change(ids[1] as string, `revoked_at = now()`);
  await change(ids[2] as string, `visible_until = '2026-03-01'`);
  await change(ids[3] as string, `document_number = '更正3'`);
  await change(ids[4] as string, `item_id = (select max(item_id) + 99 from administrative_penalty)`);
  await change(ids[5] as string, `dispute = '{"since":"2026-02-20","by":"SUBJECT","stage":"PROVIDER"}'`);
  const { data, extensions } = await tender.ask(READ, { id });
  const shown = data.job.results.nodes.map(
    (n: { outcome: string; hits: { documentNumber: string; dispute: object | null }[] }) => [
      n.outcome,
      n.hits.map(({ documentNumber, dispute }) => documentNumber + (dispute ? '*' : '')).join(),
    ],
  );
  expect(shown).toEqual([
    ['PASS', ''],
    ['FAIL', '罚1之二'],
    ['PASS', ''],
    ['FAIL', '更正3'],
    ['PASS', ''],
    ['FAIL', '罚5*'],
    ['FAIL', '罚6'],
  ]);
  // The counts are those of the day on which it was checked.
  expect(data.job).toMatchObject({ passed: 0, failed: 7 });
  const { rows } = await city
    .database('access')
    .query('select operation, items, counts, cardinality(subjects) as n from journal_entry where id = $1', [
      extensions?.receipt,
    ]);
  expect(rows).toEqual([
    { operation: `Read job ${id} results`, items: ['310116-penalty-em'], counts: [4], n: 7 },
  ]);
  // Nothing of what records say is kept with a job.
  const kept = await city
    .database('access')
    .query(
      `select results::text || entries::text || rows::text as whole from batch_slice where job_id = $1`,
      [id],
    );
  expect(kept.rows[0].whole).not.toMatch(/罚\d|更正/);
});

test('[SP-check] a result is of the day on which it was checked, and of today where it was checked anew', async () => {
  const id = await run([codes[0] as string, codes[6] as string]);
  await city
    .database('access')
    .query(
      `update batch_slice set results = replace(results::text, '2026-03-02', '2026-02-27')::jsonb where job_id = $1`,
      [id],
    );
  const days = async () =>
    (await tender.ask(READ, { id })).data.job.results.nodes.map(
      (n: { outcome: string; checkedOn: string }) => [n.outcome, n.checkedOn],
    );
  expect(await days()).toEqual([
    ['PASS', '2026-02-27'],
    ['FAIL', '2026-02-27'],
  ]);
  await change(ids[6] as string, `visible_until = '2026-03-01'`);
  expect(await days()).toEqual([
    ['PASS', '2026-02-27'],
    ['PASS', '2026-03-02'],
  ]);
});

test('[SP-check] while an agency is down nobody reads that its records were hit, or that none were', async () => {
  const id = await run([codes[5] as string]);
  await city.reachable('penalties', false);
  try {
    expect((await tender.ask(READ, { id })).data.job.results.nodes).toMatchObject([
      { outcome: 'UNKNOWN', hits: [], reasons: [{ code: 'SUBGRAPH_UNAVAILABLE' }] },
    ]);
  } finally {
    await city.reachable('penalties', true);
  }
  await city.until(async () => (await tender.ask(READ, { id })).data.job.results.nodes[0].outcome === 'FAIL');
});

test('[SH-19, SH-20b] the entry of a batch says how many codes told of no subject, and how many subjects are persons', async () => {
  const person = await city.subject(personCode(1), '张三', 'NATURAL_PERSON');
  const by: Desk = {
    token: center,
    ask: (query, variables = {}) => city.ask(query, { token: center, purpose: MATTER.quality, variables }),
  };
  const id = await run([codes[0] as string, personCode(1), firmCode(90), personCode(90), '乱写'], by);
  const { rows } = await city
    .database('access')
    .query(
      `select operation, subjects, persons, e::text as whole from journal_entry e where operation like 'batchCheck job ' || $1 || '%'`,
      [id],
    );
  expect(rows).toEqual([
    {
      operation: `batchCheck job ${id} slice 1, CODE_MALFORMED 1, SUBJECT_UNKNOWN 2`,
      subjects: [ids[0], person],
      persons: 1,
      whole: expect.any(String),
    },
  ]);
  for (const code of [firmCode(90), personCode(90), personCode(1)]) expect(rows[0].whole).not.toContain(code);
  expect(rows[0].whole).not.toContain(city.running.house.pseudonym(firmCode(90)));
});

test('[SR-29, SH-20b] where an investigation orders it, subjects are not told of a batch yet, nor of who reads its results', async () => {
  const authority = await city.token({ role: 'authority', unit: UNIT.construction, name: '孙八' });
  const history = async () =>
    (
      await city.ask('{ me { accessHistory { totalCount } } }', {
        token: await city.token({ role: 'subject', code: codes[0] }),
      })
    ).data.me.accessHistory.totalCount as number;
  const before = await history();
  const delayed: Desk = {
    token: authority,
    ask: (query, variables = {}) =>
      city.ask(query, {
        token: authority,
        purpose: { matter: MATTER.tender, undisclosedUntil: '2026-03-31' },
        variables,
      }),
  };
  const id = await run([codes[0] as string], delayed);
  expect((await tender.ask(READ, { id })).data.job.results.nodes).toHaveLength(1);
  // Its own look, and no other.
  expect(await history()).toBe(before + 1);
});

test('[SH-20b] jobs that ended are deleted with their results after JOB_KEEP_DAYS, and not a day before', async () => {
  const [old, recent] = [await run([codes[0] as string]), await run([codes[0] as string])];
  const access = city.database('access');
  const ended = (id: string, days: number) =>
    access.query(`update batch_job set ended_at = now() - make_interval(days => $2) where id = $1`, [
      id,
      days,
    ]);
  await ended(old, 91);
  await ended(recent, 89);
  await access.query(
    `insert into batch_job (id, unit, matter, asked, total, state, created_at)
     values (gen_random_uuid(), $1, 'x', '{}', 1, 'LOADING', now() - interval '2 days')`,
    [UNIT.construction],
  );
  expect(await city.running.house.subgraphs.access.tidy?.()).toEqual({ BatchJob: 2 });
  expect((await tender.ask(RESULTS, { id: old })).data).toEqual({ job: null });
  expect((await tender.ask(RESULTS, { id: recent })).data.job.results.nodes).toHaveLength(1);
  const { rows } = await access.query(
    `select count(*)::int as n from batch_slice s where not exists (select from batch_job j where j.id = s.job_id)`,
  );
  expect(rows).toEqual([{ n: 0 }]);
  expect(await city.running.house.subgraphs.access.tidy?.()).toEqual({});
});

test('[SH-20b] a unit lists its own jobs, newest first, page by page, and nobody else’s', async () => {
  const LIST =
    'query L($first: Int, $after: String) { jobs(first: $first, after: $after) { totalCount nodes { id state } pageInfo { hasNextPage endCursor } } }';
  const seen: string[] = [];
  let total = 0;
  for (let after: string | null = null; ; ) {
    const answer: Answer = await city.ask(LIST, { token: tender.token, variables: { first: 2, after } });
    const { jobs } = answer.data;
    total = jobs.totalCount;
    seen.push(...jobs.nodes.map(({ id }: { id: string }) => id));
    if (!jobs.pageInfo.hasNextPage) break;
    after = jobs.pageInfo.endCursor;
  }
  const { rows } = await city
    .database('access')
    .query('select id from batch_job where unit = $1 order by created_at desc', [UNIT.construction]);
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect(total).toBe(seen.length);
  const market = await city.officer(UNIT.market);
  const foreign = await city.ask(LIST, { token: market, variables: { first: 5, after: seen[0] } });
  expect(foreign.data.jobs).toMatchObject({ totalCount: 0, nodes: [] });
  expect(codeOf(await city.ask(LIST, { token: market, variables: { after: 'x' } }))).toBe('BAD_USER_INPUT');
  expect(codeOf(await city.ask(LIST))).toBe('UNAUTHENTICATED');
});
