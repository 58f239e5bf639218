import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { UNIT } from '../support/known.ts';
import { Repairing, errorOf } from './repairing.ts';

const PENALTY = '320600-penalty-amr';
/** Determined after the rectification, as when a firm puts things right before the decision. */
const SEVERE = { determinedOn: '2025-02-03', grade: 'SEVERE', visibleUntil: '2028-02-03' } as const;

let city: City;
let repairs: Repairing;

beforeAll(async () => {
  city = await City.open();
  repairs = new Repairing(city);
});
afterAll(() => city.close());

describe('[NT-34] an application that lacks a condition is refused with it', () => {
  test.each([
    ['no day of rectification', { rectifiedOn: null }, ['RECTIFIED']],
    ['a day to come', { rectifiedOn: '2026-03-03' }, ['RECTIFIED', 'CLEAN_PERIOD']],
    ['nothing told of it', { rectification: ' ' }, ['RECTIFIED']],
    ['no evidence', { evidence: [] }, ['RECTIFIED']],
    ['no commitment', { commitment: null }, ['COMMITMENT']],
    ['a year that is not over', { rectifiedOn: '2025-03-02' }, ['CLEAN_PERIOD']],
    ['several', { rectifiedOn: '2025-09-01', commitment: '' }, ['CLEAN_PERIOD', 'COMMITMENT']],
  ])('%s', async (_, input, lacking) => {
    repairs.on('2026-03-02');
    const refused = errorOf(await repairs.apply(await repairs.onFile(PENALTY, SEVERE), input));
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', lacking });
    expect(refused.message).toContain('NT-34，第三十四条');
  });

  test.each([
    ['2024-02-29', '2025-02-27', false],
    ['2024-02-29', '2025-02-28', false],
    ['2024-02-29', '2025-03-01', true],
    ['2025-02-28', '2026-02-27', false],
    ['2025-02-28', '2026-02-28', false],
    ['2025-02-28', '2026-03-01', true],
    ['2027-03-01', '2028-02-29', false],
    ['2027-03-01', '2028-03-01', false],
    ['2027-03-01', '2028-03-02', true],
  ])('a year since %s on %s: %s', async (rectifiedOn, today, over) => {
    repairs.on(today);
    const record = await repairs.onFile(PENALTY, { ...SEVERE, visibleUntil: '2030-01-01' });
    const { errors } = await repairs.apply(record, { rectifiedOn });
    expect(errors?.[0]?.extensions['lacking']).toEqual(over ? undefined : ['CLEAN_PERIOD']);
  });

  test.each([
    [
      'the same kind on the day itself, which the conduct before it was found on',
      '2025-01-10',
      PENALTY,
      true,
    ],
    ['the same kind on the day after', '2025-01-11', PENALTY, false],
    ['the same kind on the last day', '2026-01-10', PENALTY, false],
    ['the same kind after the year', '2026-01-11', PENALTY, true],
    ['another kind', '2025-06-01', '320600-penalty-em', true],
  ])('%s', async (_, determinedOn, item, taken) => {
    repairs.on('2026-03-02');
    const record = await repairs.onFile(PENALTY, SEVERE);
    await repairs.onFile(item, { determinedOn, visibleUntil: '2025-12-31' }, record);
    const { errors } = await repairs.apply(record, { rectifiedOn: '2025-01-10' });
    expect(errors?.[0]?.extensions['lacking']).toEqual(taken ? undefined : ['CLEAN_PERIOD']);
  });

  test('conduct past its term, moved to the archive, counts; what ended before and was found later does not', async () => {
    repairs.on('2026-03-02');
    const record = await repairs.onFile(PENALTY, SEVERE);
    const earlier = { determinedOn: '2025-02-01', endedOn: '2025-01-05', visibleUntil: '2026-02-01' };
    await repairs.onFile(PENALTY, earlier, record);
    await city.running.house.subgraphs.penalties.tidy?.();
    const second = await repairs.onFile(PENALTY, SEVERE);
    await repairs.onFile(PENALTY, { determinedOn: '2025-02-01', visibleUntil: '2026-02-01' }, second);
    await city.running.house.subgraphs.penalties.tidy?.();
    expect((await repairs.apply(record)).errors).toBeUndefined();
    expect(errorOf(await repairs.apply(second))).toMatchObject({ lacking: ['CLEAN_PERIOD'] });
  });
});

