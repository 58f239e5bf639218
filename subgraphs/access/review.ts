import type pg from 'pg';
import { addDays } from '../../policy/dates.ts';
import type { Message } from '../../policy/message.ts';
import type { WorkingCalendar } from '../../policy/workingDays.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { ENTRY, type EntryRow } from './resolvers.ts';

/** A city of ten million entries a year writes 40,000 on a working day: one in 512 is some 80, what a reviewer reads in a morning. */
const SAMPLE_ONE_IN = 512;

/** Habit is taken over four weeks before the day: with every day of the week in it, and short enough for new tasks to become habit. */
const HABIT_DAYS = 28;
/** Fewer subjects a day than this are ordinary work, whatever the habit was. */
const VOLUME_LEAST = 50;
const VOLUME_TIMES = 5;

/** Offices open at 9 and close at 17:30; two hours on both sides are overtime, not a sign. */
const OPENS = '07:00';
const CLOSES = '20:00';

/** Four of five looks for a matter with a case number make it the unit's custom, if there were enough to tell. */
const CUSTOM_SHARE = 0.8;
const CUSTOM_LEAST = 20;

/** The registrar, the regulator, the tax bureau and who lets a contract may well look at one firm on the same day. A fifth unit is unusual. */
const FAMOUS_UNITS = 5;

export type ReviewFlag = 'SAMPLE' | 'VOLUME' | 'HOURS' | 'UNRELATED' | 'FAMOUS';

/** `n`: subjects, looks or units; `usual`: by habit; `about`: the subject. */
interface Reason {
  flag: ReviewFlag;
  n: number | null;
  usual: number | null;
  about: string | null;
}

export interface ReviewedRow extends EntryRow {
  seq: string;
  id: string;
  reasons: Reason[];
}

const ZONE = `'Asia/Shanghai'`;
const DAY = `(at at time zone ${ZONE})::date`;
const OFFICER = `coalesce(officer_id, officer, '')`;
/** Of units, answered, up to the last day. */
const LOOKS = `at < ($2::date + 1)::timestamp at time zone ${ZONE} and unit is not null and outcome = 'ANSWERED' and cardinality(subjects) > 0`;

/**
 * Flags are of a day (of an officer, a matter, a subject) and stand at its last entry: a reviewer wants to know of the day, not to read all of
 * its entries one by one. The sample goes by the leaf's hash, which nobody can choose: the gateway puts a random id into every entry.
 *
 * The four weeks before are read once and only summed up: carried along entry by entry they went through the disk. What is joined is bounded
 * first, the leaves by their numbers, the entries by the page: what the planner guesses of sums had made it read whole tables.
 */
