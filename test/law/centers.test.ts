import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { UNIT, firmCode } from '../support/known.ts';
import { Desk, moveTo, penalty, penaltyItem } from './onFile.ts';

/** Centers by their places, each with a matter of its own. */
const CENTERS = {
  own: ['12310112MBY171127Y', '310112-supervision-quality'],
  city: ['12310000MBY170001U', '310000-supervision-quality'],
  neighbour: [UNIT.center, '310116-supervision-quality'],
} as const;
type Center = keyof typeof CENTERS;

let city: City;
let desk: Desk;
let next = 0;

beforeAll(async () => {
  city = await City.open();
  desk = new Desk(city);
});
afterAll(() => city.close());

const tokenOf = (center: Center) => city.token({ role: 'center', unit: CENTERS[center][0], name: '钱七' });

/** A penalty of Minhang on file, of a firm of its own. */
async function onFile() {
  next += 1;
  const subject = { code: firmCode(next), name: `上海更正${next}号有限公司` };
  await desk.submit(penaltyItem('310112'), 'penalty-2018', [
    penalty(subject, `沪闵市监罚〔2025〕第${next}号`, '2025-06-18'),
  ]);
  const [record] = await desk.penalties(subject.code);
  return { code: subject.code, record: record.id as string };
}

const correct = async (center: Center, of: { code: string; record: string }) =>
  desk.correct({ ...of, values: { 违法事实: '更正后的事实' } }, await tokenOf(center), CENTERS[center][1]);
const revoke = async (center: Center, of: { code: string; record: string }) =>
  desk.revoke(of, await tokenOf(center), CENTERS[center][1]);

describe.each([
  ['corrected', correct],
  ['revoked', revoke],
] as const)('[JS-13] a record is %s by the center of its own jurisdiction, or of its city', (_, act) => {
  test.each(['own', 'city'] as const)('%s', async (center) => {
    const { data } = await act(center, await onFile());
    expect((data.correctRecord ?? data.revokeRecord).changed).toBe(true);
  });

  test('another district’s is told what it is told of an unknown one, and changes nothing', async () => {
    const of = await onFile();
    const before = await desk.penalties(of.code);
    const foreign = await act('neighbour', of);
    const unknown = await act('neighbour', { ...of, code: firmCode(999) });
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'record' } }]);
    expect(foreign.errors?.[0]?.message).toBe(unknown.errors?.[0]?.message);
    expect(await desk.penalties(of.code)).toEqual(before);
  });
});

test('[SH-27][JS-13] the archive of a record is kept by the center of its own jurisdiction, and of its city', async () => {
  const { code, record } = await onFile();
  await city.record(await city.subject(code, ''), penaltyItem('310116'), {
    documentNumber: '沪金市监罚〔2020〕1号',
    visibleUntil: '2026-03-01',
  });
  moveTo(city, '2030-06-19');
  const kept = async (center: Center) => {
    const { data } = await city.ask(`{ archive(code: "${code}") { totalCount nodes { id item } } }`, {
      token: await tokenOf(center),
      purpose: CENTERS[center][1],
    });
    const { totalCount, nodes } = data.archive;
    expect(nodes).toHaveLength(totalCount);
    return nodes;
  };
  const minhang = { id: record, item: '310112-penalty-amr' };
  expect(await kept('own')).toEqual([minhang]);
  expect(await kept('neighbour')).toEqual([{ id: expect.any(String), item: '310116-penalty-amr' }]);
  expect(await kept('city')).toHaveLength(2);
  // Moved there or not, it is the same.
  await city.running.house.subgraphs.penalties.tidy?.();
  expect(await kept('own')).toEqual([minhang]);
  expect(await kept('city')).toHaveLength(2);
});
