import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MATTER, UNIT, firmCode } from '../support/known.ts';
import { DistributedCity } from './distributedCity.ts';

const FIRM = firmCode(1);
const QUERY = `{ subject(code: "${FIRM}") { name penalties { totalCount nodes { documentNumber } } honors { totalCount } judgments { totalCount } } }`;
const WHOLE = {
  name: '上海余兰贸易有限公司',
  penalties: { totalCount: 1, nodes: [{ documentNumber: '1' }] },
  honors: { totalCount: 1 },
  judgments: { totalCount: 1 },
};

let world: DistributedCity;
let asked: { token: string; purpose: string };

beforeAll(async () => {
  world = await DistributedCity.open('penalties', 1_500);
  const { city } = world;
  asked = { token: await city.officer(UNIT.market), purpose: MATTER.supervision };
  const id = await city.subject(FIRM, WHOLE.name);
  for (const item of ['310116-penalty-amr', '310116-honor-civ', '310116-judgment-court'])
    await city.record(id, item, { documentNumber: '1' });
});
afterAll(() => world.close());

const askMany = () => Promise.all(Array.from({ length: 40 }, () => world.ask(QUERY, asked)));

test('an agency whose process hangs loses its own part alone, in every answer, and answers again once it goes on', async () => {
  for (const { data } of await askMany()) expect(data.subject).toEqual(WHOLE);

  world.halt(true);
  try {
    for (const { data, errors } of await askMany()) {
      expect(data.subject).toEqual({ ...WHOLE, penalties: null });
      expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'penalties' } }]);
    }
  } finally {
    world.halt(false);
  }

  await world.city.until(async () => (await world.ask(QUERY, asked)).errors === undefined);
  for (const { data } of await askMany()) expect(data.subject).toEqual(WHOLE);
});
