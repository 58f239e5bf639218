import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AuthorizedCity, FIRM, OTHER, PERSON } from '../access/authorized.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { CHECK, RESULTS, START, codeOf, over } from './desk.ts';

let office: AuthorizedCity;
beforeAll(async () => {
  office = await AuthorizedCity.open();
});
afterAll(() => office.city.close());

const RECORD =
  'mutation R($input: RecordGranteeInput!) { recordGrantee(input: $input) { grantee { unit licenceUntil agreementUntil approvalUntil } } }';

const bank = {
  token: '',
  ask: (query: string, variables: Record<string, unknown> = {}) =>
    office.city.ask(query, { token: office.service, purpose: MATTER.supervision, variables }),
};
const record = (input: Record<string, string>, token = office.center) =>
  office.city.ask(RECORD, {
    token,
    purpose: token === office.center ? MATTER.quality : MATTER.supervision,
    variables: { input: { unit: UNIT.market, ...input } },
  });
const start = (codes: string[]) => bank.ask(START, { input: { codes } });
const lacking = async (codes: string[]) => {
  const { errors } = await start(codes);
  return [errors?.[0]?.extensions.code, errors?.[0]?.extensions['precondition']];
};

test('[ZD-29] licence, confidentiality agreement, approval and authorizations are checked for every batch, and the missing one is named', async () => {
  const licence = { licence: 'L-1', licenceUntil: '2026-03-02' };
  const agreement = { agreement: 'B-1', agreementUntil: '2026-03-02' };
  expect(await lacking([FIRM])).toEqual(['FORBIDDEN', 'licence']);
  await record({ ...licence, licenceUntil: '2026-03-01' });
  expect(await lacking([FIRM])).toEqual(['FORBIDDEN', 'licence']);
  await record(licence);
  expect(await lacking([FIRM])).toEqual(['FORBIDDEN', 'agreement']);
  await record({ ...licence, ...agreement });
  expect(await lacking([FIRM])).toEqual(['FORBIDDEN', 'approval']);
  const { errors } = await record({ ...licence, ...agreement, approval: 'P-1', approvalUntil: '2026-03-02' });
  expect(errors).toBeUndefined();
  expect(await lacking([FIRM])).toEqual(['AUTHORIZATION_REQUIRED', 'authorization']);
  expect((await start([FIRM])).errors?.[0]?.message).toContain('ZD-29');
});

test('[ZD-29] the center alone records them, of a unit that there is, each with its last day', async () => {
  expect(codeOf(await record({}, office.officer))).toBe('FORBIDDEN');
  expect(codeOf(await record({ unit: '91310116MBY0000000' }))).toBe('BAD_USER_INPUT');
  expect(codeOf(await record({ licence: 'L-2' }))).toBe('BAD_USER_INPUT');
});

test('[ZD-29, SH-20] each subject is checked under its own authorization, one use of it is taken, and no other counts', async () => {
  await office.granted(OTHER, ['SUPERVISION'], { matter: MATTER.licence });
  expect(await lacking([OTHER])).toEqual(['AUTHORIZATION_REQUIRED', 'authorization']);
  const firm = await office.granted(
    FIRM,
    ['SUPERVISION', 'PERFORMANCE', 'JUDGMENT', 'ENFORCEMENT', 'MANAGEMENT'],
    {
      uses: 1,
    },
  );
  const person = await office.granted(PERSON, ['SUPERVISION']);
  expect(await lacking([FIRM, PERSON, firmCode(3)])).toEqual(['AUTHORIZATION_REQUIRED', 'authorization']);
  const { data, errors } = await start([FIRM, PERSON]);
  expect(errors).toBeUndefined();
  const { id } = data.startBatchCheck.job;
  expect(await over(office.city, bank, id)).toMatchObject({ state: 'DONE', done: 2 });
  const results = (await bank.ask(RESULTS, { id })).data.job.results.nodes;
  expect(results[0]).toMatchObject({ outcome: 'FAIL', hits: [{ documentNumber: '310116-penalty-amr' }] });
  expect(results[1].code).toMatch(/^310116\*{10}/);
  const { rows } = await office.city
    .database('access')
    .query('select used from subject_authorization where id = any($1) order by id = $2 desc', [
      [firm, person],
      firm,
    ]);
  expect(rows).toEqual([{ used: 1 }, { used: 1 }]);
  // That was its only use.
  expect(await lacking([FIRM])).toEqual(['AUTHORIZATION_REQUIRED', 'authorization']);
});

test('[SP-check, SH-20] a service without authorization sees the public part alone: a hit fails, else nothing is known', async () => {
  const clean = await office.city.subject(firmCode(9), '无记录有限公司');
  expect(clean).toBeDefined();
  const unknown = await bank.ask(CHECK, { code: firmCode(9) });
  expect(unknown.data.checkStanding).toMatchObject({ outcome: 'UNKNOWN', reasons: [{ code: 'NOT_OPEN' }] });
  const failed = await bank.ask(CHECK, { code: OTHER });
  expect(failed.data.checkStanding).toMatchObject({
    outcome: 'FAIL',
    hits: [{ documentNumber: '310116-penalty-amr' }],
  });
  const person = await bank.ask(CHECK, { code: PERSON });
  expect(person.data.checkStanding).toMatchObject({ subject: null, outcome: 'UNKNOWN', hits: [] });
});
