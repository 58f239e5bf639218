import type { SubgraphContext } from '../../../records/context.ts';
import { blocksIn } from '../../../policy/statistics/blocks.ts';
import { fulfilments } from '../../../records/report/fulfilment.ts';
import { type Reading, concerns, unitNames } from '../../../records/report/reader.ts';
import type { ReportCount, ReportFulfilment } from '../../../records/report/row.ts';
import type { LookRow } from './looks.ts';
import type { Moment } from './months.ts';

/** Entries of the period by matter and outcome. */
export interface Answered {
  matter: string;
  outcome: string;
  entries: number;
  /** Whether it may be seen that there are any: where persons alone were told of, once the month is over. */
  isSeen: boolean;
}

/** Of whole months. */
export const answeredIn =
  (asked: Reading, context: SubgraphContext) =>
  async ({ client, now }: Moment): Promise<Answered[]> => {
    if (now.length === 0) return [];
    const { rows } = await client.query<Answered>(
      `select matter, outcome, sum(entries)::float8 as entries,
         bool_or(organizations > 0 or persons = 0 or month = any($2::date[])) as "isSeen"
       from journal_month where month = any($1::date[]) and ($3::text[] is null or unit = any($3))
       group by matter, outcome`,
      [now, blocksIn(asked.period, 'MONTH', asked.today)]
        .map((months) => months.map((month) => `${month}-01`) as unknown)
        .concat([unitsIn(asked, context)]),
    );
    return rows;
  };

/** Whose entries count; null: everybody's. */
function unitsIn(asked: Reading, { snapshot }: SubgraphContext): string[] | null {
  if (asked.jurisdiction === null) return asked.unit === null ? null : [asked.unit];
  return [...snapshot.units.keys()].filter(concerns(asked, { snapshot }));
}

/** Of days, and of what is not counted yet. */
export function answeredOf(rows: readonly LookRow[], asked: Reading, context: SubgraphContext): Answered[] {
  const units = unitsIn(asked, context);
  const concerned = units && new Set(units);
  const months = new Set(blocksIn(asked.period, 'MONTH', asked.today));
  return rows
    .filter(({ isNow, unit }) => isNow && (concerned === null || concerned.has(unit)))
    .map(({ matter, outcome, entries, organizations, persons, month }) => ({
      matter,
      outcome,
      entries,
      isSeen: organizations > 0 || persons === 0 || months.has(month),
    }));
}

/** Matters of the application list that were queried for [SP-three-lists]: in force today; as to persons, where they are counted. */
export function matterFulfilment(
  answered: readonly Answered[],
  asked: Reading,
  context: SubgraphContext,
): ReportFulfilment[] {
  const isConcerned = concerns(asked, context);
  const used = new Set(
    answered.filter(({ outcome, isSeen }) => isSeen && outcome === 'ANSWERED').map(({ matter }) => matter),
  );
  const matters = [...context.snapshot.matters.values()].filter(({ unit }) => isConcerned(unit));
  return fulfilments(
    matters.map(({ unit, code }) => ({ unit, fulfilled: used.has(code) })),
    unitNames(context),
  );
}

export function refusals(answered: readonly Answered[]): ReportCount[] {
  const sums = new Map<string, number>();
  for (const { outcome, entries } of answered)
    if (outcome !== 'ANSWERED') sums.set(outcome, (sums.get(outcome) ?? 0) + entries);
  return [...sums].map(([key, count]) => ({ key, name: key, count })).sort((a, b) => b.count - a.count);
}
