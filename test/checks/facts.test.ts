import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { statementsDuring } from '../support/statements.ts';
import { type Desk, VERIFY, codeOf, desk } from './desk.ts';

let city: City;
let market: Desk;
let licence: Desk;

const FIRM = firmCode(1);
const UNHEARD = firmCode(98);

beforeAll(async () => {
  city = await City.open();
  market = await desk(city, UNIT.market, MATTER.supervision);
  licence = await desk(city, UNIT.market, MATTER.licence);
  const firm = await city.subject(FIRM, '金山核验有限公司');
  await city.record(firm, '310116-permit-amr', {
    documentNumber: '金市监许〔2025〕12号',
    own: { certificateNumber: 'JY1310', validUntil: '2028-05-31', remarks: '内部备注', permitType: '普通' },
  });
  await city.record(firm, '310116-abnormal-amr', { documentNumber: '列异7', visibleUntil: '2026-03-01' });
  await city.record(firm, '310116-honor-civ', { documentNumber: '荣7' });
  // Authorized by its subject alone.
  await city.record(firm, '310116-contract-hc', { documentNumber: '合7', own: { amount: '100.00' } });
});
afterAll(() => city.close());

const permit = (values: Record<string, string>, documentNumber: string | null = null) => ({
  recordType: 'Permit',
  documentNumber,
  values: Object.entries(values).map(([field, value]) => ({ field, value })),
});
/** Each by an officer of its own: tries are counted. */
let officers = 0;
async function verify(fact: object, code = FIRM, matter: string = MATTER.supervision) {
  const token = await city.token({ role: 'agency', unit: UNIT.market, name: '王五', sub: `v${officers++}` });
  return city.ask(VERIFY, { token, purpose: matter, variables: { code, fact } });
}
const matches = async (fact: object, code = FIRM, matter?: string) =>
  (await verify(fact, code, matter)).data?.verifyFact;

test('[JS-12] one stated fact matches or does not, however brackets and widths are written', async () => {
  expect(await matches(permit({}, '金市监许[2025]12号'))).toBe(true);
  expect(await matches(permit({ certificateNumber: 'ＪＹ1310', validUntil: '2028-05-31' }))).toBe(true);
  expect(await matches(permit({ certificateNumber: 'JY1310', validUntil: '2028-06-01' }))).toBe(false);
  expect(await matches(permit({ certificateNumber: 'JY131' }))).toBe(false);
  expect(await matches({ name: '金山核验有限公司' })).toBe(true);
  expect(await matches({ name: '金山核验有限' })).toBe(false);
  expect(await matches({ name: '别的公司', ...permit({}, '金市监许〔2025〕12号') })).toBe(false);
});

test('[JS-12] an unknown subject and no match are the same answer', async () => {
  const unknown = await verify(permit({ certificateNumber: 'JY1310' }), UNHEARD);
  const wrong = await verify(permit({ certificateNumber: 'JY9999' }));
  const shown = ({ data, errors }: typeof wrong) => ({ data, errors });
  expect(shown(unknown)).toEqual({ data: { verifyFact: false }, errors: undefined });
  expect(shown(wrong)).toEqual(shown(unknown));
  // The entries name a subject, both of them: to read one's own does not tell who is on file, either.
  for (const { extensions } of [unknown, wrong]) {
    const { rows } = await city
      .database('access')
      .query('select cardinality(subjects) as n, items from journal_entry where id = $1', [
        extensions?.receipt,
      ]);
    expect(rows).toEqual([{ n: 1, items: [] }]);
  }
});

test('[JS-12] what the caller may not see cannot be verified: another scope, past its term, beyond its tier', async () => {
  const abnormal = { recordType: 'AbnormalListing', documentNumber: '列异7' };
  expect(await matches(abnormal)).toBe(false);
  const honor = { recordType: 'Honor', documentNumber: '荣7' };
  expect(await matches(honor, FIRM, MATTER.licence)).toBe(false);
  const amount = {
    recordType: 'ContractRecord',
    documentNumber: '合7',
    values: [{ field: 'amount', value: '100' }],
  };
  expect(codeOf(await verify(amount))).toBe('AUTHORIZATION_REQUIRED');
  expect(codeOf(await verify({ name: '某人' }, personCode(1)))).toBe('PURPOSE_NOT_ALLOWED');
});

test('[JS-12] a fact states an exact value: low entropy alone, empty and unknown fields are refused', async () => {
  for (const fact of [
    permit({ permitType: '普通' }),
    permit({ validUntil: '2028-05-31' }),
    { recordType: 'Permit', values: [{ field: 'grade', value: 'SEVERE' }] },
    permit({ certificateNumber: ' ' }),
    permit({ nothing: 'x', certificateNumber: 'JY1310' }),
    permit({}),
    {},
    { recordType: 'Nothing', documentNumber: '1' },
  ])
    expect(codeOf(await verify(fact))).toBe('BAD_USER_INPUT');
});

test('[JS-12] ten tries a day at one subject, and an eleventh none, by whichever matter', async () => {
  const fact = permit({ certificateNumber: 'JY0000' });
  for (let n = 0; n < 10; n++)
    expect((await (n % 2 ? market : licence).ask(VERIFY, { code: FIRM, fact })).data.verifyFact).toBe(false);
  const right = permit({ certificateNumber: 'JY1310' });
  expect(codeOf(await market.ask(VERIFY, { code: FIRM, fact: right }))).toBe('RATE_LIMITED');
  expect((await market.ask(VERIFY, { code: UNHEARD, fact: right })).data.verifyFact).toBe(false);
});

test('[JS-12, SH-19] a try is journaled with its outcome and what it stated, without the values', async () => {
  const { extensions } = await verify(permit({ certificateNumber: 'JY1310' }));
  const { rows } = await city
    .database('access')
    .query('select e.*, e::text as whole from journal_entry e where id = $1', [extensions?.receipt]);
  expect(rows[0]).toMatchObject({ items: ['310116-permit-amr'], outcome: 'ANSWERED' });
  expect(rows[0].operation).toBe('Verify verifyFact Permit(certificateNumber) MATCH');
  expect(rows[0].whole).not.toContain('JY1310');
});

test('[JS-12] nobody verifies without a token and a purpose', async () => {
  const variables = { code: FIRM, fact: { name: '金山核验有限公司' } };
  expect(codeOf(await city.ask(VERIFY, { variables }))).toBe('UNAUTHENTICATED');
  expect(codeOf(await city.ask(VERIFY, { variables, token: market.token }))).toBe('PURPOSE_REQUIRED');
});

test('[JS-12] an unknown subject, no match and a match take the same statements, by number and text', async () => {
  const asked = async (fact: object, code: string) => {
    await verify(fact, code);
    const { value, statements } = await statementsDuring(() => verify(fact, code));
    return {
      matches: value.data.verifyFact as boolean,
      texts: statements.map(({ database, text }) => `${database}: ${text}`).sort(),
    };
  };
  const [right, wrong] = [permit({ certificateNumber: 'JY1310' }), permit({ certificateNumber: 'JY9999' })];
  for (const name of [{}, { name: '金山核验有限公司' }]) {
    const match = await asked({ ...right, ...name }, FIRM);
    const none = await asked({ ...wrong, ...name }, FIRM);
    const unknown = await asked({ ...right, ...name }, UNHEARD);
    expect([match.matches, none.matches, unknown.matches]).toEqual([true, false, false]);
    expect(match.texts.length).toBeGreaterThanOrEqual(4);
    expect(none.texts).toEqual(match.texts);
    expect(unknown.texts).toEqual(match.texts);
  }
});
