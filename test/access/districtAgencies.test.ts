import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Grant } from '../../records/grant.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { CITY_MARKET, DistrictCity, EACH, FIRMS, fileOf } from './districtDesk.ts';

const [OWN] = FIRMS;

let district: DistrictCity;

beforeAll(async () => {
  district = await DistrictCity.open();
});
afterAll(() => district.city.close());

test('[SP-sub] measures tell of no record beyond the district', async () => {
  const [subject] = district.ids as [string];
  const items = ['310116-penalty-amr', '310112-penalty-amr', '310000-penalty-amr'];
  await district.publish({
    code: 'm-measures',
    name: '奖惩核查',
    unit: CITY_MARKET,
    kind: 'DAILY_SUPERVISION',
    aboutPersons: false,
    items,
  });
  const known = district.city.running.house.follower.current()?.itemsByCode;
  for (const item of items)
    await district.city.database('measures').query(
      `insert into measure_task (id, subject_id, about_person, record_type, record_id, item_id, jurisdiction, revision, initiator, unit, measure,
         basis, reason, determined_on, disputed)
       values (gen_random_uuid(), $1, false, 'AdministrativePenalty', gen_random_uuid(), $2, $3, 1, $4, $4, 'M', '{}', '依法认定', '2026-03-01', false)`,
      [subject, known?.get(item)?.id, item.slice(0, 6), CITY_MARKET],
    );
  const seen = async (caller: string) => {
    const { token } = district.caller(caller).options as { token: string };
    const query = `{ subject(code: "${OWN.code}") { measures { totalCount nodes { jurisdiction } } } }`;
    const { data } = await district.city.ask(query, { token, purpose: 'm-measures' });
    const { totalCount, nodes } = data.subject.measures;
    return [totalCount, nodes.map((one: { jurisdiction: string }) => one.jurisdiction).sort()];
  };
  const callers = ['city', 'city’s unit in Minhang', 'city', 'city’s unit in Minhang'];
  expect(await Promise.all(callers.map(seen))).toEqual([
    [3, ['310000', '310112', '310116']],
    [1, ['310112']],
    [3, ['310000', '310112', '310116']],
    [1, ['310112']],
  ]);
});

test('[SP-sub] an agency that is asked directly goes by the bound of the grant, also for `_entities`', async () => {
  const totals = async (more: Partial<Grant>) => {
    const { _entities, _disclosed } = await district.askAgency(
      'penalties',
      'penalties { totalCount }',
      'm-city',
      more,
    );
    return [_entities[0].penalties.totalCount, _disclosed[0]];
  };
  expect(await totals({})).toEqual([3 * EACH, true]);
  expect(await totals({ district: '310112' })).toEqual([EACH, true]);
  expect(await totals({ district: '310115' })).toEqual([0, false]);
});

test('[SP-sub][JS-24] a promise broken in another district is not told of', async () => {
  await district.publish({
    code: 'm-promise',
    name: '承诺核查',
    unit: CITY_MARKET,
    kind: 'DAILY_SUPERVISION',
    aboutPersons: false,
    items: ['310116-commitment-gov'],
  });
  await district.city.record(district.ids[0] as string, '310116-commitment-gov', {
    own: { commitmentType: '告知承诺', fulfilment: '未履行' },
  });
  // A day on which the rules of Jinshan were in force.
  const told = async (more: Partial<Grant>) =>
    (
      await district.askAgency('registration', 'promiseEligible', 'm-promise', {
        today: '2025-07-01',
        ...more,
      })
    )._entities[0].promiseEligible;
  expect(await Promise.all([{}, { district: '310116' }, { district: '310112' }].map(told))).toEqual([
    false,
    false,
    null,
  ]);
});

test('[SP-sub] the bound costs no statement, and callers without one pay nothing', async () => {
  // All on one page: a list that is longer is counted by a statement more.
  const cost = (caller: string) => statementsDuring(() => district.ask(caller, fileOf(OWN.code, 100)));
  const bound = await cost('district');
  const free = await cost('district, city');
  expect(perDatabase(bound.statements)).toEqual(perDatabase(free.statements));
  const lists = (all: typeof bound) => all.statements.filter(({ text }) => text.includes('with ordinality'));
  expect(lists(bound).every(({ text }) => text.includes('k.district'))).toBe(true);
  expect(lists(free).some(({ text }) => text.includes('district'))).toBe(false);
});
