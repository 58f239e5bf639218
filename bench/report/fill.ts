import { addDays } from '../../policy/dates.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { type BenchGround, settle, superuserUrl, withPool } from '../harness/ground.ts';
import { say } from '../harness/table.ts';
import { MATTERS, PROVIDERS, matters, reportCatalogue, unitCodes } from './catalogue.ts';

/** Months of the journal before this one. */
export const MONTHS = 34;
/** Rows that there could be of a day: of each matter, asked for one by one and in batches. */
const A_DAY = 2 * matters.length;
/** Part of them that there is. */
const SHARE = 0.39;
/** Looks since the last roll-up: 100,000 in one transaction at most. */
export const TAIL = 100_000;

export interface Filled {
  from: string;
  today: string;
  days: number;
  months: number;
  uses: number;
}

/** The pseudo-random number of a row, from 0 to 1. */
const chance = (of: string): string =>
  `(abs(hashint8extended(hashint8extended(d.nth, ${of}), 7)) % 100000) / 100000.0`;

/**
 * Sums by day as the roll-up leaves them. Half of the units ask for hardly any persons, so that much is withheld.
 * $1, $2: first and last day; $3, $4, $5: units, codes and kinds of matters; $6: entries of a row; $7: part of the rows that there is.
 */
const DAYS = `
insert into journal_day (day, unit, role, channel, matter, kind, batch, outcome, entries, organizations, persons)
select day, unit, 'agency', 'government', matter, kind, batch, 'ANSWERED', entries, entries - persons, persons
from (
  select day, unit, matter, kind, batch, entries,
    case when (at - 1) / ${MATTERS} % 2 = 0 then entries / 2 when ${chance('3')} < 0.02 then 1 else 0 end as persons
  from (
    select (d0.day)::date as day, m.unit, m.matter, m.kind, b.batch = 1 as batch, m.at, d.nth,
      greatest(1, round($6 * (0.5 + ${chance('2')})))::bigint as entries
    from generate_series($1::date, $2::date, interval '1 day') with ordinality as d0(day, dayNo)
      cross join unnest($3::text[], $4::text[], $5::text[]) with ordinality as m(unit, matter, kind, at)
      cross join generate_series(0, 1) as b(batch)
      cross join lateral (select d0.dayNo * ${A_DAY} + m.at * 2 + b.batch as nth) d
    where ${chance('1')} < $7
  ) d
) r`;

/** Every look was told of by three providers. */
const USES = `
insert into journal_use_day (day, unit, provider, kind, organizations, persons)
select day, d.unit, p.unit, kind, sum(organizations), sum(persons)
from journal_day d join unnest($1::text[]) with ordinality as p(unit, at) on (ascii(right(d.unit, 1)) + p.at) % 10 < 3
group by 1, 2, 3, 4`;

const MONTHS_OF = (days: string, months: string, by: string, sums: readonly string[]): string => `
insert into ${months} (month, ${by}, ${sums.join(', ')})
select date_trunc('month', day)::date, ${by}, ${sums.map((sum) => `sum(${sum})`).join(', ')}
from ${days} group by date_trunc('month', day)::date, ${by}`;

/** Of today, each of one subject, every other a person. $1, $2: units and matters; $3: items. */
const ENTRIES = `
insert into journal_entry (id, at, unit, role, channel, matter, operation, subjects, items, counts, outcome, persons)
select gen_random_uuid(), now(), ($1::text[])[n % cardinality($1::text[]) + 1], 'agency', 'government', ($2::text[])[n % cardinality($2::text[]) + 1],
  'Report', array[gen_random_uuid()], array[($3::text[])[n % cardinality($3::text[]) + 1]], array[1], 'ANSWERED', n % 2
from generate_series(1, $4::int) n`;

const today = (): string => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

function monthsBefore(day: string, months: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/**
 * A journal of so many entries, as the roll-up leaves it: sums by day and by month, written straight into their tables, and entries of today that are not
 * counted. Entries that are counted are left out, since a report reads none of them.
 */
export async function fillReport({ ground }: BenchGround, rows: number): Promise<Filled> {
  const now = today();
  const from = monthsBefore(now, MONTHS);
  const to = addDays(now, -1);
  await withPool(ground.databases.catalogue.appUrl, (pool) => loadCatalogue(pool, reportCatalogue));
  const possible = ((Date.parse(now) - Date.parse(from)) / 86_400_000) * A_DAY;
  const share = Math.min(SHARE, rows / possible);
  const ofMatters = [
    matters.map(({ unit }) => unit),
    matters.map(({ code }) => code),
    matters.map(({ kind }) => kind),
  ];
  const filled = await withPool(superuserUrl(ground, 'access'), async (pool) => {
    say(`sums of ${rows} entries, by day`);
    await pool.query(DAYS, [from, to, ...ofMatters, rows / (possible * share), share]);
    await pool.query(USES, [unitCodes.slice(0, PROVIDERS)]);
    say('and by month');
    await pool.query(
      MONTHS_OF('journal_day', 'journal_month', 'unit, role, channel, matter, kind, batch, outcome', [
        'entries',
        'organizations',
        'persons',
      ]),
    );
    await pool.query(
      MONTHS_OF('journal_use_day', 'journal_use_month', 'unit, provider, kind', ['organizations', 'persons']),
    );
    await pool.query(
      'insert into journal_month_counted (month, revision) select distinct month, 1 from journal_month',
    );
    await pool.query(ENTRIES, [
      ofMatters[0],
      ofMatters[1],
      reportCatalogue.items.map(({ code }) => code),
      TAIL,
    ]);
    const count = async (table: string): Promise<number> =>
      (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;
    return {
      days: await count('journal_day'),
      months: await count('journal_month'),
      uses: await count('journal_use_day'),
    };
  });
  await settle(ground, ['access']);
  return { from, today: now, ...filled };
}
