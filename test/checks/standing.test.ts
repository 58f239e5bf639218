import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { CHECK, type Desk, codeOf, desk } from './desk.ts';

let city: City;
let tender: Desk;

const [CLEAN, PENALIZED, ELSEWHERE, EXPIRED, DISPUTED, UNHEARD] = [1, 2, 3, 4, 5, 99].map(firmCode) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

beforeAll(async () => {
  city = await City.open();
  tender = await desk(city);
  const ids = await Promise.all(
    [CLEAN, PENALIZED, ELSEWHERE, EXPIRED, DISPUTED].map((code, i) =>
      city.subject(code, `核查企业${i}有限公司`),
    ),
  );
  const [clean, penalized, elsewhere, expired, disputed] = ids as [string, string, string, string, string];
  await city.record(clean, '310116-registration-amr', { documentNumber: 'R-1' });
  // 3 years ago to the day, and one day more.
  await city.record(penalized, '310116-penalty-em', {
    documentNumber: '金应急罚1',
    determinedOn: '2023-03-02',
  });
  await city.record(clean, '310116-penalty-em', { documentNumber: '金应急罚0', determinedOn: '2023-03-01' });
  // A negative record that the matter's scope does not open.
  await city.record(elsewhere, '310116-abnormal-amr', {
    documentNumber: '列异1',
    determinedOn: '2025-11-01',
  });
  await city.record(expired, '310116-severe-amr', { documentNumber: '严1', visibleUntil: '2026-03-01' });
  await city.record(disputed, '310116-severe-amr', { documentNumber: '严2', visibleUntil: '2026-03-02' });
  await city
    .database('penalties')
    .query(
      `update severe_listing set dispute = '{"since":"2026-02-20","by":"SUBJECT","stage":"PROVIDER"}' where subject_id = $1`,
      [disputed],
    );
});
afterAll(() => city.close());

const check = async (code: string, by = tender) => (await by.ask(CHECK, { code })).data?.checkStanding;

test('[SP-check] a firm passes or fails by the rule that the matter states, with the records hit', async () => {
  expect(await check(CLEAN)).toMatchObject({
    outcome: 'PASS',
    hits: [],
    reasons: [],
    matter: MATTER.tender,
    checkedOn: '2026-03-02',
    subject: { name: '核查企业0有限公司' },
  });
  expect(await check(PENALIZED)).toMatchObject({
    outcome: 'FAIL',
    reasons: [{ code: 'RECORDS' }],
    hits: [
      {
        recordType: 'AdministrativePenalty',
        documentNumber: '金应急罚1',
        item: { code: '310116-penalty-em' },
        determinedOn: '2023-03-02',
      },
    ],
  });
});

test('[SP-check, SH-18] what is outside the scope of the matter neither counts nor shows', async () => {
  expect(await check(ELSEWHERE)).toMatchObject({ outcome: 'PASS', hits: [] });
  // By the market regulator's own matter, which states no rule, every negative record of its items counts.
  const licence = await desk(city, UNIT.market, MATTER.licence);
  expect(await check(ELSEWHERE, licence)).toMatchObject({
    outcome: 'FAIL',
    hits: [{ documentNumber: '列异1' }],
  });
});

test('[SR-30, SH-27] a record past its term is ignored, one on its last day counts, and a dispute is marked', async () => {
  expect(await check(EXPIRED)).toMatchObject({ outcome: 'PASS', hits: [] });
  expect(await check(DISPUTED)).toMatchObject({
    outcome: 'FAIL',
    hits: [{ documentNumber: '严2', dispute: { stage: 'PROVIDER' } }],
  });
});

test('[SP-check] an unknown subject does not pass, a malformed code is refused', async () => {
  expect(await check(UNHEARD)).toMatchObject({
    outcome: 'UNKNOWN',
    subject: null,
    reasons: [{ code: 'SUBJECT_UNKNOWN' }],
  });
  expect(codeOf(await tender.ask(CHECK, { code: '91310116M00000020X' }))).toBe('BAD_USER_INPUT');
  expect(codeOf(await tender.ask(CHECK, { code: personCode(1) }))).toBe('PURPOSE_NOT_ALLOWED');
});

