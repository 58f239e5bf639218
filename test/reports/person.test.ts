import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyOfTemplate } from '../support/command.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT, personCode } from '../support/known.ts';
import { type Asker, codeOf, entriesOf, made, make, pdfOf, verify } from './reporting.ts';

const CORRECT = `mutation ($input: CorrectRecordInput!) { correctRecord(input: $input) { revision } }`;
const LOOK = 'query Look($code: String!) { subject(code: $code) { administrativeActs { nodes { title } } } }';

const folder = copyOfTemplate();
let city: City;
let next = 0;

beforeAll(async () => {
  city = await City.open({}, folder);
});
afterAll(() => city.close());

/** A person of its own, with an act on file. */
async function someone(): Promise<{ code: string; id: string; own: Asker }> {
  next += 1;
  const code = personCode(next);
  const id = await city.subject(code, `张${next}`, 'NATURAL_PERSON');
  await city.record(id, '310116-act-hr-p', { documentNumber: `A-${next}`, own: { content: '社保补贴' } });
  return { code, id, own: { token: await city.token({ role: 'subject', code }) } };
}

test('[SR-29b] a person’s own report shows sources, why records changed, and who looked, in data and in the PDF', async () => {
  const { code, id, own } = await someone();
  const officer = { token: await city.officer(UNIT.personnel), purpose: MATTER.recruitment };
  await city.ask(LOOK, { ...officer, variables: { code } });
  const authority = await city.token({ role: 'authority', unit: UNIT.personnel, name: '孙八' });
  const kept = { matter: MATTER.recruitment, undisclosedUntil: '2026-04-01' };
  expect(
    (await city.ask(LOOK, { token: authority, purpose: kept, variables: { code } })).errors,
  ).toBeUndefined();
  const item = city.running.house.follower.current()?.itemsByCode.get('310116-act-hr-p');
  const { rows } = await city
    .database('penalties')
    .query('select id from administrative_act where subject_id = $1', [id]);
  const corrected = await city.ask(CORRECT, {
    token: await city.token({ role: 'provider', unit: item?.provider, name: '周九' }),
    variables: {
      input: {
        recordType: 'AdministrativeAct',
        record: rows[0].id,
        code,
        reason: '金额录入有误',
        values: { content: '社会保险补贴' },
      },
    },
  });
  expect(corrected.errors).toBeUndefined();
  const report = await made(city, own);
  const [act] = entriesOf(report);
  expect(act?.provider.name).toBe(
    city.running.house.follower.current()?.units.get(item?.provider as string)?.name,
  );
  expect(act?.changes).toEqual([{ at: expect.any(String), reason: '金额录入有误', by: act?.provider }]);
  // The authority's look is kept back for now, as an investigation ordered; to correct a record is a look as well.
  expect(report.looks).toMatchObject({
    total: 2,
    entries: [{ basis: 'DUTY' }, { basis: 'MATTER', unit: { name: expect.any(String) } }],
  });
  const { text } = await pdfOf(city, report.pdf, own);
  for (const shown of [
    '金额录入有误',
    '附：信用信息查询记录',
    report.looks?.entries[0]?.unit?.name as string,
  ])
    expect(text).toContain(shown);
  // Whoever is handed the paper does not learn the identity number.
  expect(text).not.toContain(code);
  expect(text).toContain(code.slice(0, 6));
});

