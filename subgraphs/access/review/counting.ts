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
export const DAY = `${LOCAL}::date`;
const IS_OUTSIDE = `(${LOCAL}::time < '${OPENS}' or ${LOCAL}::time >= '${CLOSES}')`;

/** SQL: what a review is about: what a unit was told of somebody. */
export const IS_LOOK = `unit is not null and outcome = 'ANSWERED' and cardinality(subjects) > 0`;

const between = (after: string, upTo: string | null): string =>
  `seq > ${after}${upTo === null ? '' : ` and seq <= ${upTo}`} and ${IS_LOOK}`;

/** SQL: entries after one and up to another (null: all) as rows of `review_day`. */
export const daysCounted = (after: string, upTo: string | null): string => `
  select ${DAY} as day, unit, coalesce(officer_id, officer, '') as officer, coalesce(matter, '') as matter,
    min(seq) as first_seq, max(seq) as last_seq, sum(cardinality(subjects)) as subjects, count(*) as looks,
    count(*) filter (where case_number is null) as caseless, max(seq) filter (where case_number is null) as last_caseless_seq,
    count(*) filter (where ${IS_OUTSIDE}) as outside, max(seq) filter (where ${IS_OUTSIDE}) as last_outside_seq
  from journal_entry where ${between(after, upTo)} group by 1, 2, 3, 4`;

/** SQL: likewise as rows of `review_subject`. */
export const subjectsCounted = (after: string, upTo: string | null): string => `
  select ${DAY} as day, subject as subject_id, array_agg(distinct unit) as units, max(seq) as last_seq
  from journal_entry cross join lateral unnest(subjects) as s(subject)
  where ${between(after, upTo)} group by 1, 2`;
