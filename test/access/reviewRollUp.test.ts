import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JournalEntry } from '../../records/journal.ts';
import { forgetOldSums } from '../../subgraphs/access/review/keeping.ts';
import { countForReview } from '../../subgraphs/access/review/rollUp.ts';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { entryOf } from './sealed.ts';

const REVIEW = `query ($from: Date!, $to: Date!) { journalReview(from: $from, to: $to, first: 100) {
  nodes { entry { id } reasons { flag zh } } } }`;

/** A Wednesday, and the first and the last day of the period. */
const DAY = '2025-06-18';
const HABIT = '2025-06-11';
const UNITS = [UNIT.market, UNIT.court, UNIT.personnel, UNIT.enforcement, UNIT.construction];

interface Reviewed {
  entry: { id: string };
  reasons: { flag: string; zh: string }[];
}

let city: City;
let center: AskOptions;
const famous = randomUUID();

const at = (day: string, clock = '10:00'): Date => new Date(`${day}T${clock}:00+08:00`);
async function write(entries: Partial<JournalEntry>[]): Promise<void> {
  for (const entry of entries) await city.running.house.journal.write(entryOf({ at: at(DAY), ...entry }));
}
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const subjects = (n: number): string[] => times(n, () => randomUUID());

/** Flags of each entry but for the sample, which waits for the sealer. */
async function reviewed(from = HABIT, to = DAY): Promise<[string, string[]][]> {
  const { data, errors } = await city.ask(REVIEW, { variables: { from, to }, ...center });
  expect(errors).toBeUndefined();
  const { nodes } = data.journalReview as { nodes: Reviewed[] };
  return nodes
    .map(({ entry, reasons }): [string, string[]] => [
      entry.id,
      reasons.filter(({ flag }) => flag !== 'SAMPLE').map(({ flag, zh }) => `${flag} ${zh}`),
    ])
    .filter(([, reasons]) => reasons.length > 0);
}

/** One of everything that is flagged; what comes later adds to it. */
const looks = (part: number): Partial<JournalEntry>[] => [
  { at: at(HABIT), officerId: 'few', subjects: subjects(4) },
  { officerId: 'few', subjects: subjects(40) },
  { officerId: 'late', at: at(DAY, '21:00') },
  { officerId: 'off', at: at('2025-06-15') },
  ...times(15, () => ({ matter: MATTER.tender, unit: UNIT.construction, officerId: 'careful' })),
  { matter: MATTER.tender, unit: UNIT.construction, officerId: 'careless', caseNumber: null },
  ...UNITS.slice(2 * part, 2 * part + 3).map((unit) => ({ unit, subjects: [famous, randomUUID()] })),
];

beforeAll(async () => {
  city = await City.open();
  center = {
    token: await city.token({ role: 'center', unit: UNIT.center, name: '钱七' }),
    purpose: MATTER.quality,
  };
});
afterAll(() => city.close());

test('[SH-31] a review is the same however much of the journal is counted by day, and nothing is counted twice', async () => {
  const pool = city.database('access');
  await write(looks(0));
  await Promise.all([countForReview(pool), countForReview(pool)]);
  await write(looks(1));
  const partly = await reviewed();
  while (await countForReview(pool));
  await countForReview(pool);
  const wholly = await reviewed();
  await pool.query('delete from review_day');
  await pool.query('delete from review_subject');
  await pool.query('update review_counted set seq = 0, newest = null');
  const notYet = await reviewed();
  expect(partly).toEqual(notYet);
  expect(wholly).toEqual(notYet);
  const flags = notYet.flatMap(([, reasons]) => reasons.map((reason) => reason.split(' ')[0]));
  expect(new Set(flags)).toEqual(new Set(['VOLUME', 'HOURS', 'UNRELATED', 'FAMOUS']));
});

test('[SH-31] reviews go back five years, and sums that none of them asks for are forgotten', async () => {
  const pool = city.database('access');
  const days = async (): Promise<string[]> =>
    (await pool.query<{ day: string }>('select distinct day::text from review_day order by day')).rows.map(
      ({ day }) => day,
    );
  const first = '2021-02-26';
  const [kept, old] = ['2021-01-29', '2021-01-28'];
  const [subject] = subjects(1) as [string];
  const famous = [kept, old].flatMap((day) =>
    UNITS.map((unit) => ({ at: at(day), unit, subjects: [subject] })),
  );
  await write([...famous, { officerId: 'late', at: at(first, '22:00') }]);
  while (await countForReview(pool));
  const before = await reviewed(first, first);
  expect(before.flatMap(([, reasons]) => reasons)).toEqual(['HOURS 该人员当日在非工作时间查询 1 次']);
  while (await forgetOldSums(pool, '2026-03-02'));
  expect(await days()).not.toContain(old);
  expect(await days()).toEqual(expect.arrayContaining([kept, first, DAY]));
  const { rows } = await pool.query('select day::text from review_subject where subject_id = $1', [subject]);
  expect(rows).toEqual([{ day: kept }]);
  expect(await reviewed(first, first)).toEqual(before);
  const { errors } = await city.ask(REVIEW, { variables: { from: '2021-02-25', to: first }, ...center });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    argument: 'from',
    message: {
      zh: expect.stringContaining(`不得早于 ${first}`),
      en: expect.stringContaining(`must not be before ${first}`),
    },
  });
  expect((await pool.query(`select from journal_entry where at < '2021-02-01'`)).rowCount).toBe(
    famous.length,
  );
});

test('[SH-31] an entry that comes days late adds to the units of its day', async () => {
  const pool = city.database('access');
  const [subject, day] = [randomUUID(), '2026-02-11'];
  const units = (): Promise<[string, string[]][]> => reviewed(day, day);
  await write(UNITS.slice(1).map((unit) => ({ at: at(day), unit, subjects: [subject] })));
  await write([{ at: at('2026-02-12') }]);
  while (await countForReview(pool));
  expect(await units()).toEqual([]);
  await write([{ at: at(day), unit: UNITS[0] ?? null, subjects: [subject] }]);
  const notYet = await units();
  while (await countForReview(pool));
  expect(await units()).toEqual(notYet);
  expect(notYet.flatMap(([, reasons]) => reasons)).toEqual([`FAMOUS 主体 ${subject} 当日被 5 个单位查询`]);
});
