import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { OFFICE, Office, refused } from './office.ts';

const FINANCE = OFFICE.jinshanFinance.unit;
const CONSTRUCTION = OFFICE.jinshanConstruction.unit;

let office: Office;
let jinshan: AskOptions;
let center: AskOptions;
beforeAll(async () => {
  office = await Office.open();
  jinshan = await office.as('jinshan');
  center = await office.as('center');
});
afterAll(() => office.close());

describe('[PD-12] a determination', () => {
  test('by the unit that provides the record raises a task for each implementing unit', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const { data, errors } = await office.determine(
      file,
      [
        { measure: 'SH-23-4', unit: FINANCE, dueOn: '2026-03-16' },
        { measure: 'SH-23-5', unit: FINANCE },
        { measure: 'SH-23-1', unit: CONSTRUCTION },
      ],
      jinshan,
    );
    expect(errors).toBeUndefined();
    const { raised, tasks } = data.determineMeasures;
    expect(raised).toBe(3);
    expect(tasks[0]).toEqual({
      id: expect.any(String),
      state: 'PENDING',
      overdue: false,
      measure: { code: 'SH-23-4', force: 'MANDATORY' },
      subject: { id: file.subjectId, name: file.name },
      recordType: 'AdministrativePenalty',
      record: file.record,
      item: { code: '310116-penalty-amr' },
      jurisdiction: '310116',
      grade: 'GENERAL',
      initiator: { code: UNIT.market },
      unit: { code: FINANCE },
      reason: '依法认定',
      determinedOn: '2026-03-02',
      dueOn: '2026-03-16',
      dueProvisional: false,
      endsOn: '2031-01-12',
      outcome: null,
      outcomeOn: null,
      reportedOn: null,
      note: null,
      closedOn: null,
    });
    expect(tasks.map((task: { unit: { code: string } }) => task.unit.code)).toEqual([
      FINANCE,
      FINANCE,
      CONSTRUCTION,
    ]);
  });

  test('that is repeated, by whomever and however often at once, is one task', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const asked = [{ measure: 'SH-23-4', unit: FINANCE }];
    const answers = await Promise.all(
      [jinshan, center, jinshan, center, jinshan].map((as) =>
        office.determine(file, [...asked, ...asked], as),
      ),
    );
    expect(answers.map(({ errors }) => errors)).toEqual(answers.map(() => undefined));
    const done = answers.map(({ data }) => data.determineMeasures);
    expect(done.reduce((sum, { raised }) => sum + raised, 0)).toBe(1);
    const ids = done.flatMap(({ tasks }) => tasks.map(({ id }: { id: string }) => id));
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(1);
  });

  test('by the center is for any unit’s record; by another unit, the authority, a service or the subject it is refused', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const asked = [{ measure: 'SH-23-1', unit: FINANCE }];
    const who = async (role: 'authority' | 'service', unit: string, purpose: string) => ({
      token: await office.city.token({ role, unit, name: '孙八' }),
      purpose,
    });
    const construction = await office.as('jinshanConstruction');
    expect(refused(await office.determine(file, asked, construction))).toMatch(
      /^BAD_USER_INPUT record：本单位没有/,
    );
    const authority = await who('authority', UNIT.center, OFFICE.center.purpose);
    expect(refused(await office.determine(file, asked, authority))).toMatch(/^FORBIDDEN/);
    const service = await who('service', UNIT.market, OFFICE.jinshan.purpose);
    expect(refused(await office.determine(file, asked, service))).toMatch(/^FORBIDDEN/);
    const subject = { token: await office.city.token({ role: 'subject', code: file.code }) };
    expect(refused(await office.determine(file, asked, subject))).toMatch(/^FORBIDDEN/);
    expect(refused(await office.determine(file, asked, {}))).toMatch(/^UNAUTHENTICATED/);
    const { data } = await office.determine(file, asked, center);
    expect(data.determineMeasures.tasks[0]).toMatchObject({ initiator: { code: UNIT.center } });
  });

  test('[SH-26] needs a purpose, also where nothing of the subject is asked for', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const asked = [{ measure: 'SH-23-1', unit: FINANCE }];
    const token = jinshan.token;
    expect(refused(await office.determine(file, asked, { token }))).toMatch(/^PURPOSE_REQUIRED/);
    const input = {
      code: file.code,
      record: file.record,
      recordType: 'AdministrativePenalty',
      tasks: asked,
      reason: '认定',
    };
    const answer = await office.city.ask(
      'mutation ($input: DetermineMeasuresInput!) { determineMeasures(input: $input) { raised } }',
      { token, variables: { input } },
    );
    expect(refused(answer)).toMatch(/^PURPOSE_REQUIRED/);
  });

  test('says what is wrong with its input', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const task = { measure: 'SH-23-1', unit: FINANCE };
    const say = async (tasks: object[], more: Record<string, unknown> = {}) =>
      refused(await office.determine(file, tasks as never, jinshan, more));
    expect(await say([])).toMatch(/^BAD_USER_INPUT tasks/);
    expect(await say([{ ...task, unit: '11310116MBY000000X' }])).toMatch(
      /tasks\[0\]\.unit.*11310116MBY000000X/,
    );
    expect(await say([task, { ...task, dueOn: '2026-02-30' }])).toMatch(/tasks\[1\]\.dueOn/);
    expect(await say([{ ...task, dueOn: '2026-03-01' }])).toMatch(/tasks\[0\]\.dueOn.*不得早于今日/);
    expect(await say([task], { reason: ' ' })).toMatch(/^BAD_USER_INPUT reason/);
    expect(await say([task], { reason: '长'.repeat(1001) })).toMatch(/^BAD_USER_INPUT reason/);
    expect(await say([task], { recordType: 'Nothing' })).toMatch(/^BAD_USER_INPUT recordType/);
    expect(await say([task], { record: 'x' })).toMatch(/^BAD_USER_INPUT record：/);
    expect(await say([task], { code: firmCode(999) })).toMatch(/^BAD_USER_INPUT record：/);
    expect(await say([task], { code: '91310116M00000000X' })).toMatch(/^BAD_USER_INPUT code/);
    expect(await say([task], { recordType: 'Honor' })).toMatch(/^BAD_USER_INPUT record：/);
  });
});

