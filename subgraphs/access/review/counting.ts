/** A city of ten million entries a year writes 40,000 on a working day: one in 512 is some 80, what a reviewer reads in a morning. */
export const SAMPLE_ONE_IN = 512;

/** SQL: leaves that the sample takes. By the leaf's hash, which nobody can choose: the gateway puts a random id into every entry. */
export const IN_SAMPLE = `((get_byte(hash, 0) * 256 + get_byte(hash, 1)) % ${SAMPLE_ONE_IN}) = 0`;

/** The registrar, the regulator, the tax bureau and who lets a contract may well look at one firm on the same day. A fifth unit is unusual. */
export const FAMOUS_UNITS = 5;

/** Offices open at 9 and close at 17:30; two hours on both sides are overtime, not a sign. What is counted already keeps the hours of its time. */
const OPENS = '07:00';
const CLOSES = '20:00';

const LOCAL = `(at at time zone 'Asia/Shanghai')`;
const DAY = `${LOCAL}::date`;
const IS_OUTSIDE = `(${LOCAL}::time < '${OPENS}' or ${LOCAL}::time >= '${CLOSES}')`;

/** SQL: what a review is about: what a unit was told of somebody. */
export const IS_LOOK = `unit is not null and outcome = 'ANSWERED' and cardinality(subjects) > 0`;

/** SQL: looks as rows of `review_day`. @param which condition on entries */
export const daysCounted = (which: string): string => `
  select ${DAY} as day, unit, coalesce(officer_id, officer, '') as officer, coalesce(matter, '') as matter,
    min(seq) as first_seq, max(seq) as last_seq, sum(cardinality(subjects)) as subjects, count(*) as looks,
    count(*) filter (where case_number is null) as caseless, max(seq) filter (where case_number is null) as last_caseless_seq,
    count(*) filter (where ${IS_OUTSIDE}) as outside, max(seq) filter (where ${IS_OUTSIDE}) as last_outside_seq
  from journal_entry where ${which} and ${IS_LOOK} group by 1, 2, 3, 4`;

/** SQL: the instant at which a day begins. */
const startOf = (day: string): string => `(${day})::timestamp at time zone 'Asia/Shanghai'`;

/**
 * SQL: the famous of these days as rows of `review_subject`, from the journal itself. With `offset 0` each day is read by its own range, however
 * far they lie apart; without it the planner joins the days to the whole journal.
 * @param days relation of days with the first and the last entry of each: `day`, `first_seq`, `last_seq`
 */
export const famousOf = (days: string): string => `
  select day, subject_id, count(*)::int as units, max(last_seq) as last_seq from (
    select d.day, s.subject_id, e.unit, max(e.seq) as last_seq
    from ${days} d cross join lateral (
      select seq, unit, subjects from journal_entry
      where seq between d.first_seq and d.last_seq and at >= ${startOf('d.day')} and at < ${startOf('d.day + 1')} and ${IS_LOOK}
      offset 0
    ) e cross join lateral unnest(e.subjects) as s(subject_id)
    group by 1, 2, 3
  ) u group by 1, 2 having count(*) >= ${FAMOUS_UNITS}`;
