import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordInput } from '../../records/recordInput.ts';
import { City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { type OnFile, Repairing, errorOf } from './repairing.ts';

const PERMIT = '310116-permit-amr';
const PROMISE = '310116-commitment-gov';
const LAST_DAY = '2025-08-13';

let city: City;
let repairs: Repairing;

beforeAll(async () => {
  city = await City.open({ CREDIT_TODAY: LAST_DAY });
  repairs = new Repairing(city);
});
afterAll(() => city.close());

let next = 0;

/** A firm with a permit on a promise, and the promise. */
async function onPromise(fulfilment: string, state = '有效'): Promise<{ permit: OnFile; promise: OnFile }> {
  next += 1;
  const permit = await repairs.onFile(PERMIT, {
    documentNumber: `沪金市监许〔2025〕第00${next}号`,
    own: { state },
  });
  const promise = await repairs.onFile(
    PROMISE,
    {
      documentNumber: `沪金市监许[2025]${next}号`,
      own: { commitmentType: '审批替代型', reason: `办理许可${next}`, fulfilment },
    },
    permit,
  );
  return { permit, promise };
}

const eligible = async ({ code }: OnFile): Promise<boolean | null> =>
  (await city.ask('{ me { promiseEligible } }', { token: await repairs.subject(code) })).data.me
    .promiseEligible;

/** Applies, confirms and adopts. */
async function repair(of: OnFile): Promise<void> {
  const id = await repairs.applied(of, { commitment: null });
  for (const { errors } of [await repairs.support(of, id), await repairs.adopt(of, id)])
    if (errors) throw new Error(JSON.stringify(errors));
}

describe('[JS-24] one repair does both', () => {
  test('the permit and the breach of the promise linked to it; the promise procedure is open again', async () => {
    repairs.on(LAST_DAY);
    const { permit, promise } = await onPromise('未履行', '撤销');
    expect(await eligible(permit)).toBe(false);
    const id = await repairs.applied(permit);
    await repairs.support(permit, id);
    expect(await eligible(permit)).toBe(false);
    await repairs.adopt(permit, id);
    expect(await eligible(permit)).toBe(true);
    expect(await repairs.shown(permit, 'commitments')).toEqual([]);
    expect(await repairs.shown(permit, 'permits')).toEqual([]);
    expect((await repairs.archived(permit)).sort()).toEqual([permit.record, promise.record].sort());
  });

  test('a permit that stays in force stays on file', async () => {
    const { permit, promise } = await onPromise('未履行');
    await repair(permit);
    expect(await repairs.shown(permit, 'permits')).toEqual([permit.record]);
    expect(await repairs.shown(permit, 'commitments')).toEqual([]);
    expect(await repairs.archived(permit)).toEqual([promise.record]);
  });

  test('the breach by itself', async () => {
    const { permit, promise } = await onPromise('未履行');
    await repair(promise);
    expect(await repairs.shown(permit, 'commitments')).toEqual([]);
    expect(await eligible(permit)).toBe(true);
  });

  test('another permit’s promise stays broken', async () => {
    const { permit } = await onPromise('未履行');
    const own = { commitmentType: '告知承诺', reason: '另一许可', fulfilment: '未履行' };
    const other = await repairs.onFile(PROMISE, { documentNumber: '另号', own }, permit);
    await repair(permit);
    expect(await repairs.shown(permit, 'commitments')).toEqual([other.record]);
    expect(await eligible(permit)).toBe(false);
  });

  test('what was kept, or is linked to no breach, has nothing to repair', async () => {
    const { permit, promise } = await onPromise('已履行');
    for (const record of [permit, promise])
      expect(errorOf(await repairs.apply(record)).message).toContain('JS-24，第二十四条');
  });

  test('a penalty is not repaired by it: the district has no rule of its own, nor had the city', async () => {
    const penalty = await repairs.onFile('310116-penalty-amr');
    expect(errorOf(await repairs.apply(penalty)).message).toContain('没有信用修复的条款');
  });
});

describe('[JS-24] promiseEligible', () => {
  test.each([
    ['已履行', true],
    ['履行中', true],
    ['未履行', false],
    ['未按期履行', false],
    ['虚假承诺', false],
  ])('%s: %s', async (fulfilment, expected) => {
    repairs.on(LAST_DAY);
    expect(await eligible((await onPromise(fulfilment)).permit)).toBe(expected);
  });

  test.each([
    ['2023-08-13', null],
    ['2023-08-14', false],
    [LAST_DAY, false],
    ['2025-08-14', null],
  ])('on %s: %s', async (day, expected) => {
    const { permit, promise } = await onPromise('未履行');
    repairs.on(day);
    expect(await eligible(permit)).toBe(expected);
    const { errors } = await repairs.apply(promise, { rectifiedOn: '2023-01-01' });
    expect(errors === undefined).toBe(expected !== null);
    repairs.on(LAST_DAY);
  });

  const broken: Partial<RecordInput> = {
    documentNumber: '甲',
    own: { commitmentType: '审批替代型', reason: '办理', fulfilment: '未履行' },
  };

  test('by the jurisdiction of the promise, and of promises alone', async () => {
    const elsewhere = await repairs.onFile('310000-commitment-gov', broken);
    expect(await eligible(elsewhere)).toBe(true);
    const own = { ...broken.own, commitmentType: '主动型' };
    expect(await eligible(await repairs.onFile(PROMISE, { ...broken, own }))).toBe(true);
  });

  test('an officer whose matter opens promises is told, and the journal; others and the public are not', async () => {
    const { permit } = await onPromise('未履行');
    const ask = (options = {}) =>
      city.ask(`{ subject(code: "${permit.code}") { promiseEligible } }`, options);
    const token = await city.officer(UNIT.market);
    const told = await ask({ token, purpose: MATTER.supervision });
    expect(told.data.subject).toEqual({ promiseEligible: false });
    const { rows } = await city
      .database('access')
      .query('select subjects::text[], items from journal_entry where id = $1', [told.extensions?.receipt]);
    expect(rows).toEqual([{ subjects: [permit.subjectId], items: [PROMISE] }]);
    expect(errorOf(await ask({ token })).code).toBe('PURPOSE_REQUIRED');
    expect((await ask()).data.subject).toEqual({ promiseEligible: null });
  });
});
