import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { type Asker, codeOf, fetched, made, make, verify } from './reporting.ts';

const FIRM = firmCode(1);
const OTHER = firmCode(2);
const PERSON = personCode(1);

let city: City;
let firm: string;
let own: Asker;
let officer: Asker;

beforeAll(async () => {
  city = await City.open();
  firm = await city.subject(FIRM, '上海余兰贸易有限公司', 'LEGAL_PERSON', '310116');
  await city.subject(OTHER, '上海明德机械有限公司', 'LEGAL_PERSON', '310116');
  const person = await city.subject(PERSON, '张三', 'NATURAL_PERSON');
  await city.record(firm, '310116-penalty-amr', { documentNumber: 'P-1', visibleUntil: '2026-03-10' });
  await city.record(person, '310116-penalty-amr-p', { documentNumber: 'P-2' });
  own = { token: await city.token({ role: 'subject', code: FIRM }) };
  officer = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
});
afterAll(() => city.close());

test('nobody has a report made without saying who and why, nor on whom it is none of theirs', async () => {
  expect(codeOf(await make(city, {}, { code: FIRM }))).toBe('UNAUTHENTICATED');
  expect(codeOf(await make(city, { token: officer.token }, { code: FIRM }))).toBe('PURPOSE_REQUIRED');
  const bare = 'mutation ($input: MakeCreditReportInput!) { makeCreditReport(input: $input) { __typename } }';
  const variables = { input: { kind: 'STANDARD', code: FIRM } };
  expect(codeOf(await city.ask(bare, { token: officer.token, variables }))).toBe('PURPOSE_REQUIRED');
  expect(codeOf(await make(city, officer, { code: PERSON }))).toBe('PURPOSE_NOT_ALLOWED');
  expect(codeOf(await make(city, { ...officer, purpose: MATTER.tender }, { code: FIRM }))).toBe(
    'PURPOSE_NOT_ALLOWED',
  );
  // On file or not: the subject learns nothing of others by trying.
  const told = new Set<string>();
  for (const code of [OTHER, PERSON, firmCode(99)])
    told.add(JSON.stringify((await make(city, own, { code })).errors?.[0]?.extensions));
  expect([...told]).toHaveLength(1);
  expect([...told][0]).toContain('FORBIDDEN');
  expect(codeOf(await make(city, officer, { code: firmCode(99) }))).toBe('BAD_USER_INPUT');
});

test('a report is read by who had it made, for the same matter; to all others it is as if there were none', async () => {
  const mine = await made(city, own);
  const theirs = await made(city, officer, { code: FIRM });
  expect((await fetched(city, mine.json, own)).status).toBe(200);
  expect((await fetched(city, theirs.json, officer)).status).toBe(200);
  expect((await fetched(city, mine.pdf, {})).status).toBe(401);
  expect((await fetched(city, theirs.pdf, { token: officer.token })).status).toBe(403);
  const wrong: [string, Asker][] = [
    [mine.pdf, { token: await city.token({ role: 'subject', code: OTHER }) }],
    [mine.pdf, officer],
    [theirs.pdf, own],
    [theirs.pdf, { ...officer, purpose: MATTER.licence }],
    [theirs.pdf, { token: await city.officer(UNIT.construction), purpose: MATTER.tender }],
    [theirs.pdf.replace(/-....\.pdf$/, '-0000.pdf'), officer],
  ];
  const told = new Set<string>();
  for (const [path, asker] of wrong) {
    const response = await fetched(city, path, asker);
    expect(response.status).toBe(404);
    told.add(await response.text());
  }
  expect([...told]).toHaveLength(1);
});

test('[SH-27] it is not given out again once a record in it is past its term, nor after 30 days, and is erased then', async () => {
  const report = await made(city, own);
  expect(report.keptUntil).toBe('2026-03-10');
  const penalized = await made(city, { token: await city.token({ role: 'subject', code: OTHER }) });
  expect(penalized.keptUntil).toBe('2026-04-01');
  const access = city.database('access');
  const { rows } = await access.query('select content from credit_report where number = $1', [report.number]);
  expect(rows[0].content.toString('utf8')).not.toMatch(/P-1|余兰|91310116/);
  await access.query(`update credit_report set content_until = '2026-03-01' where number = $1`, [
    report.number,
  ]);
  expect((await fetched(city, report.json, own)).status).toBe(404);
  expect(await city.running.house.subgraphs.access.tidy?.()).toMatchObject({ CreditReport: 1 });
  const after = await access.query('select content from credit_report where number = $1', [report.number]);
  expect(after.rows).toEqual([{ content: null }]);
  expect(await verify(city, report.number, report.digest)).toMatchObject({ status: 'VALID' });
});

test('what only the gateway asks is in nobody’s schema, and no other mutation takes a use of an authorization', async () => {
  for (const query of [
    '{ _creditReport(number: "0") }',
    '{ _verifyReport(number: "0", digest: "0") }',
    `{ _changes(subject: "${firm}") }`,
    'mutation { _keepReport(report: {}) }',
  ])
    expect((await city.ask(query, officer)).errors?.[0]?.message).toContain('Cannot query field');
  const mixed =
    'mutation ($input: MakeCreditReportInput!) { makeCreditReport(input: $input) { report { number } } suspendAccount(officer: "x") { account { officer } } }';
  const answer = await city.ask(mixed, {
    token: officer.token,
    variables: { input: { kind: 'STANDARD', code: FIRM } },
    purpose: { matter: MATTER.supervision, authorization: '00000000-0000-4000-8000-000000000000' },
  });
  expect(codeOf(answer)).toBe('BAD_USER_INPUT');
});

test('a record that was revoked or archived is in no report', async () => {
  const { id } = (await made(city, own)).sections.flatMap(({ parts }) =>
    parts.flatMap(({ entries }) => entries),
  )[0] as {
    id: string;
  };
  for (const column of ['revoked_at', 'archived_at']) {
    await city
      .database('penalties')
      .query(`update administrative_penalty set ${column} = now() where id = $1`, [id]);
    expect((await made(city, own)).document).not.toContain('P-1');
    await city
      .database('penalties')
      .query(`update administrative_penalty set ${column} = null where id = $1`, [id]);
  }
});
