import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MATTER, UNIT } from '../support/known.ts';
import { Office, ROW, type Row } from './reports.ts';

/*
 * 上海市公共信用信息服务平台 2016 年运行情况报告: what it tells 累计, of accounts, of joint measures and of applicants checked; and what a report of
 * today has besides.
 */

type Figures = readonly [organizations: number, persons: number];

const Y2016 = { from: '2016-01-01', to: '2016-12-31' };

/** 应用篇，二、六、七: of 2016, and up to its end. */
const LOOKS: Record<string, { year: Figures; total: Figures }> = {
  government: { year: [490_178, 384_383], total: [1_138_208, 1_435_787] },
  market: { year: [2_803_425, 153_137], total: [3_928_572, 4_833_996] },
  website: { year: [6_155, 36_717], total: [23_916, 68_939] },
  app: { year: [0, 27_023], total: [0, 49_356] },
  wechat: { year: [101, 3_814], total: [2_041, 38_280] },
};
/** 平台查询情况: 累计 80 家单位 757 个账号. */
const ACCOUNTS = { units: 80, accounts: 757 };
/** 行为篇，二: 发起部门 134 项, 实施部门 171 项. */
const MEASURES = { initiating: 134, implementing: 171 };
/** 数据推送情况: records pushed to other platforms; beside them few about persons in one month. */
const PUSHED = 3_277_338;
/** 案例篇，1: applicants for cars, of whom 552 persons and 249 firms did not pass. */
const APPLICANTS = { total: 43_784, passed: 42_983, failed: 801 };

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  for (const [channel, { year, total }] of Object.entries(LOOKS)) {
    const rest: Figures = [total[0] - year[0], total[1] - year[1]];
    for (const [day, [organizations, persons]] of [
      ['2015-06-15', rest],
      ['2016-06-15', year],
    ] as const)
      await office.look({ day, channel, organizations, persons, each: 20_000, unit: UNIT.market });
  }
  await office.sql(
    'access',
    `insert into officer_account (unit, officer, matters, opened_at, changed_by)
     select 'unit ' || (n % $1), 'officer ' || n, '{}', case when n < 700 then '2015-03-01' else '2016-05-01' end::timestamptz, $3
     from generate_series(0, $2::int - 1) n`,
    [ACCOUNTS.units, ACCOUNTS.accounts, UNIT.center],
  );
  await office.sql(
    'access',
    `insert into batch_job (id, unit, asked, matter, state, total, done, passed, failed, created_at, ended_at)
     values (gen_random_uuid(), $1, '{}', $2, 'DONE', $3, $3, $4, $5, '2016-12-01', '2016-12-02')`,
    [UNIT.market, MATTER.supervision, APPLICANTS.total, APPLICANTS.passed, APPLICANTS.failed],
  );
  // Measures on firms; the last of them also by a second unit.
  await office.sql(
    'measures',
    `insert into measure_task (id, subject_id, about_person, record_type, record_id, item_id, jurisdiction, revision, grade, initiator, unit,
       measure, basis, reason, determined_on, disputed, outcome, reported_on)
     select gen_random_uuid(), gen_random_uuid(), false, 'SevereListing', gen_random_uuid(), 1, '310116', 1, 'SERIOUS', $1,
       case when n < $2::int then $3 else $4 end, 'measure ' || (n % $2::int), '{}', '—', '2016-03-01'::date + n, false, 'EXECUTED', '2017-01-05'
     from generate_series(0, $5::int - 1) n`,
    [UNIT.court, MEASURES.initiating, UNIT.market, UNIT.construction, MEASURES.implementing],
  );
  await office.sql(
    'objections',
    `insert into repair_application (id, subject_id, record_type, record_id, item_id, about_persons, jurisdiction, provider, applied_by, applied_on,
       source, article, effect, rectified_on, rectification, evidence, state, queued_on, closed_on)
     select gen_random_uuid(), gen_random_uuid(), 'Penalty', gen_random_uuid(), 1, n > 20, '310116', $1, 'SUBJECT', '2016-02-01'::date + n,
       'NT-34', '—', 'ORIGINAL_ARCHIVED', '2016-01-01', '—', '[]', case when n % 4 = 0 then 'REFUSED' else 'REPAIRED' end, '2016-02-01',
       '2016-08-01' from generate_series(1, 60) n`,
    [UNIT.market],
  );
  await office.sql(
    'objections',
    `insert into deletion_request (id, subject_id, record_type, record_id, item_id, about_persons, jurisdiction, provider, requested_by,
       requested_on, due_on, informed, source, article, executed_on)
     select gen_random_uuid(), gen_random_uuid(), 'Honor', gen_random_uuid(), 1, n > 8, '310116', $1, 'SUBJECT', '2016-02-01', '2016-03-01',
       'PROVIDER', 'SH-27b', '—', case when n <= 10 then '2016-02-20'::date end from generate_series(1, 20) n`,
    [UNIT.market],
  );
  await office.sql(
    'access',
    `insert into subject_authorization (id, subject_id, grantee, categories, valid_from, valid_until, method, confirmed_at, revoked_at)
     select gen_random_uuid(), gen_random_uuid(), case when n <= 3 then $1 else $2 end, '{}', '2016-01-01', '2017-01-01', 'ONLINE', '2016-04-01',
       case when n > 30 then '2016-05-01'::timestamptz end from generate_series(1, 40) n`,
    [UNIT.court, UNIT.market],
  );
  await office.sql(
    'sharing',
    `insert into given_day (unit, day, way, organizations, persons) values
       ($1, '2015-05-01', 'PUSHED', 100, 50), ($1, '2016-03-01', 'PUSHED', $3, 20), ($2, '2016-08-01', 'PUSHED', 1000, 3), ($1, '2016-03-02', 'READ', 7, 0)`,
    [UNIT.market, UNIT.court, PUSHED - 1_000],
  );
}, 240_000);
afterAll(() => office.close());

