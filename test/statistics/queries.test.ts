import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openPool } from '../../platform/postgres/pool.ts';
import { countNext } from '../../subgraphs/access/report/rollUp.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import { MATTER, UNIT, firmCode, personCode } from '../support/known.ts';
import { Office, ROW, type Row } from './reports.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.close());

const ALL = `queries { total { ${ROW} } byMonth { ${ROW} } byUnit { ${ROW} } byPurpose { ${ROW} } byMatter { ${ROW} } byChannel { ${ROW} }
  byRole { ${ROW} } byMode { ${ROW} } byUnitAndMonth { ${ROW} } refused { key count } }`;

async function queries(from: string, to: string, token = office.center) {
  const { data, errors } = await office.report(ALL, { from, to }, token);
  expect(errors).toBeUndefined();
  return data.operatingReport.queries;
}

const short = (rows: readonly Row[]) =>
  rows.map(({ key, organizations, persons }) => [key, organizations, persons]);

describe('[SP-stat][NT-40] queries from the journal', () => {
  test('count by month, unit, purpose, matter, channel and who asks; refusals by code', async () => {
    const supervision = { unit: UNIT.market, matter: MATTER.supervision };
    await office.look({ day: '2021-01-31', ...supervision, organizations: 20, persons: 6 });
    await office.look({ day: '2021-02-01', ...supervision, organizations: 8, persons: 7, each: 4 });
    await office.look({ day: '2021-02-28', unit: UNIT.court, channel: 'app', organizations: 5, persons: 9 });
    await office.look({
      day: '2021-02-28',
      role: 'subject',
      channel: 'wechat',
      organizations: 1,
      persons: 12,
    });
    await office.look({ day: '2021-02-03', role: null, channel: 'website', persons: 11 });
    await office.look({ day: '2021-02-03', ...supervision, organizations: 3, each: 1, outcome: 'FORBIDDEN' });
    await office.sql(
      'access',
      `insert into public_look (at, channel, looks) values ('2021-02-14T10:00:00+08:00', 'website', 40)`,
    );
    const told = await queries('2021-01-01', '2021-02-28');
    expect(short([told.total])).toEqual([['TOTAL', 77, 45]]);
    expect(short(told.byMonth)).toEqual([
      ['2021-01', 20, 6],
      ['2021-02', 57, 39],
    ]);
    expect(short(told.byUnit)).toEqual([
      [UNIT.market, 31, 13],
      [UNIT.court, 5, 9],
    ]);
    expect(short(told.byPurpose)).toEqual([
      ['DAILY_SUPERVISION', 31, 13],
      ['OTHER', 5, 9],
    ]);
    expect(short(told.byMatter)).toEqual([[MATTER.supervision, 31, 13]]);
    expect(short(told.byRole)).toEqual([
      ['public', 40, 11],
      ['agency', 36, 22],
      ['subject', 1, 12],
    ]);
    expect(short(told.byMode)).toEqual([
      ['SINGLE', 69, 38],
      ['BATCH', 8, 7],
    ]);
    expect(told.refused).toEqual([{ key: 'FORBIDDEN', count: 3 }]);
  });

  test('by day, Asia/Shanghai, and against the period before', async () => {
    const at = (instant: string) =>
      office.sql(
        'access',
        `insert into journal_entry (id, at, unit, role, channel, operation, subjects, items, counts, outcome, persons)
         select gen_random_uuid(), $1, $2, 'agency', 'government', 'Load', array[gen_random_uuid()], '{}', '{}', 'ANSWERED', 0 from generate_series(1, 10)`,
        [instant, UNIT.court],
      );
    // The last moment of 31 May and the first of 1 June, in Shanghai.
    await at('2021-05-31T15:59:59Z');
    await at('2021-05-31T16:00:00Z');
    await at('2021-05-31T16:00:01Z');
    const june = await queries('2021-06-01', '2021-06-30');
    expect(june.total).toMatchObject({ organizations: 20, organizationsBefore: 10, organizationsGrowth: 1 });
    const day = await queries('2021-05-31', '2021-05-31');
    expect(day.total).toMatchObject({ organizations: 10, organizationsBefore: 0, organizationsGrowth: null });
  });

  test('a query through the gateway counts at once, from the credential’s channel; whom it told of of persons once the month is over', async () => {
    const { city } = office;
    await city.subject(firmCode(71), '上海亭林某某有限公司');
    for (let n = 0; n < 6; n++) await city.subject(personCode(70 + n), `某人${n}`, 'NATURAL_PERSON');
    const token = await city.token({ role: 'agency', unit: UNIT.personnel, name: '王五', channel: 'window' });
    for (const code of [firmCode(71), ...Array.from({ length: 6 }, (_, n) => personCode(70 + n))]) {
      const { data } = await city.ask('query Check($code: String!) { subject(code: $code) { kind } }', {
        token,
        purpose: MATTER.recruitment,
        variables: { code },
      });
      expect(data.subject).not.toBeNull();
    }
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    const told = await queries(today, today);
    expect(short(told.byChannel.filter(({ key }: Row) => key === 'window'))).toEqual([['window', 1, null]]);
    expect(short(told.byPurpose.filter(({ key }: Row) => key === 'RECRUITMENT'))).toEqual([
      ['RECRUITMENT', 1, null],
    ]);
    const { data } = await office.report('queries { personsFrom personsTo }', { from: today, to: today });
    expect(data.operatingReport.queries).toEqual({ personsFrom: null, personsTo: null });
  });
});