const REVIEW = `
with counted as (
  select unit, ${OFFICER} as officer, matter, ${DAY} as day, max(seq) as seq, sum(cardinality(subjects)) as n, count(*) as looks,
    count(case_number) as cases
  from journal_entry
  where at >= ($1::date - ${HABIT_DAYS})::timestamp at time zone ${ZONE} and ${LOOKS}
  group by 1, 2, 3, 4
), habit as (
  select unit, officer, day, max(seq) as seq, sum(n) as n,
    avg(sum(n)) over (partition by unit, officer order by day
      range between '${HABIT_DAYS} days' preceding and '1 day' preceding) as own,
    avg(sum(n)) over (partition by unit order by day
      range between '${HABIT_DAYS} days' preceding and '1 day' preceding) as of_unit
  from counted group by unit, officer, day
), custom as (
  select unit, matter from counted where matter is not null
  group by unit, matter having sum(looks) >= ${CUSTOM_LEAST} and sum(cases) >= ${CUSTOM_SHARE} * sum(looks)
), look as (
  select seq, unit, ${OFFICER} as officer, matter, case_number, subjects, ${DAY} as day, (at at time zone ${ZONE})::time as clock
  from journal_entry where at >= $1::date::timestamp at time zone ${ZONE} and ${LOOKS}
), flag as (
  select l.seq, 'SAMPLE' as flag, null::float8 as n, null::float8 as usual, null::uuid as about
  from look l join journal_leaf f on f.seq = l.seq
  where f.seq between (select min(seq) from look) and (select max(seq) from look)
    and (get_byte(f.hash, 0) * 256 + get_byte(f.hash, 1)) % ${SAMPLE_ONE_IN} = 0
  union all
  select seq, 'VOLUME', n, coalesce(own, of_unit, 0), null from habit
  where day >= $1 and n >= ${VOLUME_LEAST} and n > ${VOLUME_TIMES} * coalesce(own, of_unit, 0)
  union all
  select max(seq), 'HOURS', count(*), null, null from look
  where (clock < '${OPENS}' or clock >= '${CLOSES}' or day = any($3::date[]))
  group by unit, officer, day
  union all
  select max(seq), 'UNRELATED', count(*), null, null from look join custom using (unit, matter)
  where case_number is null
  group by unit, officer, matter, day
  union all
  select max(seq), 'FAMOUS', count(distinct unit), null, subject from look cross join lateral unnest(subjects) as s(subject)
  group by subject, day having count(distinct unit) >= ${FAMOUS_UNITS}
), reviewed as (
  select seq, jsonb_agg(jsonb_build_object('flag', flag, 'n', n, 'usual', usual, 'about', about) order by flag, about) as reasons
  from flag group by seq
)
select t.total, p.*
from (select count(*)::int as total from reviewed) t
left join lateral (
  select r.seq, r.reasons, ${ENTRY} from (
    select seq, reasons from reviewed where seq < coalesce($4::bigint, 9223372036854775807) order by seq desc limit $5
  ) r join journal_entry e on e.seq = r.seq
) p on true
order by p.seq desc`;

/** A million entries are summed up by officer and matter without the disk; one review is under way at a time, or a few. */
const MEMORY = `set local work_mem = '64MB'`;

/** What a reviewer should look at: a log that nobody reads protects nobody [SH-31]. */
export class JournalReview {
  readonly #pool: pg.Pool;
  readonly #calendar: WorkingCalendar;

  constructor(pool: pg.Pool, calendar: WorkingCalendar) {
    this.#pool = pool;
    this.#calendar = calendar;
  }

  /** Newest first, by one statement, whatever the period. @param before the page begins after this entry. @param to last day, included. */
  async page(
    from: string,
    to: string,
    before: string | null,
    size: number,
  ): Promise<{ rows: ReviewedRow[]; total: number }> {
    const free: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1))
      if (!this.#calendar.isWorkingDay(day).working) free.push(day);
    const rows = await inTransaction(this.#pool, async (client) => {
      await client.query(MEMORY);
      const answer = await client.query<ReviewedRow & { total: number }>({
        name: 'journal_review',
        text: REVIEW,
        values: [from, to, free, before, size],
      });
      return answer.rows;
    });
    return { rows: rows.filter(({ seq }) => seq !== null), total: rows[0]?.total ?? 0 };
  }
}

/** A reason in words, with the figures that led to it. */
export function reasonText({ flag, n, usual, about }: Reason): Message {
  switch (flag) {
    case 'SAMPLE':
      return {
        zh: `随机抽样（每 ${SAMPLE_ONE_IN} 条抽一条）`,
        en: `drawn by chance, one in ${SAMPLE_ONE_IN}`,
      };
    case 'VOLUME':
      return {
        zh: `该人员当日查询 ${n} 个主体，平常每日 ${Math.round(usual ?? 0)} 个`,
        en: `the officer looked at ${n} subjects that day, by habit ${Math.round(usual ?? 0)}`,
      };
    case 'HOURS':
      return {
        zh: `该人员当日在非工作时间查询 ${n} 次`,
        en: `${n} looks of the officer outside working hours that day`,
      };
    case 'UNRELATED':
      return {
        zh: `该人员当日 ${n} 次查询未写案件编号，本单位办理该事项通常写明`,
        en: `${n} looks of the officer that day without a case number, which the unit gives for this matter`,
      };
    case 'FAMOUS':
      return {
        zh: `主体 ${about} 当日被 ${n} 个单位查询`,
        en: `subject ${about} was looked at by ${n} units that day`,
      };
  }
}
