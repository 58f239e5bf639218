import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPool } from '../../platform/postgres/pool.ts';
import { AuthorizedCity, FIRM, OTHER, PERSON } from '../access/authorized.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { CHECK, JOB, RESULTS, START, codeOf, over } from './desk.ts';

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

const usedOf = async (id: string) =>
  (await office.city.database('access').query('select used from subject_authorization where id = $1', [id]))
    .rows[0].used as number;
const resultsOf = async (id: string) =>
  (await bank.ask(RESULTS, { id })).data.job.results.nodes.map(
    (n: { outcome: string; reasons: { code: string }[] }) => [n.outcome, n.reasons[0]?.code],
  );
const revoke = async (code: string, id: string) =>
  office.city.ask('mutation R($id: ID!) { revokeAuthorization(id: $id) { authorization { revokedAt } } }', {
    token: await office.subject(code),
    variables: { id },
  });

/** Starts a batch, holds its check up in an agency, does something, and lets it go on. */
async function meanwhile(codes: string[], work: () => Promise<unknown>): Promise<string> {
  const { city } = office;
  const owner = openPool(city.running.house.databases.penalties.migratorUrl, { max: 1 });
  try {
    await owner.query('begin; lock table severe_listing');
    const { data, errors } = await start(codes);
    expect(errors).toBeUndefined();
    await city.until(async () => {
      const { rows } = await city.superuser().query('select from pg_locks where not granted limit 1');
      return rows.length > 0;
    });
    await work();
    return data.startBatchCheck.job.id;
  } finally {
    await owner.query('commit');
    await owner.end();
  }
}

test('[SH-20, ZD-22] every subject’s entry names the authorization, the agreed use and who queried', async () => {
  const firm = await office.granted(FIRM, ['SUPERVISION']);
  const person = await office.granted(PERSON, ['SUPERVISION'], { purpose: '信用评分' });
  const { id } = (await start([FIRM, PERSON, '乱写'])).data.startBatchCheck.job;
  await over(office.city, bank, id);
  const { rows } = await office.city.database('access').query(
    `select authorization_id as authorization, agreed_purpose as purpose, id_document as document, cardinality(subjects) as n, persons, operation
     from journal_entry where operation like 'batchCheck job ' || $1 || '%' order by n desc, persons`,
    [id],
  );
  const operation = `batchCheck job ${id} slice 1`;
  expect(rows).toEqual([
    {
      authorization: expect.any(String),
      purpose: '贷款审批',
      document: 'account bank',
      n: 1,
      persons: 0,
      operation,
    },
    {
      authorization: expect.any(String),
      purpose: expect.any(String),
      document: 'account bank',
      n: 1,
      persons: 1,
      operation,
    },
    {
      authorization: null,
      purpose: null,
      document: null,
      n: 0,
      persons: null,
      operation: `${operation}, CODE_MALFORMED 1`,
    },
  ]);
  const looks = await office.city.ask(
    '{ me { accessHistory(first: 1) { nodes { basis authorization } } } }',
    {
      token: await office.subject(FIRM),
    },
  );
  expect(looks.data.me.accessHistory.nodes).toEqual([
    { basis: 'AUTHORIZATION', authorization: rows[0].authorization },
  ]);
  expect([firm, person].every((given) => given !== null)).toBe(true);
});

test('[SH-20] an authorization that is revoked while a batch is under way is not used, and nothing found under it is told', async () => {
  const { city } = office;
  await city
    .database('access')
    .query('update subject_authorization set revoked_at = now() where revoked_at is null');
  const revoked = await office.granted(FIRM, [
    'SUPERVISION',
    'PERFORMANCE',
    'JUDGMENT',
    'ENFORCEMENT',
    'MANAGEMENT',
  ]);
  const kept = await office.granted(OTHER, [
    'SUPERVISION',
    'PERFORMANCE',
    'JUDGMENT',
    'ENFORCEMENT',
    'MANAGEMENT',
  ]);
  const id = await meanwhile([FIRM, OTHER], () => revoke(FIRM, revoked));
  expect(await over(city, bank, id)).toMatchObject({ state: 'DONE', failed: 1, unknown: 1 });
  expect(await resultsOf(id)).toEqual([
    ['UNKNOWN', 'AUTHORIZATION_REQUIRED'],
    ['FAIL', 'RECORDS'],
  ]);
  expect([await usedOf(revoked), await usedOf(kept)]).toEqual([0, 1]);
  // Revoked after the check it ends the reading of what was found.
  await revoke(OTHER, kept);
  expect(await resultsOf(id)).toEqual([
    ['UNKNOWN', 'AUTHORIZATION_REQUIRED'],
    ['UNKNOWN', 'AUTHORIZATION_REQUIRED'],
  ]);
});

test('[SH-34] a service whose access is withdrawn gets nothing of what was under way, and no use is taken', async () => {
  const { city } = office;
  const held = await office.granted(FIRM, ['SUPERVISION']);
  const change = (mutation: string) =>
    city.ask(`mutation W($unit: String!) { ${mutation} { grantee { unit } } }`, {
      token: office.center,
      variables: { unit: UNIT.market },
    });
  const id = await meanwhile([FIRM], () => change('withdrawGrantee(unit: $unit, reason: "伪造授权")'));
  const state = async () =>
    (await city.database('access').query('select state, done from batch_job where id = $1', [id])).rows[0];
  await city.until(async () => (await state()).state !== 'RUNNING');
  expect(await state()).toEqual({ state: 'STOPPED', done: 0 });
  expect(await usedOf(held)).toBe(0);
  await change('restoreGrantee(unit: $unit)');
  await city.until(async () => (await bank.ask(JOB, { id })).data?.job?.state === 'STOPPED');
  expect(await resultsOf(id)).toEqual([]);
});
