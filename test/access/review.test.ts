import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JournalEntry } from '../../records/journal.ts';
import { type AskOptions, City } from '../support/city.ts';
import { MATTER, UNIT } from '../support/known.ts';
import { perDatabase, statementsDuring } from '../support/statements.ts';
import { entryOf } from './sealed.ts';

const REVIEW = `query ($from: Date!, $to: Date!, $first: Int, $after: String) { journalReview(from: $from, to: $to, first: $first, after: $after) {
  totalCount nodes { entry { id officer unit subjects } reasons { flag zh en } } pageInfo { endCursor hasNextPage } } }`;

let city: City;
let center: AskOptions;

/** A working Wednesday at ten in Shanghai, and other instants of that year. */
const at = (day: string, clock = '10:00'): Date => new Date(`${day}T${clock}:00+08:00`);
const DAY = '2025-06-18';

async function write(entries: Partial<JournalEntry>[]): Promise<JournalEntry[]> {
  const written = entries.map((entry) => entryOf({ at: at(DAY), ...entry }));
  for (const entry of written) await city.running.house.journal.write(entry);
  return written;
}
const subjects = (n: number): string[] => Array.from({ length: n }, () => randomUUID());
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

interface Reviewed {
  entry: { id: string; subjects: string[] };
  reasons: { flag: string; zh: string; en: string }[];
}

async function reviewed(from = DAY, to = from): Promise<Reviewed[]> {
  const { data, errors } = await city.ask(REVIEW, { variables: { from, to, first: 100 }, ...center });
  expect(errors).toBeUndefined();
  return data.journalReview.nodes;
}
/** Ids of the entries that carry this flag. */
const flagged = async (flag: string, from?: string, to?: string): Promise<string[]> =>
  (await reviewed(from, to))
    .filter(({ reasons }) => reasons.some((reason) => reason.flag === flag))
    .map(({ entry }) => entry.id);

beforeAll(async () => {
  city = await City.open();
  center = {
    token: await city.token({ role: 'center', unit: UNIT.center, name: '钱七' }),
    purpose: MATTER.quality,
  };
});
afterAll(() => city.close());