test("[NT-34] another's record, an unknown, a revoked, an archived one and one past its term are refused in the same words", async () => {
  repairs.on('2026-03-02');
  const own = await repairs.onFile(PENALTY, SEVERE);
  const others = await repairs.onFile(PENALTY, SEVERE);
  const past = await repairs.onFile(PENALTY, { ...SEVERE, visibleUntil: '2026-03-01' }, own);
  const revoked = await repairs.onFile(PENALTY, SEVERE, own);
  const archived = await repairs.onFile(PENALTY, SEVERE, own);
  const pool = city.database('penalties');
  await pool.query('update administrative_penalty set revoked_at = now() where id = $1', [revoked.record]);
  await pool.query('update administrative_penalty set archived_at = now() where id = $1', [archived.record]);
  const evidence = [{ recordType: own.recordType, record: own.record }];
  const tried = [
    '00000000-0000-4000-8000-000000000000',
    'x',
    ...[others, past, revoked, archived].map((r) => r.record),
  ];
  const words = new Set<string>();
  for (const record of tried) words.add(errorOf(await repairs.apply(own, { record, evidence })).message);
  expect(words.size).toBe(1);
});

test('[NT-34][SH-26] officers and the public do not apply; the center does for a subject, with a purpose', async () => {
  repairs.on('2026-03-02');
  const record = await repairs.onFile(PENALTY, SEVERE);
  const center = await repairs.center('320600');
  const { purpose: _, ...withoutPurpose } = center;
  const officer = { token: await city.officer(UNIT.market), purpose: '310116-supervision-market' };
  const { code } = record;
  expect(errorOf(await repairs.apply(record, { code }, officer)).code).toBe('FORBIDDEN');
  expect(errorOf(await repairs.apply(record, { code }, withoutPurpose)).code).toBe('PURPOSE_REQUIRED');
  expect(errorOf(await repairs.apply(record, { code }, {})).code).toBe('UNAUTHENTICATED');
  const { data, extensions } = await repairs.apply(record, { code }, center);
  expect(data.applyForRepair.application).toMatchObject({ stage: 'APPLIED', turn: 'PROVIDER' });
  const { rows } = await city
    .database('access')
    .query('select subjects::text[], items from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows).toEqual([{ subjects: [record.subjectId], items: [PENALTY] }]);
});

test('[NT-34] a second application is a CONFLICT that names where the first one stands; withdrawn, another can follow', async () => {
  repairs.on('2026-03-02');
  const record = await repairs.onFile(PENALTY, SEVERE);
  const id = await repairs.applied(record);
  expect(errorOf(await repairs.apply(record))).toMatchObject({
    code: 'CONFLICT',
    stage: 'APPLIED',
    turn: 'PROVIDER',
  });
  const other = { token: await repairs.subject((await repairs.onFile(PENALTY, SEVERE)).code) };
  expect(errorOf(await repairs.withdraw(id, other)).code).toBe('BAD_USER_INPUT');
  const self = { token: await repairs.subject(record.code) };
  expect((await repairs.withdraw(id, self)).data.withdrawRepair.application.stage).toBe('WITHDRAWN');
  expect(errorOf(await repairs.withdraw(id, self))).toMatchObject({
    code: 'CONFLICT',
    stage: 'WITHDRAWN',
    turn: null,
  });
  expect(errorOf(await repairs.support(record, id))).toMatchObject({ code: 'CONFLICT', stage: 'WITHDRAWN' });
  await repairs.applied(record);
});

test('[NT-34] what is not negative is not repaired', async () => {
  repairs.on('2026-03-02');
  const record = await repairs.onFile('320600-permit-amr');
  const { message, code } = errorOf(await repairs.apply(record));
  expect(code).toBe('BAD_USER_INPUT');
  expect(message).toContain('NT-34');
});
