import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { citizenIdOf, usccOf } from '../../policy/identifiers/code.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { JOB, START } from './desk.ts';

/**
 * 上海市公共信用信息服务平台 2016 年度运行报告: 43,784 applications for new energy vehicles, of which 801 failed: 552 natural persons (drunk driving,
 * judgments not performed) and 249 legal persons (arrears of social insurance and tax). How many of either applied, and how the reasons share,
 * it does not say; neither bears on what is asserted.
 */
const APPLIED = 43_784;
const PERSONS = 36_000;
const FAILED = { drunk: 300, unperformed: 252, insurance: 130, tax: 119 };
const FAILED_PERSONS = 552;
const FAILED_FIRMS = 249;

const OFFICE = '11310000MBY120004H';
const VEHICLES = '310000-funding-vehicle';
const DRUNK = '310000-drunk-ps-p';

let city: City;
let token: string;
const codes: string[] = [];

const DAYS = 366;
/** As many persons as are asked for: by day of birth and number. */
const personOf = (n: number): string => {
  const day = new Date(Date.UTC(1980, 0, 1 + (n % DAYS))).toISOString().slice(0, 10).replaceAll('-', '');
  return citizenIdOf(`310101${day}${String(Math.floor(n / DAYS)).padStart(3, '0')}`);
};
const firmOf = (n: number): string => usccOf(`91310115M${String(n).padStart(7, '0')}0`);

const publish = async (what: 'Item' | 'Matter', input: object): Promise<void> => {
  const center = await city.token({ role: 'center', unit: UNIT.center, name: '中心' });
  const { errors } = await city.ask(
    `mutation ($input: Publish${what}Input!) { publish${what}(input: $input) { ${what.toLowerCase()} { code } } }`,
    { token: center, purpose: MATTER.quality, variables: { input } },
  );
  expect(errors).toBeUndefined();
};

beforeAll(async () => {
  city = await City.open();
  token = await city.officer(OFFICE);
  await publish('Item', {
    code: DRUNK,
    name: '酒后驾驶行政处罚信息',
    class: 'SUPERVISION',
    tier: 'SHARED',
    jurisdiction: '310000',
    provider: '11310000MBY090001U',
    dataStandard: 'penalty-2018',
    recordType: 'AdministrativePenalty',
    aboutPersons: true,
    negative: true,
    grade: 'GENERAL',
    updateCycle: '每月',
    useScope: '政府共享',
  });
  await publish('Matter', {
    code: VEHICLES,
    name: '新能源汽车专用牌照额度信用审核',
    unit: OFFICE,
    kind: 'FUNDING',
    aboutPersons: true,
    items: [
      DRUNK,
      '310000-enforcement-court-p',
      '310000-arrears-hr',
      '310000-arrears-tax',
      '310000-honor-civ',
    ],
  });
  await city.until(async () => {
    const current = city.running.house.follower.current();
    return Boolean(current?.itemsByCode.has(DRUNK) && current.matters.has(VEHICLES));
  });

  const { registration } = city.running.house.subgraphs;
  const ids: string[] = [];
  for (let n = 0; n < APPLIED; n++) codes.push(n < PERSONS ? personOf(n) : firmOf(n));
  for (let from = 0; from < APPLIED; from += 5_000) {
    const chunk = codes.slice(from, from + 5_000);
    const registered = await registration.subjects?.register(
      chunk.map((code, i) => {
        const isPerson = from + i < PERSONS;
        return {
          code,
          codeKind: isPerson ? ('CITIZEN_ID' as const) : ('USCC' as const),
          kind: isPerson ? ('NATURAL_PERSON' as const) : ('LEGAL_PERSON' as const),
          name: isPerson ? '申请人' : '申请企业',
          jurisdiction: null,
        };
      }),
    );
    ids.push(...(registered?.ids ?? []));
  }
  // Every fifth of a kind until there are enough: failures stand among the others.
  const every = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      subjectId: ids[from + 5 * i] as string,
      documentNumber: `N${from + i}`,
    }));
  await city.records(DRUNK, every(0, FAILED.drunk));
  await city.records('310000-enforcement-court-p', every(1, FAILED.unperformed));
  await city.records('310000-arrears-hr', every(PERSONS, FAILED.insurance));
  await city.records('310000-arrears-tax', every(PERSONS + 1, FAILED.tax));
  // What is no ground to refuse anybody.
  await city.records('310000-honor-civ', every(PERSONS + 2, 500));
}, 120_000);
afterAll(() => city.close());

test('[SP-check] of 43,784 applicants 42,983 pass and 801 fail, 552 persons and 249 firms, each for the reason on file', async () => {
  const ask = (query: string, variables: object) =>
    city.ask(query, { token, purpose: VEHICLES, variables: variables as Record<string, unknown> });
  const { data, errors } = await ask(START, { input: { codes } });
  expect(errors).toBeUndefined();
  const { id } = data.startBatchCheck.job;
  let { job } = (await ask(JOB, { id })).data;
  while (job.state === 'QUEUED' || job.state === 'RUNNING') {
    await sleep(250);
    ({ job } = (await ask(JOB, { id })).data);
  }
  expect(job).toEqual({
    state: 'DONE',
    total: 43_784,
    done: 43_784,
    passed: 42_983,
    failed: 801,
    unknown: 0,
    reason: null,
  });

  const counts = { persons: 0, firms: 0, lines: 0 };
  const reasons: Record<string, number> = {};
  for (let after: string | null = null; ; ) {
    const answer = await ask(
      `query R($id: ID!, $after: String) { job(id: $id) { results(first: 1000, after: $after) {
        nodes { line code outcome hits { item { code } } } pageInfo { hasNextPage endCursor } } } }`,
      { id, after },
    );
    const page: {
      nodes: { line: number; code: string; outcome: string; hits: { item: { code: string } }[] }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    } = answer.data.job.results;
    for (const { line, code, outcome, hits } of page.nodes) {
      expect(line).toBe(++counts.lines);
      if (outcome !== 'FAIL') continue;
      if (code.includes('*')) counts.persons++;
      else counts.firms++;
      for (const { item } of hits) reasons[item.code] = (reasons[item.code] ?? 0) + 1;
    }
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(counts).toEqual({ persons: FAILED_PERSONS, firms: FAILED_FIRMS, lines: APPLIED });
  expect(reasons).toEqual({
    [DRUNK]: FAILED.drunk,
    '310000-enforcement-court-p': FAILED.unperformed,
    '310000-arrears-hr': FAILED.insurance,
    '310000-arrears-tax': FAILED.tax,
  });

  // Each of them is logged, once.
  const { rows } = await city.database('access').query(
    `select count(*)::int as entries, sum(cardinality(subjects))::int as subjects, sum(persons)::int as persons
     from journal_entry where operation like 'batchCheck job ' || $1 || '%'`,
    [id],
  );
  expect(rows).toEqual([{ entries: 44, subjects: APPLIED, persons: PERSONS }]);
}, 120_000);