describe('[SH-31] the reviewer is shown', () => {
  test('an officer far above its own habit, once a day, and not one who always looks at many', async () => {
    const days = ['2025-04-14', '2025-04-15', '2025-04-16', '2025-04-17'];
    await write(days.map((day) => ({ at: at(day), officerId: 'few', subjects: subjects(8) })));
    await write(days.map((day) => ({ at: at(day), officerId: 'many', subjects: subjects(50) })));
    const day = '2025-04-18';
    await write([{ at: at(day), officerId: 'many', subjects: subjects(60) }]);
    const [, last] = await write(times(2, () => ({ at: at(day), officerId: 'few', subjects: subjects(30) })));
    expect(await flagged('VOLUME', day)).toEqual([last?.id]);
    const [{ reasons } = { reasons: [] }] = await reviewed(day);
    expect(reasons).toContainEqual({
      flag: 'VOLUME',
      zh: '该人员当日查询 60 个主体，平常每日 8 个',
      en: 'the officer looked at 60 subjects that day, by habit 8',
    });
  });

  test('a new officer measured by its unit', async () => {
    const day = '2025-05-28';
    await write(
      times(3, (i) => ({
        at: at('2025-05-27'),
        unit: UNIT.court,
        officerId: `old ${i}`,
        subjects: subjects(40),
      })),
    );
    await write([{ at: at(day), unit: UNIT.court, officerId: 'new', subjects: subjects(60) }]);
    expect(await flagged('VOLUME', day)).toEqual([]);
    const [far] = await write([
      { at: at(day), unit: UNIT.court, officerId: 'newer', subjects: subjects(201) },
    ]);
    expect(await flagged('VOLUME', day)).toEqual([far?.id]);
  });

  test('looks before seven, from eight in the evening on, and on days off: by the official calendar', async () => {
    const instants: [string, string, boolean][] = [
      ['2025-09-24', '06:59', true],
      ['2025-09-25', '07:00', false],
      ['2025-09-26', '19:59', false],
      ['2025-09-24', '20:00', true],
      // A Sunday that is worked before the long holiday, and a day of that.
      ['2025-09-28', '10:00', false],
      ['2025-10-01', '10:00', true],
    ];
    const entries = await write(
      instants.map(([day, clock]) => ({ at: at(day, clock), officerId: `clock ${clock} ${day}` })),
    );
    const unusual = entries.filter((_, i) => instants[i]?.[2]).map(({ id }) => id);
    expect((await flagged('HOURS', '2025-09-24', '2025-10-01')).toSorted()).toEqual(unusual.toSorted());
  });

  test('looks without a case number where the unit gives one for the matter', async () => {
    const day = '2025-07-09';
    const usual = { at: at(day), unit: UNIT.construction, matter: MATTER.tender };
    await write(times(19, () => usual));
    const [first] = await write([{ ...usual, officerId: 'careless', caseNumber: null }]);
    expect(await flagged('UNRELATED', day)).toEqual([first?.id]);
    await write(times(5, (i) => ({ ...usual, officerId: `other ${i}`, caseNumber: null })));
    expect(await flagged('UNRELATED', day)).toEqual([]);
  });

  test('a subject that many units look at in a day', async () => {
    const day = '2025-08-06';
    const famous = randomUUID();
    const units = [UNIT.market, UNIT.court, UNIT.personnel, UNIT.enforcement, UNIT.construction];
    await write(units.slice(1).map((unit) => ({ at: at(day), unit, subjects: [famous] })));
    expect(await flagged('FAMOUS', day)).toEqual([]);
    const [last] = await write([{ at: at(day), unit: UNIT.market, subjects: [famous, randomUUID()] }]);
    expect(await flagged('FAMOUS', day)).toEqual([last?.id]);
    const [{ reasons } = { reasons: [] }] = await reviewed(day);
    expect(reasons[0]?.en).toBe(`subject ${famous} was looked at by 5 units that day`);
  });

  test('a sample by hash: of many entries some, always the same, whoever looked', async () => {
    const day = '2025-11-05';
    const { journal } = city.running.house;
    for (let done = 0; done < 8_000; done += 500)
      await Promise.all(
        times(500, (i) => journal.write(entryOf({ at: at(day), officerId: `officer ${(done + i) % 700}` }))),
      );
    await city.until(async () => {
      const { rows } = await city
        .database('access')
        .query('select from journal_entry where seq not in (select seq from journal_leaf)');
      return rows.length === 0;
    });
    const sample = await flagged('SAMPLE', day);
    expect(sample.length).toBeGreaterThan(0);
    expect(sample.length).toBeLessThan(60);
    expect(await flagged('SAMPLE', day)).toEqual(sample);
  });
});

test('[SH-31] pages hold every flagged entry once, newest first, by the same statements whatever their number', async () => {
  const variables = { from: '2025-09-01', to: '2025-10-31' };
  const whole = await city.ask(REVIEW, { variables: { ...variables, first: 100 }, ...center });
  const { nodes, totalCount } = whole.data.journalReview;
  expect(nodes).toHaveLength(totalCount);
  const page = (first: number, after?: string) =>
    statementsDuring(() => city.ask(REVIEW, { variables: { ...variables, first, after }, ...center }));
  const one = await page(1);
  const rest = await page(100, one.value.data.journalReview.pageInfo.endCursor);
  expect([...one.value.data.journalReview.nodes, ...rest.value.data.journalReview.nodes]).toEqual(nodes);
  expect(perDatabase(rest.statements)).toEqual(perDatabase(one.statements));
});

test('[SH-31] reviewing is a look too: it is for the authority and the center, for a purpose, and stands in the journal', async () => {
  const ask = (options: AskOptions, to = DAY) =>
    city.ask(REVIEW, { variables: { from: DAY, to }, ...options });
  const codes = async (options: AskOptions) =>
    (await ask(options)).errors?.map(({ extensions }) => extensions.code);
  expect(await codes({ token: await city.officer(UNIT.market), purpose: MATTER.supervision })).toEqual([
    'FORBIDDEN',
  ]);
  expect(await codes({ token: center.token })).toEqual(['PURPOSE_REQUIRED']);
  expect((await ask({})).data).toEqual({ journalReview: null });
  const [at6] = await write([{ at: at(DAY, '06:00') }]);
  const { data, extensions } = await ask(center);
  expect(data.journalReview.nodes[0].entry.id).toBe(at6?.id);
  const { rows } = await city
    .database('access')
    .query('select subjects::text[] from journal_entry where id = $1', [extensions?.receipt]);
  expect(rows[0].subjects).toContain(at6?.subjects[0]);
  expect((await ask(center, '2025-06-17')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect((await ask(center, '2025-09-18')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
