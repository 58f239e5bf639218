import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JournalEntry } from '../../records/journal.ts';
import { SealedJournal } from './sealed.ts';

let sealed: SealedJournal;
beforeAll(async () => {
  sealed = await SealedJournal.open();
});
afterAll(() => sealed.close());

/** Control characters, quotes, separators and signs beyond the first plane among them; PostgreSQL keeps no NUL. */
const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''));
const maybe = fc.option(text);
const entry: fc.Arbitrary<JournalEntry> = fc.record({
  id: fc.uuid(),
  at: fc.date({
    min: new Date('2026-11-22T12:00:00Z'),
    max: new Date('2026-11-22T12:00:01Z'),
    noInvalidDate: true,
  }),
  officerId: maybe,
  officer: maybe,
  unit: maybe,
  role: maybe,
  channel: text,
  matter: maybe,
  caseNumber: maybe,
  note: maybe,
  operation: text,
  subjects: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  items: fc.array(fc.record({ code: text, count: fc.nat() }), { maxLength: 3 }),
  outcome: text,
  persons: fc.nat(),
  authorization: fc.option(fc.uuid()),
  agreedPurpose: maybe,
  idDocument: maybe,
  undisclosedUntil: fc.option(fc.constantFrom('2026-11-22', '2028-02-29')),
});

const intact = async () => {
  await sealed.seal();
  const { findings, size } = await sealed.verify();
  expect({ findings, size }).toEqual({
    findings: [],
    size: await sealed.value('select count(*) from journal_entry'),
  });
};

test('[SH-31] whatever an entry says, it is sealed as verification reads it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 200, size: 'max' }), async (entries) => {
      const journal = sealed.journal();
      await Promise.all(entries.map((one) => journal.write(one)));
      await journal.close();
      await intact();
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

test('[SH-31] an instant is sealed to the microsecond', async () => {
  await sealed.superuser.query(`
    insert into journal_entry (id, at, channel, operation, subjects, items, counts, outcome)
    select gen_random_uuid(), timestamptz '2026-11-22T12:00:00Z' + µs * interval '1 microsecond', 'api', 'Look', '{}', '{}', '{}', 'ANSWERED'
    from unnest('{0, 1, 10, 999, 1000, 1010, 120000, 123000, 123450, 123456, 999999}'::int[]) as µs`);
  await intact();
});

test('[SH-31] the entries above fill every column, so that none can be left out of what is sealed', async () => {
  const empty = await sealed.value<string[] | null>(`
    select array_agg(name) from (
      select name from journal_entry e, json_each_text(row_to_json(e)) as c(name, value) group by name having count(value) = 0
    ) as never`);
  expect(empty).toBeNull();
});