async function part(selection: string, period = Y2016) {
  const { data, errors } = await office.report(selection, period);
  expect(errors).toBeUndefined();
  return data.operatingReport;
}
const figures = (rows: readonly Row[]) =>
  Object.fromEntries(rows.map(({ key, organizations, persons }) => [key, [organizations, persons]]));

describe('[SP-stat] what the 2016 report tells besides', () => {
  test('累计查询: by channel to the end of the period, whichever period is asked for', async () => {
    const { queries } = await part(`queries { byChannel { ${ROW} } }`);
    for (const [channel, { year, total }] of Object.entries(LOOKS)) {
      const row = queries.byChannel.find(({ key }: Row) => key === channel);
      expect(row).toMatchObject({
        organizations: year[0],
        persons: year[1],
        personsAtLeast: year[1],
        organizationsTotal: total[0],
        personsTotal: total[1],
        personsTotalAtLeast: total[1],
      });
    }
    const { queries: quarter } = await part(`queries { total { ${ROW} } byChannel { ${ROW} } }`, {
      from: '2016-01-01',
      to: '2016-03-31',
    });
    expect(quarter.total).toBeNull();
    expect(quarter.byChannel).toEqual([]);
  });

  test('[SP-account] 账号开通: 757 of 80 units', async () => {
    const { accounts } = await part(
      'accounts { opened openedTotal suspended suspendedTotal openedTotalByUnit { key count } openedByMonth { key count } }',
    );
    expect(accounts).toMatchObject({
      opened: 57,
      openedTotal: ACCOUNTS.accounts,
      suspended: 0,
      suspendedTotal: 0,
      openedByMonth: [{ key: '2016-05', count: 57 }],
    });
    expect(accounts.openedTotalByUnit).toHaveLength(ACCOUNTS.units);
  });

  test('[SP-measures] 联合奖惩: 134 measures of who initiates and 171 of who implements, and what became of tasks by the day on which it did', async () => {
    const MEASURE = `measures { determined { ${ROW} } initiating { ${ROW} } implementing { ${ROW} } byEvent { ${ROW} } determinedByMonth { ${ROW} }
      executedByUnit { ${ROW} } measuresOfInitiators { key count } measuresOfImplementers { key count } }`;
    const { measures } = await part(MEASURE);
    expect(measures.measuresOfInitiators).toEqual([{ key: UNIT.court, count: MEASURES.initiating }]);
    const counts = measures.measuresOfImplementers.map(({ count }: { count: number }) => count);
    expect(counts.reduce((a: number, b: number) => a + b)).toBe(MEASURES.implementing);
    expect(figures(measures.initiating)).toEqual({ [UNIT.court]: [171, 0] });
    expect(figures(measures.implementing)).toEqual({ [UNIT.market]: [134, 0], [UNIT.construction]: [37, 0] });
    expect(figures(measures.byEvent)).toEqual({ DETERMINED: [171, 0] });
    expect(figures(measures.determinedByMonth)).toMatchObject({ '2016-03': [31, 0], '2016-08': [18, 0] });
    const { measures: later } = await part(MEASURE, { from: '2017-01-01', to: '2017-12-31' });
    expect(later.byEvent.map(({ key, organizations }: Row) => [key, organizations])).toEqual([
      ['EXECUTED', 171],
      ['DETERMINED', 0],
    ]);
    expect(later.determined).toMatchObject({ organizations: 0, organizationsTotal: 171 });
  });

  test('[SP-push] 数据推送: 3,277,338 records, by recipient and month; of persons few in a month are withheld', async () => {
    const { sharing } = await part(
      `sharing { personsFrom personsTo pushed { ${ROW} } pushedByUnit { ${ROW} } pushedByMonth { ${ROW} } read { ${ROW} } readByUnit { ${ROW} } }`,
    );
    expect(sharing.pushed).toMatchObject({
      organizations: PUSHED,
      organizationsBefore: 100,
      organizationsTotal: PUSHED + 100,
      persons: null,
      withheld: true,
      personsAtLeast: 20,
    });
    const rows = (table: readonly Row[]) => table.map(({ key, organizations }) => [key, organizations]);
    expect(rows(sharing.pushedByUnit)).toEqual([
      [UNIT.market, PUSHED - 1_000],
      [UNIT.court, 1_000],
    ]);
    expect(rows(sharing.pushedByMonth)).toEqual(
      expect.arrayContaining([
        ['2016-03', PUSHED - 1_000],
        ['2016-08', 1_000],
      ]),
    );
    expect(sharing.pushedByUnit[1]).toMatchObject({ persons: null, withheld: true, personsAtLeast: 0 });
    expect(figures(sharing.readByUnit)).toEqual({ [UNIT.market]: [7, 0] });
    expect(sharing).toMatchObject({ personsFrom: Y2016.from, personsTo: Y2016.to });
    const own = await office.city.ask(
      '{ operatingReport(from: "2016-01-01", to: "2016-12-31") { sharing { pushedByUnit { key } } } }',
      { token: await office.city.officer(UNIT.court) },
    );
    expect(own.data.operatingReport.sharing.pushedByUnit).toEqual([{ key: UNIT.court }]);
  });

  test('批量核查: 43,784 applicants, 801 of whom did not pass', async () => {
    const { checks } = await part(
      `checks { personsFrom personsTo checked { ${ROW} } byResult { ${ROW} } jobsByMonth { key count } jobsByUnit { key count } }`,
    );
    expect(checks.checked.persons).toBe(APPLICANTS.total);
    expect(figures(checks.byResult)).toEqual({ PASS: [0, APPLICANTS.passed], FAIL: [0, APPLICANTS.failed] });
    expect(checks.jobsByMonth).toEqual([{ key: '2016-12', count: 1 }]);
    expect(checks).toMatchObject({ personsFrom: Y2016.from, personsTo: Y2016.to });
  });
});

