import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { Desk, moveTo, penalty, penaltyItem } from './onFile.ts';

const ITEM = penaltyItem('310116');
const DAY = '2026-03-02';
const NEXT = '2026-03-03';

let city: City;
let desk: Desk;
let officer: string;
let next = 0;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
  officer = await city.officer(UNIT.market);
});
afterAll(() => city.close());

async function onFile(until?: string) {
  next += 1;
  const subject = { code: firmCode(next), name: `上海公示${next}号有限公司` };
  const more: Record<string, string> = until === undefined ? {} : { 公示截止期: until };
  await desk.submit(ITEM, 'penalty-2018', [penalty(subject, `公示〔2025〕${next}号`, '2025-06-18', more)]);
  const [record] = await desk.penalties(subject.code);
  return { code: subject.code, id: record.id as string };
}

/** How many penalties the public and an officer are shown. */
async function shown(code: string): Promise<[number, number]> {
  const query = `{ subject(code: "${code}") { penalties { totalCount nodes { id } } } }`;
  const counts = [];
  for (const options of [{}, { token: officer, purpose: MATTER.supervision }]) {
    const { penalties } = (await city.ask(query, options)).data.subject;
    expect(penalties.nodes).toHaveLength(penalties.totalCount);
    counts.push(penalties.totalCount);
  }
  return counts as [number, number];
}

test('[PD-13] the public sees a penalty up to its 公示截止期, officers until its term ends', async () => {
  const { code } = await onFile(DAY);
  const long = await onFile('2099/12/31');
  const none = await onFile();
  expect(await shown(code)).toEqual([1, 1]);
  moveTo(city, NEXT);
  expect(await shown(code)).toEqual([0, 1]);
  expect(await shown(long.code)).toEqual([1, 1]);
  expect(await shown(none.code)).toEqual([1, 1]);
  expect(await desk.penalties(code)).toMatchObject([{ publicityUntil: DAY }]);
  moveTo(city, DAY);
});

test('[PD-13] a correction keeps the last day of publicity, or sets another', async () => {
  const { code, id } = await onFile('2026-03-01');
  expect(await shown(code)).toEqual([0, 1]);
  await desk.correct({ record: id, code, values: { 违法事实: '更正' } });
  expect(await shown(code)).toEqual([0, 1]);
  await desk.correct({ record: id, code, values: { 公示截止期: DAY } });
  expect(await shown(code)).toEqual([1, 1]);
  await desk.correct({ record: id, code, values: { 公示截止期: '长期' } });
  moveTo(city, NEXT);
  expect(await shown(code)).toEqual([1, 1]);
  moveTo(city, DAY);
});

test('[SH-30] a correction does not end that a record is withheld while its provider owes an answer', async () => {
  const { code, id } = await onFile('2027-01-01');
  await city
    .database('penalties')
    .query(`update administrative_penalty set public_until = '2026-03-01' where id = $1`, [id]);
  await desk.correct({ record: id, code, values: { 公示截止期: '2028-01-01' } });
  expect(await shown(code)).toEqual([0, 1]);
});

test('[JS-9] a change of disclosure is in force at once for all records of the item', async () => {
  // Days go forward: a catalogue of yesterday is no news.
  moveTo(city, NEXT);
  const firms = [await onFile(), await onFile('2030-01-01')];
  const token = await desk.center();
  const item = city.running.house.follower.current()?.itemsByCode.get(ITEM);
  const publish = async (tier: string) => {
    const { errors } = await city.ask(
      'mutation ($input: PublishItemInput!) { publishItem(input: $input) { item { tier } } }',
      {
        token,
        variables: {
          input: {
            code: ITEM,
            name: item?.name,
            class: item?.class,
            tier,
            jurisdiction: '310116',
            provider: UNIT.market,
            dataStandard: item?.dataStandard,
            recordType: 'AdministrativePenalty',
            aboutPersons: false,
            negative: true,
            grade: 'GENERAL',
            updateCycle: '每月',
          },
        },
      },
    );
    expect(errors).toBeUndefined();
    await Promise.all(Object.values(city.running.house.subgraphs).map((subgraph) => subgraph.refresh()));
  };
  const all = () => Promise.all(firms.map(({ code }) => shown(code)));
  expect(await all()).toEqual([
    [1, 1],
    [1, 1],
  ]);
  await publish('SHARED');
  expect(await all()).toEqual([
    [0, 1],
    [0, 1],
  ]);
  await publish('AUTHORIZED');
  expect(await all()).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await publish('PUBLIC');
  expect(await all()).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