test('[SP-check, SH-19] nobody checks without a token and a purpose, and a check is journaled with its subject', async () => {
  const variables = { code: PENALIZED };
  expect(codeOf(await city.ask(CHECK, { variables }))).toBe('UNAUTHENTICATED');
  expect(codeOf(await city.ask(CHECK, { variables, token: tender.token }))).toBe('PURPOSE_REQUIRED');
  const other = { variables, token: tender.token, purpose: MATTER.licence };
  expect(codeOf(await city.ask(CHECK, other))).toBe('PURPOSE_NOT_ALLOWED');
  const subject = await city.token({ role: 'subject', code: CLEAN });
  expect(codeOf(await city.ask(CHECK, { variables, token: subject }))).toBe('FORBIDDEN');

  for (const code of [PENALIZED, CLEAN]) {
    const { data, extensions } = await tender.ask(CHECK, { code });
    const { rows } = await city
      .database('access')
      .query('select subjects, items, matter, outcome from journal_entry where id = $1', [
        extensions?.receipt,
      ]);
    expect(rows[0]).toMatchObject({
      subjects: [data.checkStanding.subject.id],
      items: code === PENALIZED ? ['310116-penalty-em'] : [],
      matter: MATTER.tender,
      outcome: 'ANSWERED',
    });
  }
});

test('[SP-check] an agency that is down leaves nobody passed, and is named', async () => {
  await city.reachable('penalties', false);
  try {
    expect(await check(CLEAN)).toMatchObject({
      outcome: 'UNKNOWN',
      reasons: [{ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' }],
    });
  } finally {
    await city.reachable('penalties', true);
  }
  await city.until(async () => (await check(CLEAN)).outcome === 'PASS');
});

test('[SP-check] what only agencies are asked is not in the schema that callers see', async () => {
  for (const field of [
    '_standing(subjects: [], rule: [])',
    '_verify(subject: "x", fact: {})',
    '_kinds(subjects: [])',
    '_batch(id: "x")',
    '_entities(representations: [])',
  ])
    expect(codeOf(await city.ask(`{ ${field} }`, { token: tender.token, purpose: MATTER.tender }))).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
});

test('[SP-check] a rule is published with its matter; one that could never be hit is refused', async () => {
  const token = await city.token({ role: 'center', unit: UNIT.center, name: '中心' });
  const publish = (rule: unknown) =>
    city.ask(
      'mutation P($input: PublishMatterInput!) { publishMatter(input: $input) { matter { rule { item grade years } } } }',
      {
        token,
        purpose: MATTER.quality,
        variables: {
          input: {
            code: '310116-check-new',
            name: '新的核查事项',
            unit: UNIT.market,
            kind: 'FUNDING',
            aboutPersons: false,
            items: ['310116-registration-amr', '310116-abnormal-amr', '310116-penalty-em'],
            rule,
          },
        },
      },
    );
  expect(codeOf(await publish([{ item: '310116-severe-amr' }]))).toBe('BAD_USER_INPUT');
  expect(codeOf(await publish([{ item: '310116-registration-amr' }]))).toBe('BAD_USER_INPUT');
  expect(codeOf(await publish([{}]))).toBe('BAD_USER_INPUT');
  expect(codeOf(await publish([{ years: 0 }]))).toBe('BAD_USER_INPUT');
  const { data } = await publish([{ item: '310116-abnormal-amr', years: 1 }]);
  expect(data.publishMatter.matter.rule).toEqual([{ item: '310116-abnormal-amr', grade: null, years: 1 }]);
  const fresh = await desk(city, UNIT.market, '310116-check-new');
  await city.until(
    async () => (await fresh.ask(CHECK, { code: CLEAN })).data?.checkStanding?.outcome === 'PASS',
  );
  expect(await check(ELSEWHERE, fresh)).toMatchObject({ outcome: 'FAIL' });
  expect(await check(PENALIZED, fresh)).toMatchObject({ outcome: 'PASS' });
});
