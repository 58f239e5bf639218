import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHECK, RESULTS, START, VERIFY, over } from '../checks/desk.ts';
import { Desk, penalty, penaltyItem, providerOf } from '../law/onFile.ts';
import type { AskOptions } from '../support/city.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';

/** 南通市: article 24 has its center offer seven ways to use credit information. */
const MARKET = '11320600MBY016004M';
const FINANCE = '11320600MBY116005B';
const SUPERVISION = '320600-supervision-market';
const PROCUREMENT = '320600-procurement-supplier';
const CENTER = providerOf('320600-declaration-cr');

const PENALIZED = { code: firmCode(1), name: '南通通州湾机械有限公司' };
const CLEAN = { code: firmCode(2), name: '南通海门纺织有限公司' };
const LISTED = { code: firmCode(3), name: '南通启东建设有限公司' };
const NUMBER = '通市监罚〔2026〕第1号';

let city: City;
let desk: Desk;
/** An officer of the finance bureau, who buys. */
let buyer: AskOptions & { token: string };
let record: string;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
  for (const { code, name } of [PENALIZED, CLEAN, LISTED])
    await city.record(await city.subject(code, name, 'LEGAL_PERSON', '320600'), '320600-registration-amr');
  await desk.submit(penaltyItem('320600'), 'penalty-2018', [penalty(PENALIZED, NUMBER, '2026-01-12')]);
  [{ id: record }] = (await desk.penalties(PENALIZED.code)) as [{ id: string }];
  buyer = { token: await city.officer(FINANCE), purpose: PROCUREMENT };
});
afterAll(() => city.close());

const asks = (query: string, variables: Record<string, unknown> = {}, as: AskOptions = buyer) =>
  city.ask(query, { ...as, variables });

test('[NT-24] 基础信息比对核查: whether a fact is as stated', async () => {
  const fact = { recordType: 'AdministrativePenalty', documentNumber: NUMBER };
  const verified = async (code: string) => (await asks(VERIFY, { code, fact })).data.verifyFact;
  expect(await verified(PENALIZED.code)).toBe(true);
  expect(await verified(CLEAN.code)).toBe(false);
});

test('[NT-24] 信用信息查询: what is on file, for an organ within its matter and for the public', async () => {
  const query = `{ subject(code: "${PENALIZED.code}") { name penalties { totalCount nodes { documentNumber legalRepresentative } } } }`;
  const { data, extensions } = await asks(query);
  expect(data.subject).toMatchObject({
    name: PENALIZED.name,
    penalties: { totalCount: 1, nodes: [{ documentNumber: NUMBER }] },
  });
  expect(extensions?.receipt).toEqual(expect.any(String));
  expect((await asks(query, {}, {})).data.subject.penalties.totalCount).toBe(1);
});

test('[NT-24] 信用审查: whether a supplier is in good standing, by the matter’s rule', async () => {
  const outcome = async (code: string) => (await asks(CHECK, { code })).data.checkStanding.outcome;
  expect(await outcome(CLEAN.code)).toBe('PASS');
  expect(await outcome(PENALIZED.code)).toBe('FAIL');
});

test('[NT-24] 红黑名单公示: a list is published with its criteria, and the public reads who is on it', async () => {
  const list = {
    code: 'nantong-severe',
    name: '严重违法失信企业名单',
    kind: 'SEVERE',
    jurisdiction: '320600',
    unit: MARKET,
    item: '320600-severe-amr',
    criteria: '因严重违法行为受到较重行政处罚',
    remedy: '可自收到决定之日起六十日内申请行政复议',
    exit: '列入满三年且未再发生严重违法行为',
  };
  const center = { token: await city.token({ role: 'center', unit: CENTER, name: '钱七' }) };
  const { errors } = await asks(
    'mutation ($input: PublishListInput!) { publishList(input: $input) { list { code } } }',
    { input: list },
    center,
  );
  expect(errors).toBeUndefined();
  await city.record(await city.subject(LISTED.code, LISTED.name), '320600-severe-amr', {
    visibleUntil: '2028-06-01',
  });
  const { data } = await asks(
    `{ creditLists(jurisdiction: "320600", kind: SEVERE) { nodes { name criteria item { code } } }
       subject(code: "${LISTED.code}") { severeListings { nodes { item { code } } } } }`,
    {},
    {},
  );
  const item = { code: '320600-severe-amr' };
  expect(data.creditLists.nodes).toEqual([{ name: list.name, criteria: list.criteria, item }]);
  expect(data.subject.severeListings.nodes).toEqual([{ item }]);
});

