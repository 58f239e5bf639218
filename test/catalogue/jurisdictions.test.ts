import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';

/** 深圳市, as an operator adds it: one file. */
const SHENZHEN = `code: "440300"
name: { zh: 深圳市, en: Shenzhen }
document: 深圳市公共信用信息管理办法
inForce: { from: 2017-10-01 }
retention:
  from: DETERMINATION
  terms: { MINOR: P6M, GENERAL: P2Y, SEVERE: P4Y }
  source: SZ-20
  article: 第二十条
minimumAge: { years: 16, source: SZ-10, article: 第十条 }
prohibited: { contents: [GENES], source: SZ-12, article: 第十二条 }
`;

let folder: string;
let city: City;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jurisdictions-'));
  writeFileSync(join(folder, '440300.yaml'), SHENZHEN);
  city = await City.open({ JURISDICTIONS: folder, JURISDICTIONS_IN_FORCE: '310000-draft=2027-01-01' });
});
afterAll(async () => {
  await city.close();
  rmSync(folder, { recursive: true });
});

const RULES = `query ($code: String!, $on: Date) {
  jurisdiction(code: $code, on: $on) {
    code name { zh } on inForceFrom inForceTo ownRulesInForce parent { code }
    rules { key figures source article document statedBy }
  }
}`;

interface Rule {
  key: string;
  figures: Record<string, unknown>;
  source: string;
  article: string;
  document: string;
  statedBy: string;
}

async function rulesOf(code: string, on?: string) {
  const { data, errors } = await city.ask(RULES, { variables: { code, on } });
  expect(errors).toBeUndefined();
  const { rules, ...jurisdiction } = data.jurisdiction as { rules: Rule[] };
  return { jurisdiction, rules: Object.fromEntries(rules.map((rule) => [rule.key, rule])) };
}

describe('jurisdiction(code, on)', () => {
  test('[SH-27] anyone reads what holds today, with its figures, article and document', async () => {
    const { jurisdiction, rules } = await rulesOf('310000');
    expect(jurisdiction).toEqual({
      code: '310000',
      name: { zh: '上海市' },
      on: '2026-03-02',
      inForceFrom: '2016-03-01',
      inForceTo: null,
      ownRulesInForce: true,
      parent: null,
    });
    expect(rules['retention']).toEqual({
      key: 'retention',
      figures: { from: 'END_OF_CONDUCT', terms: { MINOR: 'P5Y', GENERAL: 'P5Y', SEVERE: 'P5Y' } },
      source: 'SH-27',
      article: '第二十七条第一款',
      document: '上海市公共信用信息归集和使用管理办法（市政府令第38号）',
      statedBy: '310000',
    });
  });

  test.each([
    ['2023-08-13', false],
    ['2023-08-14', true],
    ['2024-02-29', true],
    ['2025-08-13', true],
    ['2025-08-14', false],
  ])('[JS-26][JS-24] Jinshan’s own rules on %s: %s; the city’s hold throughout', async (on, own) => {
    const { jurisdiction, rules } = await rulesOf('310116', on);
    expect(jurisdiction).toMatchObject({ code: '310116', ownRulesInForce: own, parent: { code: '310000' } });
    expect(rules['promiseRepair']?.statedBy).toBe(own ? '310116' : undefined);
    expect(rules['retention']).toMatchObject({ source: 'SH-27', statedBy: '310000' });
  });

  test.each([
    ['310115', { key: 'redList', source: 'PD-10', statedBy: '310115' }],
    ['310115', { key: 'objection', source: 'SH-29', statedBy: '310000' }],
    ['310112', { key: 'doublePublicity', figures: { workingDays: 7 }, statedBy: '310112' }],
    ['310112', { key: 'honorDeletion', figures: { workingDays: 2, notify: 'PROVIDER' }, statedBy: '310000' }],
    [
      '320600',
      { key: 'objection', figures: expect.objectContaining({ review: 10, correct: 3 }), source: 'NT-32' },
    ],
    ['370303', { key: 'submission', figures: { workingDays: 7 }, source: 'ZD-11' }],
  ])('[JS-3] a district has its own rules and, where it has none, the city’s: %s %j', async (code, rule) => {
    expect((await rulesOf(code)).rules[rule.key]).toMatchObject(rule);
  });

  test('[SR-30] a draft that an operator puts in force replaces the city’s rules from its first day', async () => {
    expect((await rulesOf('310116', '2026-12-31')).rules['retention']).toMatchObject({ source: 'SH-27' });
    expect((await rulesOf('310116', '2027-01-01')).rules['retention']).toMatchObject({
      source: 'SR-30',
      document: '上海市社会信用条例（草案）',
      statedBy: '310000-draft',
    });
  });

  test('nothing is in force before the first rules, nor where none are known; a day that does not exist is bad input', async () => {
    for (const variables of [
      { code: '310000', on: '2016-02-29' },
      { code: '999999' },
      { code: '310000-draft' },
    ]) {
      expect(await city.ask(RULES, { variables })).toEqual({ data: { jurisdiction: null } });
    }
    const { errors } = await city.ask(RULES, { variables: { code: '310000', on: '2025-02-29' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'on' });
  });

  test('all jurisdictions are listed, the added one as well', async () => {
    const { data } = await city.ask('{ jurisdictions { code } }');
    expect(data.jurisdictions.map(({ code }: { code: string }) => code)).toEqual([
      '310000',
      '310112',
      '310115',
      '310116',
      '320600',
      '370303',
      '440300',
    ]);
  });
});

test('[JS-26][NT-30] a jurisdiction added by one file has its catalogue, and its records have its terms', async () => {
  const token = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  const publish = `mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { code jurisdiction } } }`;
  const item = {
    code: '440300-penalty',
    name: '行政处罚信息',
    class: 'SUPERVISION',
    tier: 'PUBLIC',
    jurisdiction: '440300',
    provider: UNIT.market,
    dataStandard: 'graphql',
    recordType: 'AdministrativePenalty',
    aboutPersons: false,
    negative: true,
    grade: 'GENERAL',
    updateCycle: '每月',
  };
  const asked = { token };
  const published = await city.ask(publish, { ...asked, variables: { input: item } });
  expect(published.errors).toBeUndefined();
  const genes = { ...item, code: '440300-genes', name: '基因信息' };
  const refused = await city.ask(publish, { ...asked, variables: { input: genes } });
  expect(refused.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  expect(refused.errors?.[0]?.message).toContain('SZ-12');

  const submit = `mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { receipt { accepted rejected rejects { nodes { reason } } } } }`;
  const input = {
    layout: 'administrative-penalty',
    jurisdiction: '440300',
    provider: UNIT.market,
    rows: [
      {
        主体名称: '深圳一号公司',
        主体代码: firmCode(1),
        documentNumber: '深罚1',
        title: '行政处罚',
        determinedOn: '2025-02-28',
        penaltyType: '罚款',
      },
    ],
  };
  await Promise.all(Object.values(city.running.house.subgraphs).map((subgraph) => subgraph.refresh()));
  const { data, errors } = await city.ask(submit, { ...asked, variables: { input } });
  expect(errors).toBeUndefined();
  expect(data.submitRecords.receipt).toEqual({ accepted: 1, rejected: 0, rejects: { nodes: [] } });
  const found = await city.ask(
    `{ subject(code: "${firmCode(1)}") { penalties { nodes { jurisdiction visibleUntil } } } }`,
  );
  expect(found.data.subject.penalties.nodes).toEqual([
    { jurisdiction: '440300', visibleUntil: '2027-02-28' },
  ]);
});
