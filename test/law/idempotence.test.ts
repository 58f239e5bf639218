import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { City } from '../support/city.ts';
import { MATTER, UNIT, firmCode } from '../support/known.ts';

const SUBMIT = `mutation ($input: SubmitRecordsInput!) {
  submitRecords(input: $input) { receipt { received accepted duplicates rejected } }
}`;
const FILE = `query ($codes: [String!]!) {
  subjects(codes: $codes) { code inspections { totalCount nodes { documentNumber title result revision } } }
}`;

let city: City;
let center: string;
let officer: string;
beforeAll(async () => {
  city = await City.open();
  center = await city.token({ role: 'center', unit: UNIT.center, name: '钱七' });
  officer = await city.officer(UNIT.market);
});
afterAll(() => city.close());

const FIRMS = 3;
const EACH = 4;
let round = 0;

/** Facts about firms that no other round has. */
function facts() {
  const from = 50_000 + FIRMS * round++;
  const codes = Array.from({ length: FIRMS }, (_, n) => firmCode(from + n));
  const rows = codes.flatMap((code, n) =>
    Array.from({ length: EACH }, (_, k) => ({
      主体名称: `上海分批${from + n}号公司`,
      主体代码: code,
      文号: `检〔2025〕${k}号`,
      标题: `第${k}次检查`,
      认定日期: `2025-0${k + 1}-15`,
      检查结果: k % 2 ? '未发现问题' : '责令改正',
    })),
  );
  return { codes, rows };
}

interface Counts {
  received: number;
  accepted: number;
  duplicates: number;
  rejected: number;
}

async function submit(rows: readonly unknown[]): Promise<Counts> {
  const input = { layout: 'inspection', jurisdiction: '310116', provider: UNIT.market, rows };
  const { data, errors } = await city.ask(SUBMIT, { token: center, variables: { input } });
  expect(errors).toBeUndefined();
  return data.submitRecords.receipt as Counts;
}

/** What is on file of them. */
async function onFile(codes: readonly string[]): Promise<unknown[]> {
  const { data, errors } = await city.ask(FILE, {
    token: officer,
    purpose: MATTER.supervision,
    variables: { codes },
  });
  expect(errors).toBeUndefined();
  return data.subjects.map(({ inspections }: { inspections: unknown }) => inspections);
}

/** Positions of rows in any order, some of them several times, and where one batch ends and the next begins. */
const batches = fc
  .tuple(
    fc.shuffledSubarray(
      Array.from({ length: FIRMS * EACH }, (_, n) => n),
      { minLength: FIRMS * EACH },
    ),
    fc.array(fc.nat({ max: FIRMS * EACH - 1 }), { maxLength: 12 }),
    fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 12 }),
  )
  .map(([order, again, sizes]) => {
    const all = [...order];
    for (const [at, one] of again.entries()) all.splice((at * 5) % (all.length + 1), 0, one);
    const found: number[][] = [];
    for (let n = 0; all.length > 0; n++) found.push(all.splice(0, sizes[n % sizes.length]));
    return found;
  });

test('[ZD-19][NT-16] the same rows make the same file, however they are split, ordered and repeated', async () => {
  const whole = facts();
  expect(await submit(whole.rows)).toMatchObject({ accepted: FIRMS * EACH, rejected: 0 });
  const expected = await onFile(whole.codes);
  await fc.assert(
    fc.asyncProperty(batches, async (split) => {
      const { codes, rows } = facts();
      const sum = { received: 0, accepted: 0, duplicates: 0, rejected: 0 };
      for (const batch of split) {
        const counts = await submit(batch.map((n) => rows[n]));
        for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
      }
      const received = split.flat().length;
      expect(sum).toEqual({
        received,
        accepted: FIRMS * EACH,
        duplicates: received - FIRMS * EACH,
        rejected: 0,
      });
      expect(await onFile(codes)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test('[ZD-19] batches that come at the same time store each record once', async () => {
  const { codes, rows } = facts();
  const answers = await Promise.all(Array.from({ length: 6 }, () => submit(rows)));
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(FIRMS * EACH);
  const expected = { totalCount: EACH };
  expect(await onFile(codes)).toEqual(codes.map(() => expect.objectContaining(expected)));
});