test('[NT-24] 信息批量交换: a unit’s records come in by the batch, and findings go out by the batch', async () => {
  const firms = Array.from({ length: 50 }, (_, i) => ({
    code: firmCode(100 + i),
    name: `南通批量${i}号有限公司`,
  }));
  const rows = firms.map((firm, i) => penalty(firm, `通市监罚〔2026〕第${100 + i}号`, '2026-01-12'));
  expect(await desk.submit(penaltyItem('320600'), 'penalty-2018', rows)).toMatchObject({
    accepted: 50,
    rejected: 0,
  });
  const codes = [...firms.map(({ code }) => code), CLEAN.code];
  const started = await asks(START, { input: { codes } });
  const id = started.data.startBatchCheck.job.id as string;
  const desked = { ask: (query: string, variables: Record<string, unknown> = {}) => asks(query, variables) };
  expect(await over(city, desked, id)).toMatchObject({ state: 'DONE', failed: 50, passed: 1 });
  const { nodes } = (await asks(RESULTS, { id, first: 100 })).data.job.results;
  expect(nodes.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    ...firms.map(() => 'FAIL'),
    'PASS',
  ]);
});

test('[NT-24] 联合奖惩: a measure is determined on a record, carried out and reported', async () => {
  const market = { token: await desk.provider(MARKET), purpose: SUPERVISION };
  const determined = await asks(
    'mutation ($input: DetermineMeasuresInput!) { determineMeasures(input: $input) { tasks { id state unit { code } } } }',
    {
      input: {
        code: PENALIZED.code,
        record,
        recordType: 'AdministrativePenalty',
        reason: '依法认定',
        tasks: [{ measure: 'NT-26-3', unit: FINANCE }],
      },
    },
    market,
  );
  const [task] = determined.data.determineMeasures.tasks;
  expect(task).toMatchObject({ state: 'PENDING', unit: { code: FINANCE } });
  const reported = await asks(
    'mutation ($input: ReportMeasureInput!) { reportMeasure(input: $input) { task { state } } }',
    { input: { task: task.id, outcome: 'EXECUTED' } },
    { token: await desk.provider(FINANCE), purpose: PROCUREMENT },
  );
  expect(reported.data.reportMeasure.task.state).toBe('EXECUTED');
});

test('[NT-24] 信息嵌入应用: a business system asks by itself, case by case, and each look is journaled with its channel', async () => {
  const token = await city.token({
    role: 'agency',
    unit: FINANCE,
    name: '政府采购系统',
    sub: 'procurement-system',
    channel: 'procurement-system',
    jurisdiction: '320600',
  });
  const look = (code: string, caseNumber: string) =>
    city.ask(`{ subject(code: "${code}") { penalties { totalCount } } }`, {
      token,
      purpose: { matter: PROCUREMENT, caseNumber },
    });
  const answers = await Promise.all([look(PENALIZED.code, '通采2026-1'), look(CLEAN.code, '通采2026-2')]);
  expect(answers.map(({ data }) => data.subject.penalties.totalCount)).toEqual([1, 0]);
  const { rows } = await city
    .database('access')
    .query(
      'select id, case_number, channel, officer_id from journal_entry where id = any($1) order by case_number',
      [answers.map(({ extensions }) => extensions?.receipt)],
    );
  expect(rows).toEqual(
    answers.map(({ extensions }, i) => ({
      id: extensions?.receipt,
      case_number: `通采2026-${i + 1}`,
      channel: 'procurement-system',
      officer_id: 'procurement-system',
    })),
  );
});
