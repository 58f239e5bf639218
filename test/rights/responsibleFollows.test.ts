import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ArchiveReason, DisputeMark, OrderAction } from '../../records/orders/order.ts';
import { moveTo } from '../law/onFile.ts';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { ResponsibleDesk } from './responsibleDesk.ts';

const TODAY = '2026-03-02';

let city: City;
let desk: ResponsibleDesk;
let provider: string;

beforeAll(async () => {
  city = await City.open({ CREDIT_TODAY: TODAY });
  desk = new ResponsibleDesk(city, '320600');
  provider = await desk.desk.provider(desk.unit);
});
afterAll(() => city.close());

const markOf = (stage: string): DisputeMark => ({ since: TODAY, by: 'SUBJECT', stage, note: null });
/** What became of records has reached those who follow them. */
const carriedOut = (): Promise<void> =>
  city.until(async () => {
    const { rows } = await city
      .database('penalties')
      .query('select count(*)::int as open from order_outbox where applied_at is null');
    return rows[0].open === 0;
  });
const nobody = (entries: unknown[]): boolean => entries.length === 0;

async function correct(firm: { code: string; id: string }, values: Record<string, string>): Promise<void> {
  const { errors } = await desk.desk.correct({ record: firm.id, code: firm.code, values }, provider);
  if (errors) throw new Error(JSON.stringify(errors));
}

