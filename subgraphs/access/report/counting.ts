/** What `journal_day` counts by. */
export const DIMENSIONS = 'day, unit, role, channel, matter, kind, batch, outcome';

const DAY = `(at at time zone 'Asia/Shanghai')::date`;

/**
 * SQL: entries after one and up to another (null: all), by what reports count by.
 * @param matters matters in force and, in the same order, `kinds`: two arrays. Joined to the sums: an entry is not looked up in them.
 */
export const entriesCounted = (
  after: string,
  upTo: string | null,
  matters: string,
  kinds: string,
): string => `
  select s.day, s.unit, s.role, s.channel, s.matter, coalesce(m.kind, '') as kind, s.batch, s.outcome, s.entries, s.organizations, s.persons
  from (
    select ${DAY} as day, coalesce(unit, '') as unit, coalesce(role, '') as role, channel, coalesce(matter, '') as matter,
      (cardinality(subjects) > 1 or operation like 'batchCheck job %') as batch, outcome, count(*) as entries,
      sum(cardinality(subjects) - coalesce(persons, 0)) as organizations, sum(coalesce(persons, 0)) as persons
    from journal_entry where seq > ${after}${upTo === null ? '' : ` and seq <= ${upTo}`}
    group by 1, 2, 3, 4, 5, 6, 7
  ) s left join unnest(${matters}::text[], ${kinds}::text[]) as m(code, kind) on m.code = s.matter`;

/** SQL: the public's looks at organizations likewise. */
export const looksCounted = (after: string, upTo: string | null): string => `
  select ${DAY} as day, '' as unit, '' as role, channel, '' as matter, '' as kind, false as batch, 'ANSWERED' as outcome,
    sum(looks) as entries, sum(looks) as organizations, 0::bigint as persons
  from public_look where seq > ${after}${upTo === null ? '' : ` and seq <= ${upTo}`}
  group by 1, 4`;

export interface Kinds {
  matters: string[];
  kinds: string[];
}
