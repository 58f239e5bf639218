import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localTransport } from '../../gateway/federation/transport.ts';
import { type AskOptions, City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { Desk, callers, moveTo, penalty, penaltyItem } from './onFile.ts';

const DAY_MS = 86_400_000;
const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Decisions and the last day of their term, by jurisdiction, ordered by that day. */
const TERMS: [provisions: string, jurisdiction: string, decided: string, grade: string, lastDay: string][] = [
  ['[SH-27] 310000, from a leap day', '310000', '2020-02-29', '一般', '2025-02-28'],
  ['[NT-30] 320600, 一般, from a leap day', '320600', '2024-02-29', '一般', '2025-02-28'],
  ['[SH-27] 310116, on a public holiday', '310116', '2020-10-01', '一般', '2025-10-01'],
  ['[SH-27] 310000', '310000', '2021-03-02', '一般', '2026-03-02'],
  ['[SH-27] 310116', '310116', '2021-03-02', '严重', '2026-03-02'],
  ['[SH-27] 310112', '310112', '2021-03-02', '轻微', '2026-03-02'],
  ['[SH-27] 310115', '310115', '2021-03-02', '一般', '2026-03-02'],
  ['[ZD-35] 370303', '370303', '2021-03-02', '一般', '2026-03-02'],
  ['[NT-30] 320600, 一般: one year', '320600', '2025-03-02', '一般', '2026-03-02'],
  ['[NT-30] 320600, 轻微: one year', '320600', '2025-03-02', '轻微', '2026-03-02'],
  ['[NT-30] 320600, 严重: three years', '320600', '2023-03-02', '严重', '2026-03-02'],
  ['[SH-27] 310112, into a leap year', '310112', '2023-02-28', '一般', '2028-02-28'],
];

let city: City;
let desk: Desk;
let next = 0;

beforeAll(async () => {
  city = await City.open({ CREDIT_TODAY: '2025-02-27' });
  desk = new Desk(city);
});
afterAll(() => city.close());

const LIST = `{ totalCount nodes { documentNumber } edges { node { documentNumber } } pageInfo { endCursor } }`;

/** Each way of asking about a firm, and what it says of its penalties. */
const shapes = (code: string, name: string) => ({
  subject: [`{ subject(code: "${code}") { penalties ${LIST} } }`, 'subject'],
  count: [`{ subject(code: "${code}") { penalties(first: 0) { totalCount } } }`, 'subject'],
  subjects: [`{ subjects(codes: ["${code}"]) { penalties ${LIST} } }`, 'subjects'],
  search: [`{ searchSubjects(name: "${name}") { nodes { penalties ${LIST} } } }`, 'searchSubjects'],
});

/** The total that every shape of query gives every caller who may see the item, by caller and shape. */
async function totals(code: string, name: string): Promise<Set<number>> {
  const found = new Set<number>();
  const { public: anyone, subject } = await callers(city, code);
  for (const [query] of Object.values(shapes(code, name))) {
    found.add(total(await city.ask(query as string, anyone)));
  }
  found.add(total(await city.ask(`{ me { penalties ${LIST} } }`, subject)));
  const penalties = localTransport(city.running.house.subgraphs.penalties);
  const today = city.running.house.clock.today();
  const id = await city.subject(code, name);
  const grant = {
    scope: { kind: 'PUBLIC' as const, persons: [] },
    today,
    caller: { role: null, unit: null, subject: null },
  };
  const entities = await penalties.ask(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { penalties ${LIST} } } }`,
    { r: [{ __typename: 'Subject', id }] },
    undefined,
    grant,
  );
  found.add(total(entities));
  const any = await penalties.ask(
    'query ($s: [ID!]!) { _disclosed(subjects: $s) }',
    { s: [id] },
    undefined,
    grant,
  );
  expect(any.data).toEqual({ _disclosed: [[...found][0] !== 0] });
  return found;
}

/** The one totalCount in an answer; nodes and edges have to agree with it. */
function total(answer: { data?: unknown; errors?: unknown }): number {
  expect(answer.errors ?? []).toEqual([]);
  const text = JSON.stringify(answer.data);
  const count = Number(/"totalCount":(\d+)/.exec(text)?.[1]);
  if (text.includes('"nodes":[') && text.includes('"edges"')) {
    expect([...text.matchAll(/"documentNumber"/g)]).toHaveLength(2 * count);
  }
  return count;
}

describe('a penalty is shown up to the last day of its term, and gone the day after with no job run', () => {
  test.each(TERMS)('%s', async (_, jurisdiction, decided, grade, lastDay) => {
    moveTo(city, later(lastDay, -1));
    next += 1;
    const subject = { code: firmCode(next), name: `上海期限${next}号有限公司` };
    const row = penalty(subject, `期限〔${decided.slice(0, 4)}〕${next}号`, decided, { 失信程度: grade });
    expect(await desk.submit(penaltyItem(jurisdiction), 'penalty-2018', [row])).toMatchObject({
      accepted: 1,
    });
    expect(await desk.penalties(subject.code)).toMatchObject([{ visibleUntil: lastDay }]);
    moveTo(city, lastDay);
    expect(await totals(subject.code, subject.name)).toEqual(new Set([1]));
    moveTo(city, later(lastDay, 1));
    expect(await totals(subject.code, subject.name)).toEqual(new Set([0]));
    const { rows } = await city
      .database('penalties')
      .query('select count(*)::int as n from administrative_penalty where document_number = $1', [
        row['行政处罚决定书文号'],
      ]);
    expect(rows).toEqual([{ n: 1 }]);
  });
});

test('[JS-13] records of one firm from two jurisdictions each have the term of their own, whoever asks', async () => {
  next += 1;
  const subject = { code: firmCode(next), name: `上海期限${next}号有限公司` };
  const decided = '2025-02-10';
  moveTo(city, '2025-02-17');
  for (const jurisdiction of ['310116', '320600'])
    await desk.submit(penaltyItem(jurisdiction), 'penalty-2018', [
      penalty(subject, `互认〔2025〕${jurisdiction}号`, decided),
    ]);
  moveTo(city, '2026-02-10');
  expect(await totals(subject.code, subject.name)).toContain(2);
  moveTo(city, '2026-02-11');
  expect(await totals(subject.code, subject.name)).toEqual(new Set([1]));
  expect(await desk.penalties(subject.code)).toMatchObject([
    { documentNumber: '互认〔2025〕310116号', visibleUntil: '2030-02-10' },
  ]);
});

describe('[RET-open] conduct that has not ended', () => {
  const listing = (subject: { code: string; name: string }): Record<string, string> => ({
    企业名称: subject.name,
    统一社会信用代码: subject.code,
    列入日期: '2019-03-04',
    列入原因: '通过登记的住所无法联系',
    '作出决定机关（列入）': '市场监督管理局',
    失信程度: '一般',
  });
  const shown = async (code: string, options: AskOptions = {}) =>
    (
      await city.ask(
        `{ subject(code: "${code}") { abnormalListings { totalCount nodes { visibleUntil } } } }`,
        options,
      )
    ).data.subject.abnormalListings;

  test.each(['310000', '310116', '310115', '310112', '370303'])(
    'stays in %s until it has ended, and five years from then',
    async (jurisdiction) => {
      next += 1;
      const subject = { code: firmCode(next), name: `上海名录${next}号有限公司` };
      const item = `${jurisdiction}-abnormal-amr`;
      moveTo(city, '2026-03-02');
      await desk.submit(item, 'abnormal', [listing(subject)]);
      expect(await shown(subject.code)).toEqual({ totalCount: 1, nodes: [{ visibleUntil: null }] });
      moveTo(city, '2029-06-01');
      expect(await shown(subject.code)).toMatchObject({ totalCount: 1 });
      await desk.submit(item, 'abnormal', [{ ...listing(subject), 移出日期: '2024-06-01' }]);
      expect(await shown(subject.code)).toEqual({ totalCount: 1, nodes: [{ visibleUntil: '2029-06-01' }] });
      moveTo(city, '2029-06-02');
      expect(await shown(subject.code)).toEqual({ totalCount: 0, nodes: [] });
    },
  );

  test('[NT-30] is no matter in 320600, where terms count from the determination', async () => {
    next += 1;
    const subject = { code: firmCode(next), name: `南通名录${next}号有限公司` };
    await desk.submit('320600-abnormal-amr', 'abnormal', [{ ...listing(subject), 列入日期: '2028-06-02' }]);
    expect(await shown(subject.code)).toEqual({ totalCount: 1, nodes: [{ visibleUntil: '2029-06-02' }] });
    moveTo(city, '2029-06-03');
    expect(await shown(subject.code)).toEqual({ totalCount: 0, nodes: [] });
  });
});

test('[SR-30] what stands alone, such as a registration, is gone after its last day as well', async () => {
  next += 1;
  const code = firmCode(next);
  const row = { 企业名称: '上海单项有限公司', 统一社会信用代码: code, 注册日期: '2019-05-06' };
  await desk.submit('310116-registration-amr', 'enterprise', [row]);
  const today = city.running.house.clock.today();
  await city.database('registration').query('update registration set visible_until = $1', [today]);
  const ask = async (options: AskOptions) =>
    (await city.ask(`{ subject(code: "${code}") { registration { id } } }`, options)).data.subject
      .registration;
  const token = await city.officer(UNIT.market);
  const officer = { token, purpose: '310116-supervision-market' };
  for (const options of [{}, officer]) expect(await ask(options)).not.toBeNull();
  moveTo(city, later(today, 1));
  for (const options of [{}, officer]) expect(await ask(options)).toBeNull();
});