describe('[NT-29][SR-28] an entry follows the organization’s record:', () => {
  test('it is shown up to and including the same last day, without any job', async () => {
    const { person } = await desk.entered();
    const shown: Record<string, number> = {};
    for (const day of ['2028-06-17', '2028-06-18', '2028-06-19']) {
      moveTo(city, day);
      shown[day] = (await desk.own(person)).length;
    }
    moveTo(city, TODAY);
    expect(shown).toEqual({ '2028-06-17': 1, '2028-06-18': 1, '2028-06-19': 0 });
  });

  test('corrected to a lesser degree, it is gone; corrected back, it is there again', async () => {
    const { firm, person } = await desk.entered();
    await correct(firm, { 失信程度: '一般' });
    await desk.until(person, nobody);
    await correct(firm, { 失信程度: '严重' });
    await desk.until(person, ([entry]) => entry?.visibleUntil === '2028-06-18');
  });

  test('its dates are taken over, also once the tidy-up has moved the entry to the archive', async () => {
    const { firm, person } = await desk.entered();
    await correct(firm, { 终止日期: '2025-07-01' });
    const stored = async () =>
      (
        await city
          .database('penalties')
          .query('select ended_on::text, revision from linked_conduct where original_record = $1', [firm.id])
      ).rows;
    await city.until(async () => (await stored())[0]?.revision === 2);
    expect(await stored()).toEqual([{ ended_on: '2025-07-01', revision: 2 }]);
    moveTo(city, '2028-06-19');
    await city.running.house.subgraphs.penalties.tidy?.();
    expect(await stored()).toEqual([]);
    await correct(firm, { 终止日期: '2025-07-02' });
    await city.until(async () => (await stored())[0]?.ended_on === '2025-07-02');
    moveTo(city, TODAY);
    expect(await desk.own(person)).toHaveLength(1);
  });

  test('revoked, it is revoked, and what it said is deleted', async () => {
    const { firm, person } = await desk.entered();
    const { rows } = await city
      .database('penalties')
      .query('select subject_id, id from linked_conduct where original_record = $1', [firm.id]);
    const [{ subject_id: subjectId, id }] = rows;
    await desk.desk.revoke({ record: firm.id, code: firm.code }, provider);
    await desk.until(person, nobody);
    const left = await city
      .database('penalties')
      .query(
        'select title, role, organization, original_record, revoked_at is not null as revoked from linked_conduct where subject_id = $1 and id = $2',
        [subjectId, id],
      );
    expect(left.rows).toEqual([
      { title: null, role: null, organization: null, original_record: null, revoked: true },
    ]);
    const center = { token: await desk.desk.provider(desk.unit) };
    expect((await desk.enter(firm, [person], {}, center)).errors).toHaveLength(1);
  });

  test.each<ArchiveReason>(['REPAIRED', 'OBJECTION_UPHELD', 'DELETED', 'BLACKLISTED'])(
    '%s, it is archived and does not come back',
    async (because) => {
      const { firm, person } = await desk.entered();
      await desk.ofFirm(firm, { kind: 'ARCHIVE', because, by: desk.unit, reason: '决定' });
      await desk.until(person, nobody);
      await correct(firm, { 违法事实: '更正后的事实' });
      expect(await desk.own(person)).toEqual([]);
      expect((await desk.enter(firm, [person])).errors?.[0]?.message).toContain('已转档');
    },
  );

  test('off the list, it takes over the term; a list’s archived entry may be sent again', async () => {
    const item = '320600-severe-amr';
    const code = firmCode(800);
    const row = {
      企业名称: '责任名单有限公司',
      统一社会信用代码: code,
      列入日期: '2025-06-18',
      列入原因: '提交虚假材料取得公司登记',
      '作出决定机关（列入）': '南通市市场监督管理局',
      失信程度: '严重',
    };
    await desk.desk.submit(item, 'severe', [row]);
    const { rows } = await city.database('penalties').query('select subject_id, id from severe_listing');
    const [{ subject_id: subjectId, id }] = rows;
    const person = desk.person();
    await desk.enter({ code, id }, [person], { recordType: 'SevereListing' });
    const removed = { ...row, 移出日期: '2026-02-01', 移出原因: '列入满三年' };
    await desk.desk.submit(item, 'severe', [removed]);
    const ended = 'select ended_on::text from linked_conduct where original_record = $1';
    const endedOn = async () => (await city.database('penalties').query(ended, [id])).rows[0]?.ended_on;
    await city.until(async () => (await endedOn()) === '2026-02-01');
    const archive = { kind: 'ARCHIVE', because: 'REPAIRED', by: desk.unit, reason: '信用修复' } as const;
    await desk.order('SevereListing', subjectId, id, archive);
    await desk.until(person, nobody);
    const again = await desk.desk.submit(item, 'severe', [{ ...removed, 移出日期: '2026-02-02' }]);
    expect(again).toMatchObject({ accepted: 1, rejected: 0 });
    expect(await desk.own(person)).toEqual([]);
  });

  test('it carries the mark while the record does, also where it is entered meanwhile', async () => {
    const { firm, person } = await desk.entered();
    await desk.ofFirm(firm, { kind: 'MARK', dispute: markOf('FILED') });
    await desk.until(person, ([entry]) => entry?.dispute?.stage === 'FILED');
    await desk.ofFirm(firm, { kind: 'MARK', dispute: markOf('VERIFYING') });
    await desk.until(person, ([entry]) => entry?.dispute?.stage === 'VERIFYING');
    const later = desk.person();
    await desk.enter(firm, [later]);
    expect(await desk.own(later)).toMatchObject([{ dispute: markOf('VERIFYING') }]);
    await desk.ofFirm(firm, { kind: 'UNMARK' });
    await desk.until(person, ([entry]) => entry?.dispute === null);
    await desk.until(later, ([entry]) => entry?.dispute === null);
  });

  test('while the record is disputed, its mark is back at once when the person’s own goes', async () => {
    const { firm, person } = await desk.entered();
    const [{ id }] = await desk.own(person);
    const subjectId = await city.subject(person.code, person.name, 'NATURAL_PERSON');
    const stage = async () => (await desk.own(person))[0].dispute?.stage ?? null;
    const order = (action: OrderAction) => desk.order('LinkedConduct', subjectId, id, action);
    await desk.ofFirm(firm, { kind: 'MARK', dispute: markOf('FILED') });
    await desk.until(person, ([entry]) => entry?.dispute?.stage === 'FILED');
    await order({ kind: 'MARK', dispute: markOf('APPEALED') });
    await desk.ofFirm(firm, { kind: 'MARK', dispute: markOf('VERIFYING') });
    await carriedOut();
    expect(await stage()).toBe('APPEALED');
    await order({ kind: 'UNMARK' });
    expect(await stage()).toBe('VERIFYING');
    await desk.ofFirm(firm, { kind: 'UNMARK' });
    await desk.until(person, ([entry]) => entry?.dispute === null);
    await order({ kind: 'MARK', dispute: markOf('FILED') });
    await order({ kind: 'UNMARK' });
    expect(await stage()).toBeNull();
  });

  test('a mark of the person’s own stays when that of the record goes', async () => {
    const { firm, person } = await desk.entered();
    const [{ id }] = await desk.own(person);
    const subjectId = await city.subject(person.code, person.name, 'NATURAL_PERSON');
    await desk.order('LinkedConduct', subjectId, id, { kind: 'MARK', dispute: markOf('FILED') });
    await desk.ofFirm(firm, { kind: 'MARK', dispute: markOf('VERIFYING') });
    await desk.ofFirm(firm, { kind: 'UNMARK' });
    await carriedOut();
    expect(await desk.own(person)).toMatchObject([{ dispute: { stage: 'FILED' } }]);
  });
});

test('[NT-29] an entry that its unit revoked is not entered again [SR-32b]', async () => {
  const { firm, person } = await desk.entered();
  const [{ id }] = await desk.own(person);
  const input = { record: id, code: person.code, recordType: 'LinkedConduct' };
  expect((await desk.desk.revoke(input, provider)).errors).toBeUndefined();
  const { data } = await desk.enter(firm, [person]);
  expect(data.enterResponsiblePersons).toEqual({ entered: 0, known: 0, revoked: 1 });
  expect(await desk.own(person)).toEqual([]);
});
