import { linkRate } from '../../policy/light.ts';
import { dayArgument } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput } from '../../records/errors.ts';
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
} from './providers.ts';

interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** What a Provider is resolved from. */
interface ProviderNode {
  standing: ProviderStanding;
  period: Period;
  totals: Totals;
}

interface BatchPage extends Page<BatchRow> {
  code: string;
  period: Period;
}

interface ProviderPage extends Page<ProviderNode> {
  total: number;
}

const ALL_TIME: Period = { from: null, to: null };
const DAY_MS = 86_400_000;
const LIST = 'providers';

type Caller = SubgraphContext['grant']['caller'];

const readsAll = ({ role }: Caller): boolean => role === 'center' || role === 'authority';
/** To anyone else a unit's view does not exist. */
const mayRead = (code: string, caller: Caller): boolean =>
  readsAll(caller) || (caller.unit === code && (caller.role === 'provider' || caller.role === 'agency'));

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
        return { standing: standing as ProviderStanding, period, totals: totals as Totals };
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
          totals: totals[at] as Totals,
        }));
        return { ...page, rows: nodes, total: all.length };
      },
    },
    Provider: {
      unit: ({ standing: { code } }: ProviderNode, _: unknown, { snapshot }: SubgraphContext) => ({
        code,
        name: snapshot.units.get(code)?.name ?? code,
      }),
      received: ({ totals }: ProviderNode) => totals.received,
      accepted: ({ totals }: ProviderNode) => totals.accepted,
      duplicates: ({ totals }: ProviderNode) => totals.duplicates,
      rejected: ({ totals }: ProviderNode) => totals.rejected,
      quarantined: ({ totals }: ProviderNode) => totals.quarantined,
      late: ({ totals }: ProviderNode) => totals.late,
      openRejects: ({ totals }: ProviderNode) => totals.openRejects,
      linkRate: ({ totals }: ProviderNode) => linkRate(totals),
      rejectsByRule: ({ standing: { code }, period }: ProviderNode) =>
        figures.rejectsByRule({ provider: code, ...period }),
      timeliness: ({ standing: { code }, period }: ProviderNode) =>
        figures.timeliness({ provider: code, ...period }),
      reminders: ({ standing: { reminders } }: ProviderNode, args: PageArgs) =>
        reminders.slice(0, pageSize(args.first, 50, 1_000)),
      light: ({ standing: { light } }: ProviderNode) => light,
      batches: async ({ standing: { code }, period }: ProviderNode, args: PageArgs): Promise<BatchPage> => {
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
