import type pg from 'pg';

export interface CaseFigures {
  filed: number;
  closed: number;
  upheld: number;
  dismissed: number;
  open: number;
  overdue: number;
  marked: number;
}

export interface ProviderFigures extends CaseFigures {
  provider: string;
  aboutPersons: boolean;
}

/** What is counted: days 'YYYY-MM-DD', null for no bound. */
export interface CountedPeriod {
  from: string | null;
  to: string | null;
  jurisdiction: string | null;
  /** This unit's records alone. */
  provider: string | null;
  today: string;
}

const within = (column: string): string =>
  `c.${column} is not null and ($1::date is null or c.${column} >= $1) and ($2::date is null or c.${column} <= $2)`;

/** 异议统计 by unit and kind of subject, most first [SP-obj]. */
export async function countCases(
  pool: pg.Pool,
  { from, to, jurisdiction, provider, today }: CountedPeriod,
): Promise<ProviderFigures[]> {
  const closed = within('closed_on');
  const { rows } = await pool.query<ProviderFigures>({
    name: 'objection_counts',
    text: `select c.provider, c.about_persons as "aboutPersons",
        count(*) filter (where ${within('filed_on')})::int as filed,
        count(*) filter (where ${closed})::int as closed,
        count(*) filter (where ${closed} and c.stage = 'UPHELD')::int as upheld,
        count(*) filter (where ${closed} and c.stage = 'DISMISSED')::int as dismissed,
        count(*) filter (where c.closed_on is null)::int as open,
        count(*) filter (where c.due_on < $5::date)::int as overdue,
        count(*) filter (where c.marked)::int as marked
      from objection_case c
      where ($3::text is null or c.jurisdiction = $3) and ($4::text is null or c.provider = $4)
      group by c.provider, c.about_persons order by filed desc, c.provider, c.about_persons`,
    values: [from, to, jurisdiction, provider, today],
  });
  return rows;
}

const NONE: CaseFigures = { filed: 0, closed: 0, upheld: 0, dismissed: 0, open: 0, overdue: 0, marked: 0 };

export function sumOf(figures: readonly CaseFigures[]): CaseFigures {
  const sum = { ...NONE };
  for (const one of figures)
    for (const key of Object.keys(NONE) as (keyof CaseFigures)[]) sum[key] += one[key];
  return sum;
}
