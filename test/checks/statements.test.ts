import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { City } from '../support/city.ts';
import { firmCode } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { type Desk, START, desk, over } from './desk.ts';

let city: City;
let tender: Desk;
const codes = Array.from({ length: 900 }, (_, i) => firmCode(i + 1));

beforeAll(async () => {
  city = await City.open();
  tender = await desk(city);
  const ids: string[] = [];
  for (const code of codes) ids.push(await city.subject(code, `公司 ${code}`));
  await city.records(
    '310116-penalty-em',
    ids.map((subjectId, i) => ({ subjectId, documentNumber: `罚 ${i}` })),
  );
});
afterAll(() => city.close());

test('[SP-check, SH-20b] a slice costs each agency one statement, for 1 and for 900 subjects', async () => {
  const cost = async (count: number) => {
    const { statements } = await statementsDuring(async () => {
      const { data } = await tender.ask(START, { input: { codes: codes.slice(0, count) } });
      const job = await over(city, tender, data.startBatchCheck.job.id);
      expect(job).toMatchObject({ state: 'DONE', failed: count });
    }, 'PROCESS');
    const { penalties, judicial, honors } = perDatabase(statements);
    return { penalties, judicial, honors };
  };
  expect(await cost(1)).toEqual({ penalties: 1, judicial: 1 });
  expect(await cost(900)).toEqual({ penalties: 1, judicial: 1 });
});
