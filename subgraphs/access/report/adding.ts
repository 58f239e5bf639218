import { type Kept, monthOf } from './counting.ts';

const added = (table: string, by: readonly string[], sums: readonly string[]): string =>
  `on conflict (${by.join(', ')}) do update set ${sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ')}`;

/**
 * SQL: adds sums by day to what is kept of days and of months, and says of each month that it is not what it was.
 * @param counted a query with the columns of days
 */
export function adding({ day, month, by, sums }: Kept, counted: string): string {
  const columns = [...by, ...sums].join(', ');
  const total = sums.map((sum) => `sum(${sum})`).join(', ');
  return `with counted as (${counted}),
    by_day as (
      insert into ${day} (day, ${columns}) select day, ${by.join(', ')}, ${total} from counted group by day, ${by.join(', ')}
      ${added(day, ['day', ...by], sums)}
    ),
    by_month as (
      insert into ${month} (month, ${columns}) select ${monthOf('day')}, ${by.join(', ')}, ${total} from counted group by 1, ${by.join(', ')}
      ${added(month, ['month', ...by], sums)}
    )
    insert into journal_month_counted (month, revision) select distinct ${monthOf('day')}, 1 from counted
    on conflict (month) do update set revision = journal_month_counted.revision + 1`;
}
