import { linkRate } from '../../policy/light.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput } from '../../records/errors.ts';
import { readsRawCounts } from '../../records/report/rawCounts.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { BatchRow, Batches } from './batches.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import type { Period, ProviderFigures, Totals } from './providerFigures.ts';
import {
  type ItemReminder,
  type ProviderStanding,
  type Providers,
  type Rank,
  compareRanks,
  rankOf,
  unitsOfPersons,
} from './providers.ts';

interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** What a Provider is resolved from. */
interface ProviderNode {
  standing: ProviderStanding;
  period: Period;
  /** Null: withheld from this reader. */
  totals: Totals | null;
}

interface BatchPage extends Page<BatchRow> {
  code: string;
  period: Period;
}

interface ProviderPage extends Page<ProviderNode> {
  total: number;
}

const SUMS = [
  'received',
  'accepted',
  'duplicates',
  'rejected',
  'quarantined',
  'late',
  'openRejects',
] as const;

const ALL_TIME: Period = { from: null, to: null };
const DAY_MS = 86_400_000;
const LIST = 'providers';

type Caller = SubgraphContext['grant']['caller'];

const readsAll = ({ role }: Caller): boolean => role === 'center' || role === 'authority';
/** To anyone else a unit's view does not exist. */
const mayRead = (code: string, caller: Caller): boolean =>
  readsAll(caller) || (caller.unit === code && (caller.role === 'provider' || caller.role === 'agency'));

/** A unit's rows about persons are in one sum with its others: to whoever is not told of persons, all of it is withheld. */
const isWithheld = (
  code: string,
  { grant, snapshot }: Pick<SubgraphContext, 'grant' | 'snapshot'>,
): boolean => !readsRawCounts(grant) && unitsOfPersons(snapshot).has(code);

function periodOf({ from = null, to = null }: { from?: string | null; to?: string | null }): Period {
  for (const [argument, day] of Object.entries({ from, to })) if (day !== null) dayArgument(argument, day);
  if (from !== null && to !== null && from > to)
    throw badInput('to', { zh: '不得早于 from', en: 'must not be before `from`' });
  return { from, to };
}

export interface ProviderParts {
  figures: ProviderFigures;
  providers: Providers;
  batches: Batches;
  cursors: Cursors;
}

/** How units submit, for themselves and for the center [JS-21, NT-5, SP-link]. */
export function providerResolvers({ figures, providers, batches, cursors }: ProviderParts): ResolverMap {
  const batchList = ({ code, period }: Pick<BatchPage, 'code' | 'period'>): string =>
    `batches ${code} ${period.from} ${period.to}`;
  const providerCursor = (_: ProviderPage, node: ProviderNode): string => {
    const { colour, linkRate: rate, code } = rankOf(node.standing);
    return cursors.write(LIST, [String(colour), String(rate), code]);
  };
  const rankAt = (cursor: string): Rank => {
    const [colour, rate, code] = cursors.read(LIST, cursor) as [string, string, string];
    return { colour: Number(colour), linkRate: Number(rate), code };
  };

  return {
    Query: {
      provider: async (
        _: unknown,
        { code, ...days }: { code: string; from?: string | null; to?: string | null },
        { grant, snapshot }: SubgraphContext,
      ): Promise<ProviderNode | null> => {
        const period = periodOf(days);
        if (!mayRead(code, grant.caller) || !snapshot.units.has(code)) return null;
        const [[standing], [totals]] = await Promise.all([
          providers.of([code], snapshot, grant.today),
          figures.totals([code], period),
        ]);
        return {
          standing: standing as ProviderStanding,
          period,
          totals: isWithheld(code, { grant, snapshot }) ? null : (totals as Totals),
        };
      },
      providers: async (
        _: unknown,
        args: PageArgs,
        { grant, snapshot }: SubgraphContext,
      ): Promise<ProviderPage | null> => {
        if (!readsAll(grant.caller)) return null;
        const first = pageSize(args.first, 20);
        const after = args.after ? rankAt(args.after) : null;
        const all = await providers.ranked(snapshot, grant.today);
        const rest = after ? all.filter((one) => compareRanks(rankOf(one), after) > 0) : all;
        const { rows, ...page } = pageOf(rest, first, after !== null);
        const codes = rows.map(({ code }) => code);
        const totals = await figures.totals(codes, ALL_TIME);
        const nodes = rows.map((standing, at) => ({
          standing,
          period: ALL_TIME,
          totals: isWithheld(standing.code, { grant, snapshot }) ? null : (totals[at] as Totals),
        }));
        return { ...page, rows: nodes, total: all.length };
      },
    },
    Provider: {
      unit: ({ standing: { code } }: ProviderNode, _: unknown, { snapshot }: SubgraphContext) => ({
        code,
        name: snapshot.units.get(code)?.name ?? code,
      }),
      withheld: ({ totals }: ProviderNode) => totals === null,
      ...Object.fromEntries(SUMS.map((sum) => [sum, ({ totals }: ProviderNode) => totals && totals[sum]])),
      linkRate: ({ totals }: ProviderNode) => totals && linkRate(totals),
      rejectsByRule: ({ standing: { code }, period, totals }: ProviderNode) =>
        totals && figures.rejectsByRule({ provider: code, ...period }),
      timeliness: ({ standing: { code }, period, totals }: ProviderNode) =>
        totals && figures.timeliness({ provider: code, ...period }),
      reminders: ({ standing: { reminders } }: ProviderNode, args: PageArgs) =>
        reminders.slice(0, pageSize(args.first, 50, 1_000)),
      light: ({ standing: { light }, totals }: ProviderNode) =>
        totals
          ? light
          : { ...light, reasons: light.reasons.map((reason) => ({ ...reason, ...reason.uncounted })) },
      batches: async (
        { standing: { code }, period, totals }: ProviderNode,
        args: PageArgs,
      ): Promise<BatchPage | null> => {
        if (!totals) return null;
        const first = pageSize(args.first, 20);
        const [startedAt, id] = args.after ? cursors.read(batchList({ code, period }), args.after) : [];
        const after = startedAt && id ? { startedAt, id } : null;
        const rows = await batches.page({ provider: code, ...period, first: first + 1, after });
        return { code, period, ...pageOf(rows, first, after !== null) };
      },
    },
    Reminder: {
      dueOn: ({ on }: ItemReminder) => on,
      daysLeft: ({ on }: ItemReminder, _: unknown, { grant }: SubgraphContext) =>
        (Date.parse(on) - Date.parse(grant.today)) / DAY_MS,
    },
    ...pageResolvers<BatchRow, BatchPage>(
      'Receipt',
      (page, row) => cursors.write(batchList(page), [row.position, row.id]),
      ({ code, period }) => batches.count({ provider: code, ...period }),
    ),
    ...pageResolvers<ProviderNode, ProviderPage>('Provider', providerCursor, ({ total }) => total),
  };
}
