import type pg from 'pg';
import { addDays } from '../../policy/dates.ts';
import type { Message } from '../../policy/message.ts';
import type { WorkingCalendar } from '../../policy/workingDays.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { ENTRY, type EntryRow } from './resolvers.ts';
import { IN_SAMPLE, IS_LOOK, SAMPLE_ONE_IN, daysCounted, famousOf } from './review/counting.ts';
import { HABIT_DAYS } from './review/keeping.ts';

/** Fewer subjects a day than this are ordinary work, whatever the habit was. */
const VOLUME_LEAST = 50;
const VOLUME_TIMES = 5;

/** Four of five looks for a matter with a case number make it the unit's custom, if there were enough to tell. */
const CUSTOM_SHARE = 0.8;
const CUSTOM_LEAST = 20;

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
const KEYS = 'day, unit, officer, matter';
const SUMS = `${KEYS}, first_seq, last_seq, subjects, looks, caseless, last_caseless_seq, outside, last_outside_seq`;
/** Of days before and of the period. */
const HABITUAL = `day between $1::date - ${HABIT_DAYS} and $2::date`;
/** On a day off every look is outside working hours. */
const onDayOff = (onIt: string, else_: string): string =>
  `case when day = any($3::date[]) then ${onIt} else ${else_} end`;

/**
 * Flags are of a day (of an officer, a matter, a subject) and stand at its last entry: a reviewer wants to know of the day, not to read all of
 * its entries one by one. $6: up to where the journal is counted by day; what came after is read from the journal itself. Famous
 * subjects are on file of days before $7, the newest that is counted, unless an entry of them came after.
 *
 * What is joined to entries and leaves is looked up one by one: from what the planner guesses of sums it had read whole tables.
 */
const REVIEW = `
with tail_day as materialized (${daysCounted('seq > $6::bigint')}),
counted as materialized (
  select ${KEYS}, min(first_seq) as first_seq, max(last_seq) as last_seq, sum(subjects) as n, sum(looks) as looks,
    sum(caseless) as caseless, max(last_caseless_seq) as last_caseless_seq, sum(outside) as outside, max(last_outside_seq) as last_outside_seq
  from (
    select ${SUMS} from review_day where ${HABITUAL}
    union all select ${SUMS} from tail_day where ${HABITUAL}
  ) s group by ${KEYS}
), habit as (
  select unit, officer, day, max(last_seq) as seq, sum(n) as n,
    avg(sum(n)) over (partition by unit, officer order by day
      range between '${HABIT_DAYS} days' preceding and '1 day' preceding) as own,
    avg(sum(n)) over (partition by unit order by day
      range between '${HABIT_DAYS} days' preceding and '1 day' preceding) as of_unit
  from counted group by unit, officer, day
), custom as (
  select unit, matter from counted where matter <> ''
  group by unit, matter having sum(looks) >= ${CUSTOM_LEAST} and sum(looks - caseless) >= ${CUSTOM_SHARE} * sum(looks)
), read_day as materialized (
  select day, min(first_seq) as first_seq, max(last_seq) as last_seq from counted
  where day >= $1 and (day >= $7::date or day in (select day from tail_day)) group by day
), famous as (
  select day, subject_id, units, last_seq from review_subject where day between $1 and $2 and day not in (select day from read_day)
  union all ${famousOf('read_day')}
), flag as (
  select f.seq, 'SAMPLE' as flag, null::float8 as n, null::float8 as usual, null::uuid as about
  from journal_leaf f cross join lateral (
    select from journal_entry e where e.seq = f.seq and ${IS_LOOK}
      and at >= $1::date::timestamp at time zone ${ZONE} and at < ($2::date + 1)::timestamp at time zone ${ZONE} limit 1
  ) e
  where ${IN_SAMPLE} and f.seq between (select min(first_seq) from counted where day >= $1) and (select max(last_seq) from counted where day >= $1)
  union all
  select seq, 'VOLUME', n, coalesce(own, of_unit, 0), null from habit
  where day >= $1 and n >= ${VOLUME_LEAST} and n > ${VOLUME_TIMES} * coalesce(own, of_unit, 0)
  union all
  select max(${onDayOff('last_seq', 'last_outside_seq')}), 'HOURS', sum(${onDayOff('looks', 'outside')}), null, null from counted
  where day >= $1 group by unit, officer, day having sum(${onDayOff('looks', 'outside')}) > 0
  union all
  select last_caseless_seq, 'UNRELATED', caseless, null, null from counted join custom using (unit, matter)
  where day >= $1 and caseless > 0
  union all
  select last_seq, 'FAMOUS', units, null, subject_id from famous
), reviewed as (
  select seq, jsonb_agg(jsonb_build_object('flag', flag, 'n', n, 'usual', usual, 'about', about) order by flag, about) as reasons
  from flag group by seq
)
select t.total, p.*
from (select count(*)::int as total from reviewed) t
left join lateral (
  select r.seq, r.reasons, e.* from (
    select seq, reasons from reviewed where seq < coalesce($4::bigint, 9223372036854775807) order by seq desc limit $5
  ) r cross join lateral (select ${ENTRY} from journal_entry e where e.seq = r.seq limit 1) e
) p on true
order by p.seq desc`;

/**
 * Sums of a quarter's days without the disk; one review is under way at a time, or a few. Planned for this position and period: by a plan for
 * any of them, what came after the position would be a third of the journal.
 */
const SETTINGS = `set local work_mem = '64MB'; set local plan_cache_mode = force_custom_plan`;
/** Position and sums as of one moment. */
const ONE_MOMENT = 'set transaction isolation level repeatable read read only';

interface Counted {
  seq: string;
  newest: string;
}
const COUNTED = `select seq, coalesce(newest, '-infinity')::text as newest from review_counted where id = 1`;

/** What a reviewer should look at: a log that nobody reads protects nobody [SH-31]. */
export class JournalReview {
  readonly #pool: pg.Pool;
  readonly #calendar: WorkingCalendar;

  constructor(pool: pg.Pool, calendar: WorkingCalendar) {
    this.#pool = pool;
    this.#calendar = calendar;
  }

  /** Newest first, by the same statements, whatever the period. @param before the page begins after this entry. @param to last day, included. */
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
      await client.query(ONE_MOMENT);
      await client.query(SETTINGS);
      const { rows: counted } = await client.query<Counted>(COUNTED);
      const { seq, newest } = counted[0] as Counted;
      const answer = await client.query<ReviewedRow & { total: number }>(REVIEW, [
        from,
        to,
        free,
        before,
        size,
        seq,
        newest,
      ]);
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