describe('counting by day', () => {
  const snapshot = () => office.city.running.house.follower.current() as Snapshot;
  const pool = () => openPool(office.city.running.house.databases.access.appUrl, { max: 2 });

  test('changes no figure, whenever and however often it is done, also where it broke off half-way', async () => {
    await office.look({
      day: '2022-03-03',
      unit: UNIT.market,
      organizations: 30,
      persons: 8,
      matter: MATTER.supervision,
    });
    const before = await queries('2022-01-01', '2022-12-31');
    const counting = pool();
    // As if the process died after it had counted and before it had said so.
    const client = await counting.connect();
    await client.query('begin');
    await client.query(
      `insert into journal_day (day, unit, role, channel, matter, kind, batch, outcome, entries, organizations, persons)
       values ('2022-03-03', '${UNIT.market}', 'agency', 'government', '', '', false, 'ANSWERED', 1, 1000, 1000)`,
    );
    client.release(true);
    for (let n = 0; n < 3; n++) await countNext(counting, snapshot());
    expect(await queries('2022-01-01', '2022-12-31')).toEqual(before);
    const { rows } = await counting.query<{ left: number }>(
      'select count(*)::int as left from journal_entry where seq > (select seq from journal_counted)',
    );
    expect(rows[0]?.left).toBe(0);
    await Promise.all([countNext(counting, snapshot()), countNext(counting, snapshot())]);
    await office.look({ day: '2022-03-04', unit: UNIT.market, organizations: 5 });
    const after = await queries('2022-01-01', '2022-12-31');
    expect(after.total.organizations).toBe(before.total.organizations + 5);
    await counting.end();
  });

  test('waits for an entry whose statement is still out, and counts it once it is there', async () => {
    const counting = pool();
    while (await countNext(counting, snapshot()));
    await countNext(counting, snapshot());
    const writer = new pg.Client({
      connectionString: office.city.running.house.journalUrl,
    });
    await writer.connect();
    const entry = `insert into journal_entry (id, at, unit, role, channel, operation, subjects, items, counts, outcome)
      values (gen_random_uuid(), now(), '${UNIT.construction}', 'agency', 'desk', 'Load', array[gen_random_uuid()], '{}', '{}', 'ANSWERED')`;
    await writer.query('begin');
    await writer.query(entry);
    const second = new pg.Client({
      connectionString: office.city.running.house.journalUrl,
    });
    await second.connect();
    await second.query(entry);
    await countNext(counting, snapshot());
    await writer.query('commit');
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    const desk = async () =>
      (await queries(today, today)).byChannel.find(({ key }: Row) => key === 'desk')?.organizations;
    expect(await desk()).toBe(2);
    await countNext(counting, snapshot());
    expect(await desk()).toBe(2);
    await Promise.all([writer.end(), second.end(), counting.end()]);
  });

  test('the journal’s role cannot touch the counts, and the application cannot touch the journal', async () => {
    const { house } = office.city.running;
    const journal = openPool(house.journalUrl, { max: 1 });
    await expect(journal.query('select from journal_day')).rejects.toMatchObject({ code: '42501' });
    await expect(journal.query('update journal_counted set seq = 0')).rejects.toMatchObject({
      code: '42501',
    });
    await journal.end();
    await expect(
      office.city.database('access').query('update journal_entry set persons = 0'),
    ).rejects.toMatchObject({
      code: '42501',
    });
  });
});