describe('[SP-stat] what a report of today has besides', () => {
  const REPAIRS = `repairs { personsFrom personsTo applied { ${ROW} } closed { ${ROW} } closedByResult { ${ROW} } appliedByMonth { ${ROW} }
    deletionsRequested { ${ROW} } deletionsExecuted { ${ROW} } }`;

  test('修复和删除: of persons by whole years, and few of them not at all', async () => {
    const { repairs } = await part(REPAIRS);
    expect(repairs.applied).toMatchObject({ organizations: 20, persons: 40 });
    expect(figures(repairs.closedByResult)).toEqual({ REPAIRED: [15, 30], REFUSED: [5, 10] });
    expect(repairs.deletionsRequested).toMatchObject({ organizations: 8, persons: 12 });
    expect(repairs.deletionsExecuted).toMatchObject({ organizations: 8, persons: null, withheld: true });
    const { repairs: half } = await part(REPAIRS, { from: '2016-01-01', to: '2016-06-30' });
    expect(half.applied).toMatchObject({ organizations: 20, persons: null, withheld: true });
    expect(half).toMatchObject({ personsFrom: null, personsTo: null });
  });

  test('授权: guarded as persons', async () => {
    const { authorizations } = await part(
      `authorizations { granted { ${ROW} } grantedByUnit { ${ROW} } grantedByMethod { ${ROW} } revoked { ${ROW} } }`,
    );
    expect(authorizations.granted.persons).toBe(40);
    expect(authorizations.revoked.persons).toBe(10);
    expect(figures(authorizations.grantedByUnit)).toEqual({
      [UNIT.court]: [0, null],
      [UNIT.market]: [0, null],
    });
  });
});
