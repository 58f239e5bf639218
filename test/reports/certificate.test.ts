import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOfPeriod } from '../../policy/reports/layout.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { type Asker, type Report, codeOf, made, make, pdfOf, sha256, verify } from './reporting.ts';

const FIRM = firmCode(1);
const ELSEWHERE = firmCode(2);
const PERIOD = { kind: 'NO_VIOLATION', from: '2024-01-01', to: '2025-06-30' };

let city: City;
let own: Asker;

beforeAll(async () => {
  // The last day on which Jinshan's own rules are in force.
  city = await City.open({ CREDIT_TODAY: '2025-08-13' });
  const firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  await city.subject(ELSEWHERE, '上海明德机械有限公司', 'LEGAL_PERSON', '310115');
  own = { token: await city.token({ role: 'subject', code: FIRM }) };
  const penalty = (documentNumber: string, determinedOn: string, visibleUntil: string | null = null) =>
    city.record(firm, '310116-penalty-amr', { documentNumber, determinedOn, visibleUntil });
  await penalty('期前', '2023-12-31');
  await penalty('首日', '2024-01-01');
  await penalty('末日', '2025-06-30');
  await penalty('期后', '2025-07-01');
  await penalty('已过期限', '2024-05-01', '2025-08-12');
  await city.record(firm, '310116-judgment-court', { documentNumber: '判1', determinedOn: '2023-05-01' });
  // On the list since before the period, and off it within.
  await city.record(firm, '310116-enforcement-court', {
    documentNumber: '执1',
    determinedOn: '2022-05-01',
    endedOn: '2024-01-01',
  });
});
afterAll(() => city.close());

const outcomesOf = ({ certificate }: Report) =>
  certificate.fields.map(({ unit, outcome, entries }) => [
    unit.code,
    outcome,
    entries.map(({ documentNumber }) => documentNumber).toSorted(),
  ]);

test('[JS-20] for chosen fields and a period it lists what is on file and in term, and says where nothing is', async () => {
  const report = await made(city, own, { ...PERIOD, fields: [UNIT.market, UNIT.enforcement, UNIT.court] });
  expect(outcomesOf(report)).toEqual([
    [UNIT.market, 'ON_FILE', ['末日', '首日'].toSorted()],
    [UNIT.enforcement, 'NONE_ON_FILE', []],
    [UNIT.court, 'ON_FILE', ['执1']],
  ]);
  expect(report.sections).toEqual([]);
  expect(report.certificate.fields[1]?.items).toEqual(['行政处罚信息（城市管理）']);
  expect(sha256(report.document)).toBe(report.digest);
  expect(await verify(city, report.number, report.digest)).toMatchObject({
    status: 'VALID',
    kind: 'NO_VIOLATION',
  });
  const { text } = await pdfOf(city, report.pdf, own);
  for (const shown of [
    '专用公共信用信息报告（替代无违法违规证明）',
    '查询期间2024-01-01至2025-06-30',
    '无在查询期限内的失信信息记录',
    '执1',
    '第二十条',
  ])
    expect(text).toContain(shown);
  for (const hidden of ['期前', '期后', '已过期限有', '判1']) expect(text).not.toContain(`文号${hidden}`);
});

test('[JS-20, JS-26] it stands in place of certificates by Jinshan’s article, of a firm of Jinshan, while that is in force', async () => {
  const basis = async (asker: Asker) => (await made(city, asker, PERIOD)).certificate.basis;
  expect(await basis(own)).toEqual({
    document: '上海市金山区公共信用信息管理实施办法（金发改规〔2023〕3号）',
    article: '第二十条',
  });
  expect(await basis({ token: await city.token({ role: 'subject', code: ELSEWHERE }) })).toBeNull();
});

test('[JS-20] without fields it is about every unit that provides negative information', async () => {
  const { certificate } = await made(city, own, PERIOD);
  const units = certificate.fields.map(({ unit }) => unit.code);
  expect(units).toEqual(expect.arrayContaining([UNIT.market, UNIT.court, UNIT.personnel]));
  expect(new Set(units).size).toBe(units.length);
  expect(certificate.fields.map(({ outcome }) => outcome)).not.toContain('NOT_STATED');
});

test('[JS-20, SH-18] what is not open to who asked is never said to be none', async () => {
  const tender = { token: await city.officer(UNIT.construction), purpose: MATTER.tender };
  const fields = [UNIT.market, UNIT.personnel, UNIT.construction];
  const report = await made(city, tender, { ...PERIOD, code: ELSEWHERE, fields });
  const [market, , construction] = report.certificate.fields;
  expect(market).toMatchObject({ outcome: 'NOT_STATED', entries: [] });
  expect(market?.closedItems).toContain('经营异常名录信息');
  // The catalogue has no negative item of theirs: that says nothing about the firm.
  expect(construction).toMatchObject({ outcome: 'NOT_STATED', items: [] });
  const { text } = await pdfOf(city, report.pdf, tender);
  expect(text).toContain('不作说明');
  expect(text).not.toContain('结论无在查询期限内');
});

test('[JS-20] it is refused for natural persons, for periods that are none or to come, and for unknown fields', async () => {
  const person = personCode(1);
  await city.subject(person, '张三', 'NATURAL_PERSON');
  const itself = { token: await city.token({ role: 'subject', code: person }) };
  expect(codeOf(await make(city, itself, PERIOD))).toBe('BAD_USER_INPUT');
  for (const wrong of [
    { from: null },
    { from: '2025-02-29' },
    { from: '2025-07-01' },
    { to: '2025-08-14' },
    { fields: [] },
    { fields: ['91310116Y000000000'] },
    { kind: 'STANDARD' },
  ])
    expect([wrong, codeOf(await make(city, own, { ...PERIOD, ...wrong }))]).toEqual([
      wrong,
      'BAD_USER_INPUT',
    ]);
});

test('[JS-20] if an agency is down it says nothing at all', async () => {
  await city.reachable('penalties', false);
  const answer = await make(city, own, { ...PERIOD, fields: [UNIT.enforcement] });
  await city.reachable('penalties', true);
  expect(codeOf(answer)).toBe('SUBGRAPH_UNAVAILABLE');
});

test('a record is one of a period by its day; being on a list lasts until it ends', () => {
  const on = (determinedOn: string | null, endedOn: string | null = null) => ({
    determinedOn,
    formedOn: null,
    endedOn,
  });
  const of = (type: string, days: ReturnType<typeof on>) =>
    isOfPeriod(type, days, '2024-01-01', '2024-12-31');
  expect(of('AdministrativePenalty', on('2023-12-31'))).toBe(false);
  expect(of('AdministrativePenalty', on('2024-12-31'))).toBe(true);
  expect(of('SevereListing', on('2020-01-01'))).toBe(true);
  expect(of('SevereListing', on('2020-01-01', '2023-12-31'))).toBe(false);
  expect(of('SevereListing', on('2025-01-01'))).toBe(false);
  expect(of('Judgment', on(null))).toBe(true);
});