describe('[JS-18] a measure', () => {
  test.each([
    ['轻微', 'SH-23-1', null],
    [
      '轻微',
      'SH-23-4',
      /SH-23-4 适用于程度为“一般”及以上的失信行为，该记录为“轻微”（SH-23，第二十三条第四项）/,
    ],
    ['一般', 'SH-23-4', null],
    [
      '一般',
      'SH-23-7',
      /SH-23-7 适用于程度为“严重”及以上的失信行为，该记录为“一般”（SH-23，第二十三条第七项）/,
    ],
    ['严重', 'SH-23-7', null],
    ['严重', 'SH-23-1', null],
  ])('on conduct that is %s: %s', async (grade, measure, refusal) => {
    const file = await office.penalty('310116', '2026-01-12', grade);
    const answer = await office.determine(file, [{ measure, unit: FINANCE }], jinshan);
    if (refusal) expect(refused(answer)).toMatch(refusal);
    else expect(answer.errors).toBeUndefined();
  });

  test('above the degree leaves nothing behind of what was determined with it', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    const both = [
      { measure: 'SH-23-1', unit: FINANCE },
      { measure: 'SH-23-7', unit: FINANCE },
    ];
    expect(refused(await office.determine(file, both, jinshan))).toMatch(
      /^BAD_USER_INPUT tasks\[1\]\.measure/,
    );
    const { data } = await office.determine(file, both.slice(0, 1), jinshan);
    expect(data.determineMeasures.raised).toBe(1);
  });

  test('that is not in the list of the record’s own jurisdiction is refused, whoever asks [JS-13]', async () => {
    const file = await office.penalty('310116', '2026-01-12');
    for (const measure of ['ZD-28-1', 'NT-26-3', 'JS-16-1', 'SH-99-1'])
      expect(refused(await office.determine(file, [{ measure, unit: FINANCE }], center))).toMatch(
        /^BAD_USER_INPUT tasks\[0\]\.measure.*不在上海市金山区的措施清单内/,
      );
  });

  test('is an incentive for positive and a punishment for negative information', async () => {
    const negative = await office.penalty('310116', '2026-01-12');
    const positive = await office.other('310116-honor-civ', 'honors');
    const ask = (file: typeof negative, measure: string, recordType: string) =>
      office.determine(file, [{ measure, unit: FINANCE }], center, { recordType });
    expect(refused(await ask(negative, 'SH-22-1', 'AdministrativePenalty'))).toMatch(
      /SH-22-1 是激励措施，不适用于失信信息（SH-22，第二十二条第一项）/,
    );
    expect(refused(await ask(positive, 'SH-23-1', 'Honor'))).toMatch(
      /SH-23-1 是惩戒措施，只适用于失信信息（SH-23，第二十三条第一项）/,
    );
    const { data } = await ask(positive, 'SH-22-1', 'Honor');
    expect(data.determineMeasures.tasks[0]).toMatchObject({ state: 'PENDING', grade: null, endsOn: null });
  });

  test('[NT-28] on who is on a list is for lists', async () => {
    const unit = OFFICE.nantongFinance.unit;
    const penalty = await office.penalty('320600', '2026-01-12', '严重');
    const listed = await office.other('320600-severe-amr', 'severeListings', { visibleUntil: '2028-06-01' });
    const ask = (file: typeof penalty, recordType: string) =>
      office.determine(file, [{ measure: 'NT-28-2', unit }], center, { recordType });
    expect(refused(await ask(penalty, 'AdministrativePenalty'))).toMatch(
      /只适用于列入红黑名单的信息（NT-28，第二十八条）/,
    );
    expect((await ask(listed, 'SevereListing')).errors).toBeUndefined();
  });
});

