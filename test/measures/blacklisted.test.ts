import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AskOptions } from '../support/city.ts';
import { OFFICE, Office, type OnFile, refused } from './office.ts';

const UNIT = OFFICE.pudongFinance.unit;

let office: Office;
let center: AskOptions;
beforeAll(async () => {
  office = await Office.open();
  center = await office.as('center');
});
afterAll(() => office.close());

const severe = (file: OnFile, jurisdiction: string, more: Record<string, unknown> = {}) =>
  office.city.record(file.subjectId, `${jurisdiction}-severe-amr`, { own: { reason: '虚假登记' }, ...more });
const take = async (file: OnFile, measure: string, recordType = 'Permit') =>
  refused(await office.determine(file, [{ measure, unit: UNIT }], center, { recordType }));

test.each([
  ['its own', '310115'],
  ['the city’s', '310000'],
])('[PD-10] in Pudong who is on %s black list is given no incentive', async (_, jurisdiction) => {
  const file = await office.other('310115-permit-amr', 'permits');
  expect(await take(file, 'PD-1-1')).toBe('not refused');
  await severe(file, jurisdiction);
  for (const measure of ['PD-5-1', 'SH-22-1'])
    expect(await take(file, measure)).toMatch(
      new RegExp(
        `^BAD_USER_INPUT tasks\\[0\\]\\.measure.*${measure} 是激励措施，主体在严重失信名单上.*（PD-10，第10项）`,
      ),
    );
});

test.each([
  ['2026-03-01', false],
  ['2026-03-02', false],
  ['2026-03-03', true],
])('[PD-10] a listing that ends on %s bars today, 2 March: %s', async (endedOn, stands) => {
  const file = await office.other('310115-permit-amr', 'permits');
  await severe(file, '310115', { endedOn });
  expect((await take(file, 'PD-5-1')) === 'not refused').toBe(!stands);
});

test('[PD-10] another district’s black list does not count, and elsewhere none does', async () => {
  const file = await office.other('310115-permit-amr', 'permits');
  await severe(file, '310112');
  expect(await take(file, 'PD-5-1')).toBe('not refused');
  const jinshan = await office.other('310116-honor-civ', 'honors');
  await severe(jinshan, '310116');
  expect(await take(jinshan, 'SH-22-1', 'Honor')).toBe('not refused');
});

test('[PD-10] who is blacklisted is punished all the same', async () => {
  const file = await office.penalty('310115', '2026-01-12', '严重');
  await severe(file, '310115');
  const answer = await office.determine(file, [{ measure: 'PD-6-3', unit: UNIT }], center);
  expect(answer.errors).toBeUndefined();
});

test('[PD-11] what Pudong keeps for its red list is for entries of it, and its punishments for the severe', async () => {
  const permitted = await office.other('310115-permit-amr', 'permits');
  expect(await take(permitted, 'PD-4-1')).toMatch(/只适用于列入红黑名单的信息（PD-4，第4项）/);
  const file = await office.penalty('310115', '2026-01-12', '一般');
  const answer = await office.determine(file, [{ measure: 'PD-6-3', unit: UNIT }], center);
  expect(refused(answer)).toMatch(/PD-6-3 适用于程度为“严重”及以上的失信行为，该记录为“一般”（PD-6，第6项）/);
});