test('[SR-29b] two a calendar year are free; the third is refused, and takes nothing from what can be read', async () => {
  const { own, id } = await someone();
  await made(city, own);
  const second = await made(city, own);
  const third = await make(city, own, {});
  expect(codeOf(third)).toBe('RATE_LIMITED');
  expect(third.errors?.[0]?.message).toContain('2026 年的 2 份免费个人信用报告');
  expect(third.data?.makeCreditReport ?? null).toBeNull();
  expect(
    (await city.ask('{ me { accessHistory { totalCount } } }', own)).data.me.accessHistory.totalCount,
  ).toBe(2);
  expect((await pdfOf(city, second.pdf, own)).response.status).toBe(200);
  // What officers have made about the person is not the person's.
  const officer = { token: await city.officer(UNIT.personnel), purpose: MATTER.recruitment };
  expect(codeOf(await make(city, officer, { code: personCode(next) }))).toBe('ANSWERED');
  const { rows } = await city
    .database('access')
    .query('select free_year, content from credit_report where subject_id = $1 order by seq', [id]);
  expect(rows.map((row) => row.free_year)).toEqual([2026, 2026, null]);
  for (const { content } of rows) expect(content.toString('utf8')).not.toContain('社保补贴');
});

test('[SR-29b] of requests at once for the last free one, one gets it', async () => {
  const { own } = await someone();
  await made(city, own);
  const answers = await Promise.all(Array.from({ length: 6 }, () => make(city, own, {})));
  expect(answers.map(codeOf).toSorted()).toEqual(['ANSWERED', ...Array(5).fill('RATE_LIMITED')]);
});

test('[SR-29b] an attempt that fails uses none up: an agency down, or a journal that cannot be written', async () => {
  const { own, id } = await someone();
  await city.reachable('honors', false);
  expect(codeOf(await make(city, own, {}))).toBe('SUBGRAPH_UNAVAILABLE');
  await city.reachable('honors', true);
  const journal = (allow: boolean) =>
    city.superuser().query(`alter role access_journal ${allow ? '' : 'no'}login`);
  // What was open to its database is replaced at its next use.
  let first = await make(city, own, {});
  await city.until(async () => {
    if (codeOf(first) === 'SUBGRAPH_UNAVAILABLE') first = await make(city, own, {});
    return codeOf(first) !== 'SUBGRAPH_UNAVAILABLE';
  });
  const before = first.data.makeCreditReport.report;
  await journal(false);
  await city
    .superuser()
    .query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'access_journal'`);
  const lost = await make(city, own, {});
  await journal(true);
  expect(codeOf(lost)).toBe('JOURNAL_UNAVAILABLE');
  expect(lost.data).toBeUndefined();
  const { rows } = await city
    .database('access')
    .query('select number, digest from credit_report where subject_id = $1 order by seq', [id]);
  expect(rows).toHaveLength(2);
  // It never left: it does not verify, and once it cannot be on its way any more it is no free one.
  expect(await verify(city, rows[1].number, rows[1].digest)).toMatchObject({ status: 'UNKNOWN' });
  expect(await verify(city, before.number, before.digest)).toMatchObject({ status: 'VALID' });
  await city
    .database('access')
    .query(`update credit_report set made_at = made_at - interval '1 minute' where number = $1`, [
      rows[1].number,
    ]);
  let answer = await make(city, own, {});
  await city.until(async () => {
    if (codeOf(answer) === 'JOURNAL_UNAVAILABLE') answer = await make(city, own, {});
    return codeOf(answer) !== 'JOURNAL_UNAVAILABLE';
  });
  expect(codeOf(answer)).toBe('ANSWERED');
});

test('[SR-29b] the year is the calendar year: on 31 December none is left, on 1 January there are two', async () => {
  const { code } = await someone();
  const on = async (day: string): Promise<string[]> => {
    await city.running.close();
    city = await City.open({ CREDIT_TODAY: day }, folder);
    const own = { token: await city.token({ role: 'subject', code }) };
    const outcomes: string[] = [];
    for (let i = 0; i < 3; i++) outcomes.push(codeOf(await make(city, own, {})));
    return outcomes;
  };
  expect(await on('2026-12-31')).toEqual(['ANSWERED', 'ANSWERED', 'RATE_LIMITED']);
  expect(await on('2027-01-01')).toEqual(['ANSWERED', 'ANSWERED', 'RATE_LIMITED']);
});