describe('[PD-15] a record that is over carries no measure', () => {
  test('past its term, from the day after on', async () => {
    const file = await office.penalty('310116', '2021-03-02');
    const ask = async () =>
      refused(await office.determine(file, [{ measure: 'SH-23-1', unit: FINANCE }], jinshan));
    office.moveTo('2026-03-03');
    expect(await ask()).toMatch(
      /^BAD_USER_INPUT record：记录查询期限已于 2026-03-02 届满.*（SH-27，第二十七条第一款）/,
    );
    office.moveTo('2026-03-02');
    expect(await ask()).toBe('not refused');
  });

  test('archived or revoked', async () => {
    const archived = await office.penalty('310116', '2026-01-12');
    await office.city
      .database('penalties')
      .query('update administrative_penalty set archived_at = now() where id = $1', [archived.record]);
    const asked = [{ measure: 'SH-23-1', unit: FINANCE }];
    expect(refused(await office.determine(archived, asked, jinshan))).toMatch(
      /^BAD_USER_INPUT record：记录已归档/,
    );
    const revoked = await office.penalty('310116', '2026-01-12');
    await office.desk.revoke({ record: revoked.record, code: revoked.code });
    expect(refused(await office.determine(revoked, asked, jinshan))).toMatch(
      /^BAD_USER_INPUT record：记录已撤销/,
    );
  });
});

test('[JS-18] in Jinshan’s own time its article is named, and its own measures stand beside the city’s', async () => {
  const then = await Office.open({ CREDIT_TODAY: '2025-03-03' });
  try {
    const file = await then.penalty('310116', '2025-01-13');
    const as = await then.as('jinshan');
    const ask = (measure: string) => then.determine(file, [{ measure, unit: FINANCE }], as);
    expect(refused(await ask('JS-17-2'))).toMatch(/该记录为“一般”（JS-17，第十七条第二项；JS-18，第十八条）/);
    expect((await ask('JS-16-2')).errors).toBeUndefined();
    expect((await ask('SH-23-4')).errors).toBeUndefined();
  } finally {
    await then.close();
  }
});
