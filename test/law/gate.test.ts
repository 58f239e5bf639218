import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { citizenIdOf } from '../../policy/identifiers/code.ts';

const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) {
    receipt { id received accepted duplicates rejected quarantined rejects { nodes { line column rule reason } } secrecyReviewedBy secrecyReviewedOn }
  }
}`;

interface Receipt {
  id: string;
  accepted: number;
  duplicates: number;
  rejected: number;
  quarantined: number;
  rejects: { nodes: { column: string | null; rule: string; reason: string }[] };
}

let city: City;
let center: string;
beforeAll(async () => {
  city = await City.open();
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
});
afterAll(() => city.close());

type Row = Record<string, unknown>;

const ask = (item: string, layout: string, rows: Row[], more: Record<string, unknown> = {}) => {
  const found = city.running.house.follower.current()?.itemsByCode.get(item);
  if (!found) throw new Error(`no item ${item}`);
  const { jurisdiction, provider } = found;
  const input = { layout, jurisdiction, provider, item, rows, ...more };
  return city.ask(SUBMIT, { token: center, variables: { input } });
};

async function submit(
  item: string,
  layout: string,
  rows: Row[],
  more: Record<string, unknown> = {},
): Promise<Receipt> {
  const { data, errors } = await ask(item, layout, rows, more);
  expect(errors).toBeUndefined();
  return data.submitRecords.receipt as Receipt;
}

/** `accepted`, or the rule that refused the row. */
async function outcome(
  item: string,
  layout: string,
  row: Row,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { accepted, quarantined, rejects } = await submit(item, layout, [row], more);
  if (quarantined > 0) return 'quarantined';
  return accepted === 1 ? 'accepted' : (rejects.nodes[0]?.rule ?? 'nothing');
}

let nth = 1;
const person = (born: string): { 主体名称: string; 主体代码: string } => {
  const code = citizenIdOf(`310116${born.replaceAll('-', '')}${String(nth++ % 1000).padStart(3, '0')}`);
  return { 主体名称: `周${nth}`, 主体代码: code };
};
const firm = () => ({ 主体名称: `上海守门${nth++}号公司`, 主体代码: firmCode(70_000 + nth) });
const penalty = (more: Row = {}): Row => ({
  文号: `沪罚${nth++}`,
  标题: '行政处罚',
  认定日期: '2025-06-02',
  形成日期: '2025-06-02',
  失信程度: '一般',
  ...more,
});

/** The plain layout of a record type stands beside the field's own. */
async function plainItem(code: string, of: Record<string, unknown>): Promise<void> {
  const publish = 'mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { code } } }';
  const usual = {
    code,
    name: '行政处罚信息',
    class: 'SUPERVISION',
    tier: 'SHARED',
    provider: UNIT.market,
    dataStandard: 'graphql',
    recordType: 'AdministrativePenalty',
    aboutPersons: false,
    negative: true,
    grade: 'GENERAL',
    updateCycle: '每月',
  };
  const { errors } = await city.ask(publish, { token: center, variables: { input: { ...usual, ...of } } });
  expect(errors).toBeUndefined();
  const known = () => city.running.house.follower.current()?.itemsByCode.has(code) === true;
  await city.until(async () => known());
  await city.running.house.subgraphs.collection.refresh();
}

const JURISDICTIONS = ['310000', '310112', '310115', '310116', '320600', '370303'];
const REVIEW = { secrecyReview: { reviewedBy: '吴九', reviewedOn: '2026-03-01' } };

beforeAll(async () => {
  for (const jurisdiction of JURISDICTIONS) {
    await plainItem(`${jurisdiction}-gate`, { jurisdiction });
    await plainItem(`${jurisdiction}-gate-p`, { jurisdiction, aboutPersons: true });
  }
});

describe.each(JURISDICTIONS)('in %s', (jurisdiction) => {
  const firms = `${jurisdiction}-gate`;
  const persons = `${jurisdiction}-gate-p`;

  test.each([
    ['the day before the 18th birthday', '2023-06-01', 'MINOR'],
    ['the birthday', '2023-06-02', 'accepted'],
    ['the day after', '2023-06-03', 'accepted'],
  ])('[SH-10] what a person did on %s: %s', async (_, day, expected) => {
    const row = { ...person('2005-06-02'), ...penalty({ 认定日期: day, 形成日期: day }) };
    expect(await outcome(persons, 'administrative-penalty', row, REVIEW)).toBe(expected);
  });

  test('[SH-10] who was born on a leap day comes of age on the last of February', async () => {
    const on = async (day: string) =>
      outcome(
        persons,
        'administrative-penalty',
        { ...person('2004-02-29'), ...penalty({ 认定日期: day, 形成日期: day }) },
        REVIEW,
      );
    expect(await on('2022-02-27')).toBe('MINOR');
    expect(await on('2022-02-28')).toBe('accepted');
  });

  test.each([
    [{ 处罚程序: '简易程序' }, 'SUMMARY_PROCEDURE'],
    [{ 备注: '适用简易程序，当场处罚' }, 'SUMMARY_PROCEDURE'],
    [{ 处罚程序: '一般程序' }, 'accepted'],
    [{}, 'accepted'],
  ])('[SH-12] a penalty with %j: %s', async (more, expected) => {
    expect(await outcome(firms, 'administrative-penalty', { ...firm(), ...penalty(more) }, REVIEW)).toBe(
      expected,
    );
  });

  test('[NT-15] without a degree: refused where the jurisdiction asks for it', async () => {
    const row = { ...firm(), ...penalty({ 失信程度: '' }) };
    expect(await outcome(firms, 'administrative-penalty', row, REVIEW)).toBe(
      jurisdiction === '320600' ? 'DEGREE_MISSING' : 'accepted',
    );
  });

  test('[ZD-18] without the attestation of a secrecy review: refused where the jurisdiction asks for it, before anything is read', async () => {
    const { data, errors } = await ask(firms, 'administrative-penalty', [{ ...firm(), ...penalty() }]);
    if (jurisdiction === '370303') {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'secrecyReview' });
      expect(errors?.[0]?.message).toContain('ZD-18');
    } else expect(data.submitRecords.receipt.accepted).toBe(1);
  });

  test.each([
    ['当事人患有精神分裂症', 'quarantined'],
    ['当事人信仰基督教', 'quarantined'],
    ['当事人血型为A型', 'quarantined'],
    ['采集了当事人的指纹', jurisdiction === '320600' ? 'accepted' : 'quarantined'],
    ['当事人未按规定公示年报', 'accepted'],
  ])('[SH-14][NT-14] a text about a person: %s: %s', async (facts, expected) => {
    const row = { ...person('1985-07-01'), ...penalty({ 违法事实: facts }) };
    expect(await outcome(persons, 'administrative-penalty', row, REVIEW)).toBe(expected);
  });

  test.each(['宗教信仰', '血型', '指纹', '病史'])(
    '[SH-14][NT-14] a column “%s” is refused',
    async (column) => {
      const rows = [{ ...person('1985-07-01'), ...penalty(), [column]: '无' }];
      const { errors } = await ask(persons, 'administrative-penalty', rows, REVIEW);
      if (jurisdiction === '320600' && column === '指纹') expect(errors).toBeUndefined();
      else expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: column });
    },
  );
});

describe('a quarantined text', () => {
  const QUEUE = `query ($state: QuarantineState) {
    quarantinedRows(state: $state, first: 100) { totalCount nodes { id receipt { id } line column content word excerpt state reason decidedBy } }
  }`;
  const DECIDE = `mutation ($input: DecideQuarantinedRowInput!) { decideQuarantinedRow(input: $input) { row { id state reason } } }`;
  const RECEIPT =
    'query ($id: ID!) { receipt(id: $id) { accepted rejected quarantined rejects { nodes { rule } } } }';

  async function waiting(receipt: string) {
    const { data, errors } = await city.ask(QUEUE, { token: center, purpose: MATTER.quality });
    expect(errors).toBeUndefined();
    const { nodes } = data.quarantinedRows as { nodes: { id: string; receipt: { id: string } }[] };
    return nodes.find((row) => row.receipt.id === receipt) as { id: string };
  }
  const decide = (id: string, release: boolean, token = center, purpose: string = MATTER.quality) =>
    city.ask(DECIDE, { token, purpose, variables: { input: { id, release, reason: '医院名称中的词语' } } });
  const receipt = async (id: string) =>
    (await city.ask(RECEIPT, { token: center, variables: { id } })).data.receipt;
  const shown = async (code: string) =>
    (
      await city.ask(`{ subject(code: "${code}") { penalties { nodes { facts } } } }`, {
        token: await city.officer(UNIT.market),
        purpose: '310116-supervision-market',
      })
    ).data.subject?.penalties.nodes ?? [];

  test('[SH-14] is in no answer until a person lets it through, then it is collected under its receipt', async () => {
    const row = { ...firm(), ...penalty({ 违法事实: '未经许可接诊患有糖尿病的患者' }) };
    const batch = await submit('310116-gate', 'administrative-penalty', [row, { ...firm(), ...penalty() }]);
    expect(batch).toMatchObject({ accepted: 1, rejected: 0, quarantined: 1 });
    expect(await shown(row.主体代码)).toEqual([]);
    const waits = await waiting(batch.id);
    expect(waits).toMatchObject({
      line: 1,
      column: '违法事实',
      content: 'MEDICAL_HISTORY',
      word: '患有',
      state: 'PENDING',
    });
    expect((await decide(waits.id, true)).data.decideQuarantinedRow.row).toMatchObject({ state: 'RELEASED' });
    expect(await receipt(batch.id)).toMatchObject({ accepted: 2, rejected: 0, quarantined: 0 });
    const again = await decide(waits.id, false);
    expect(again.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', state: 'RELEASED' });
  });

  test('[SH-26][SH-19] the center’s own staff reads and decides for a purpose, and both stand in the journal', async () => {
    const batch = await submit('310116-gate', 'administrative-penalty', [
      { ...firm(), ...penalty({ 违法事实: '当事人患有疾病' }) },
    ]);
    const { id } = await waiting(batch.id);
    const input = { id, release: true, reason: '核查' };
    for (const [query, variables] of [
      [QUEUE, {}],
      [DECIDE, { input }],
    ] as const) {
      const { errors } = await city.ask(query, { token: center, variables });
      expect(errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    }
    const { extensions } = await city.ask(QUEUE, { token: center, purpose: MATTER.quality });
    const { rows } = await city
      .database('access')
      .query('select role, matter from journal_entry where id = $1', [extensions?.receipt]);
    expect(rows).toEqual([{ role: 'center', matter: MATTER.quality }]);
    expect((await decide(id, true)).errors).toBeUndefined();
  });

  test('[SH-14] that is refused goes back to its provider and is kept nowhere', async () => {
    const batch = await submit('310116-gate', 'administrative-penalty', [
      { ...firm(), ...penalty({ 违法事实: '法定代表人确诊为艾滋病' }) },
    ]);
    const { id } = await waiting(batch.id);
    expect((await decide(id, false)).errors).toBeUndefined();
    expect(await receipt(batch.id)).toEqual({
      accepted: 0,
      rejected: 1,
      quarantined: 0,
      rejects: { nodes: [{ rule: 'PROHIBITED_CONTENT' }] },
    });
    const file = await city.ask('query ($id: ID!) { receipt(id: $id) { correctionFile } }', {
      token: center,
      variables: { id: batch.id },
    });
    expect(file.data.receipt.correctionFile).not.toContain('艾滋');
    const { rows } = await city
      .database('collection')
      .query('select sealed_row from quarantined where id = $1', [id]);
    expect(rows).toEqual([{ sealed_row: null }]);
  });

  test('[SH-14] the queue is the center’s; two who decide at once decide once', async () => {
    const provider = await city.token({ role: 'provider', unit: UNIT.market, name: '赵六' });
    const asProvider = await city.ask(QUEUE, { token: provider, purpose: MATTER.supervision });
    expect(asProvider.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const batch = await submit('310116-gate', 'administrative-penalty', [
      { ...firm(), ...penalty({ 违法事实: '当事人患有疾病' }) },
    ]);
    const { id } = await waiting(batch.id);
    const decided = await decide(id, true, provider, MATTER.supervision);
    expect(decided.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const both = await Promise.all([decide(id, true), decide(id, true)]);
    expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(await receipt(batch.id)).toMatchObject({ accepted: 1, quarantined: 0 });
  });
});

describe('[SH-13] arrears of utilities', () => {
  const arrears = (demandedOn: string | null, more: Row = {}): Row => ({
    ...person('1985-07-01'),
    文号: `欠${nth++}`,
    认定日期: '2025-08-01',
    欠缴种类: '公用事业费',
    欠缴金额: '300.00',
    ...(demandedOn && { 催告日期: demandedOn }),
    ...more,
  });
  const of = (row: Row) => outcome('310000-arrears-wa-p', 'arrears', row);

  // Today is 2026-03-02.
  test.each([
    ['2025-09-03', 'UTILITY_ARREARS_EARLY'],
    ['2025-09-02', 'UTILITY_ARREARS_EARLY'],
    ['2025-09-01', 'accepted'],
    ['2025-08-31', 'accepted'],
    [null, 'UTILITY_ARREARS_EARLY'],
  ])('demanded on %s: %s', async (demandedOn, expected) => {
    expect(await of(arrears(demandedOn))).toBe(expected);
  });

  test('paid within six months of the demand they do not count, paid later they do', async () => {
    expect(await of(arrears('2025-01-15', { 终止日期: '2025-07-15' }))).toBe('UTILITY_ARREARS_EARLY');
    expect(await of(arrears('2025-01-15', { 终止日期: '2025-07-16' }))).toBe('accepted');
  });

  test('taxes have no such term', async () => {
    const row = { ...arrears(null), ...firm(), 欠缴种类: '税款' };
    expect(await outcome('310000-arrears-tax', 'arrears', row)).toBe('accepted');
  });
});

test.each([
  [{ 案件类型: '民商事', 案由: '买卖合同纠纷' }, 'accepted'],
  [{ 案件类型: '民商事', 案由: '离婚纠纷' }, 'NOT_PROPERTY_DISPUTE'],
  [{ 案件类型: '民商事', 案由: '名誉权纠纷' }, 'NOT_PROPERTY_DISPUTE'],
  [{ 案件类型: '民商事', 案由: '其他纠纷' }, 'NOT_PROPERTY_DISPUTE'],
  [{ 案件类型: '民商事', 案由: '其他纠纷', 涉及财产纠纷: '是' }, 'accepted'],
  [{ 案件类型: '民商事', 案由: '买卖合同纠纷', 涉及财产纠纷: '否' }, 'NOT_PROPERTY_DISPUTE'],
  [{ 案件类型: '刑事', 案由: '合同诈骗罪' }, 'accepted'],
])('[SH-13] a judgment with %j: %s', async (more, expected) => {
  const row = { ...firm(), 文号: `（2025）沪民初${nth++}号`, 认定日期: '2025-05-06', ...more };
  expect(await outcome('310116-judgment-court', 'judgment', row)).toBe(expected);
});

describe('[ZD-17] what a natural person has to consent to', () => {
  const CONSENT = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id provider contents validUntil } } }`;
  const WITHDRAW = 'mutation ($id: ID!) { withdrawConsent(id: $id) { consent { withdrawnAt } } }';
  beforeAll(async () => {
    for (const jurisdiction of ['370303', '310116']) {
      await plainItem(`${jurisdiction}-income-p`, {
        jurisdiction,
        name: '个人工资收入信息',
        aboutPersons: true,
        negative: false,
        grade: null,
        recordType: 'AdministrativeAct',
      });
    }
  });
  const act = (subject: Row): Row => ({ ...subject, 文号: `收${nth++}`, 认定日期: '2025-06-02' });
  const of = (subject: Row, item = '370303-income-p') =>
    outcome(item, 'administrative-act', act(subject), REVIEW);
  const consent = async (
    subject: { 主体名称: string; 主体代码: string },
    more: Row = {},
  ): Promise<string> => {
    const input = {
      code: subject.主体代码,
      name: subject.主体名称,
      contents: ['INCOME'],
      provider: UNIT.market,
      documentDigest: 'ab'.repeat(32),
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      ...more,
    };
    const { data, errors } = await city.ask(CONSENT, { token: center, variables: { input } });
    expect(errors).toBeUndefined();
    return data.recordConsent.consent.id as string;
  };

  test('is refused without it and accepted with it, in Zhangdian; Shanghai has no such rule', async () => {
    const who = person('1985-07-01');
    expect(await of(who)).toBe('CONSENT_REQUIRED');
    await consent(who);
    expect(await of(who)).toBe('accepted');
    expect(await of(person('1985-07-01'))).toBe('CONSENT_REQUIRED');
    expect(await of(person('1985-07-01'), '310116-income-p')).toBe('accepted');
  });

  test.each([
    ['which begins today', { validFrom: '2026-03-02' }, 'accepted'],
    ['which begins tomorrow', { validFrom: '2026-03-03' }, 'CONSENT_REQUIRED'],
    ['which ends today', { validUntil: '2026-03-02' }, 'accepted'],
    ['which ended yesterday', { validUntil: '2026-03-01' }, 'CONSENT_REQUIRED'],
    ['to something else', { contents: ['DEPOSITS'] }, 'CONSENT_REQUIRED'],
    ['to another unit', { provider: UNIT.court }, 'CONSENT_REQUIRED'],
  ])('with a consent %s', async (_, more, expected) => {
    const who = person('1985-07-01');
    await consent(who, more);
    expect(await of(who)).toBe(expected);
  });

  test('is refused again once the consent is withdrawn', async () => {
    const who = person('1985-07-01');
    const id = await consent(who);
    const other = await city.token({ role: 'provider', unit: UNIT.court, name: '郑十' });
    expect((await city.ask(WITHDRAW, { token: other, variables: { id } })).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    expect(
      (await city.ask(WITHDRAW, { token: center, variables: { id } })).data.withdrawConsent.consent
        .withdrawnAt,
    ).toBeTruthy();
    expect(await of(who)).toBe('CONSENT_REQUIRED');
  });

  test('malformed consents name what is wrong', async () => {
    const who = person('1985-07-01');
    const usual = {
      code: who.主体代码,
      name: who.主体名称,
      contents: ['INCOME'],
      documentDigest: 'ab'.repeat(32),
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
    };
    for (const [argument, more] of [
      ['code', { code: firmCode(1) }],
      ['contents', { contents: [] }],
      ['documentDigest', { documentDigest: 'scan.pdf' }],
      ['validUntil', { validUntil: '2025-12-31' }],
      ['provider', { provider: '1'.repeat(30) }],
    ] as const) {
      const { errors } = await city.ask(CONSENT, {
        token: center,
        variables: { input: { ...usual, ...more } },
      });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });
});

test('[ZD-18] the receipt says who reviewed and when; a review in the future or by nobody is none', async () => {
  const rows = () => [{ ...firm(), ...penalty() }];
  expect(await submit('370303-gate', 'administrative-penalty', rows(), REVIEW)).toMatchObject({
    accepted: 1,
    secrecyReviewedBy: '吴九',
    secrecyReviewedOn: '2026-03-01',
  });
  for (const [argument, secrecyReview] of [
    ['secrecyReview.reviewedOn', { reviewedBy: '吴九', reviewedOn: '2026-03-03' }],
    ['secrecyReview.reviewedBy', { reviewedBy: ' ', reviewedOn: '2026-03-01' }],
  ] as const) {
    const { errors } = await ask('370303-gate', 'administrative-penalty', rows(), { secrecyReview });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  }
});
