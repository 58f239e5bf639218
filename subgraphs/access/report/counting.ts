import { unhurried } from '../../../policy/unhurried.ts';
import type { Snapshot } from '../../../records/snapshot.ts';

/** Sums that are kept by day and by month: what they are of, and what they count. */
export interface Kept {
  day: string;
  month: string;
  by: readonly string[];
  sums: readonly string[];
}

/** Looks: organizations and persons that queries told of. */
export const LOOKS: Kept = {
  day: 'journal_day',
  month: 'journal_month',
  by: ['unit', 'role', 'channel', 'matter', 'kind', 'batch', 'outcome'],
  sums: ['entries', 'organizations', 'persons'],
};

/** Uses: looks of units, by each unit of whose items they were told. */
export const USES: Kept = {
  day: 'journal_use_day',
  month: 'journal_use_month',
  by: ['unit', 'provider', 'kind'],
  sums: ['organizations', 'persons'],
};

/** Up to which rows the journal is counted: looks of entries, of the public, and uses. */
export interface Position {
  seq: number;
  lookSeq: number;
  useSeq: number;
}

/** As float8: this pool gives bigint as text. */
export const POSITION = `select seq::float8 as seq, look_seq::float8 as "lookSeq", use_seq::float8 as "useSeq" from journal_counted where id = 1`;

/** SQL: the first day of the month of a date. */
export const monthOf = (day: string): string => `date_trunc('month', ${day})::date`;

const DAY = `(at at time zone 'Asia/Shanghai')::date`;

const range = (after: string, upTo: string | null, seq = 'seq'): string =>
  `${seq} > ${after}${upTo === null ? '' : ` and ${seq} <= ${upTo}`}`;

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
    from journal_entry where ${range(after, upTo)}
    group by 1, 2, 3, 4, 5, 6, 7
  ) s left join unnest(${matters}::text[], ${kinds}::text[]) as m(code, kind) on m.code = s.matter`;

/** SQL: the public's looks at organizations likewise. */
export const looksCounted = (after: string, upTo: string | null): string => `
  select ${DAY} as day, '' as unit, '' as role, channel, '' as matter, '' as kind, false as batch, 'ANSWERED' as outcome,
    sum(looks) as entries, sum(looks) as organizations, 0::bigint as persons
  from public_look where ${range(after, upTo)}
  group by 1, 4`;

/** No code has this control character. */
const BETWEEN = '\u001f';

/**
 * SQL: subjects that units were told of, by day, unit, matter and the items they were told of by. Of an entry of several the kinds of subjects are not on
 * file one by one: where there is a person among them all are guarded as persons. Apart, since a long list of subjects must be read once and not for each. `offset 0` has each
 * subject looked up by key: joined, all of an entry were compared with all, 9.6 s for 119 entries of a thousand.
 */
export const itemsTold = (after: string, upTo: string | null): string => {
  const USED = `${range(after, upTo, 'e.seq')} and e.unit is not null and e.outcome = 'ANSWERED'`;
  return `
  select day, unit, matter, array_to_string(items, '${BETWEEN}') as items, (count(*) filter (where not person))::int as organizations, (count(*) filter (where person))::int as persons
  from (
    select ${DAY} as day, e.unit, coalesce(e.matter, '') as matter, coalesce(e.persons, 0) > 0 as person, e.items
    from journal_entry e where ${USED} and cardinality(e.subjects) = 1
    union all
    select ${DAY}, e.unit, coalesce(e.matter, ''), coalesce(e.persons, 0) > 0, j.items
    from journal_entry e cross join unnest(e.subjects) as s(subject)
      cross join lateral (
        select look.items from journal_subject look where look.subject_id = s.subject and look.seq = e.seq offset 0
      ) as j
    where ${USED} and cardinality(e.subjects) > 1
  ) t where cardinality(items) > 0
  group by 1, 2, 3, 4`;
};

export interface ItemsTold {
  unit: string;
  matter: string;
  /** Codes, with `BETWEEN` between: the driver takes arrays apart letter by letter. */
  items: string;
  organizations: number;
  persons: number;
}

/** Whose information was used, and what for: empty without a matter in force. */
interface Use {
  provider: string;
  kind: string;
}

/**
 * Uses by each provider of the items, once however many of its items a look told of; what is in the catalogue no more has none. Summed here, since a
 * look has some six, and in turns with other work: the looks of some seconds are thousands.
 * @param whenOf what else rows are told apart by
 */
export async function usesIn<Row extends ItemsTold>(
  rows: readonly Row[],
  { itemsByCode, matters }: Snapshot,
  whenOf: (row: Row) => string,
): Promise<(Row & Use)[]> {
  const uses = new Map<string, Row & Use>();
  const providers = new Map<string, Set<string | undefined>>();
  const providersOf = (items: string): Set<string | undefined> => {
    let known = providers.get(items);
    if (!known) {
      known = new Set(items.split(BETWEEN).map((code) => itemsByCode.get(code)?.provider));
      providers.set(items, known);
    }
    return known;
  };
  await unhurried(rows, (row) => {
    const kind = matters.get(row.matter)?.kind ?? '';
    for (const provider of providersOf(row.items)) {
      if (provider === undefined) continue;
      const key = `${whenOf(row)} ${row.unit} ${provider} ${kind}`;
      const known = uses.get(key);
      if (known) {
        known.organizations += row.organizations;
        known.persons += row.persons;
      } else uses.set(key, { ...row, provider, kind });
    }
  });
  return [...uses.values()];
}

/** Matters in force and their kinds, in the same order. */
export const kindsOf = ({ matters }: Snapshot): [matters: string[], kinds: string[]] => [
  [...matters.keys()],
  [...matters.values()].map(({ kind }) => kind),
];
