import { isDate } from '../../policy/dates.ts';
import { linkRate } from '../../policy/light.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { badInput } from '../../records/errors.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { Period, ProviderFigures, Totals } from './providerFigures.ts';
import {
  type ItemReminder,
  type ProviderStanding,
  type Providers,
  type Rank,
  compareRanks,
  rankOf,
} from './providers.ts';
import type { ReceiptRow, Receipts } from './receipts.ts';

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

interface BatchPage {
  code: string;
  period: Period;
  rows: (ReceiptRow & { position: string })[];
  hasNext: boolean;
  hasPrevious: boolean;
}

interface ProviderPage {
  nodes: ProviderNode[];
  total: number;
  hasNext: boolean;
  hasPrevious: boolean;
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
  for (const [argument, day] of [['from', from] as const, ['to', to] as const]) {
    if (day !== null && !isDate(day))
      throw badInput(argument, { zh: '没有这一天', en: 'there is no such day' });
  }
  if (from !== null && to !== null && from > to)
    throw badInput('to', { zh: '不得早于 from', en: 'must not be before `from`' });
  return { from, to };
}

export interface ProviderParts {
  figures: ProviderFigures;
  providers: Providers;
  receipts: Receipts;
  cursors: Cursors;
}

/** How units submit, for themselves and for the center [JS-21, NT-5, SP-link]. */
export function providerResolvers({ figures, providers, receipts, cursors }: ProviderParts): ResolverMap {
  const batchList = ({ code, period }: BatchPage): string => `batches ${code} ${period.from} ${period.to}`;
  const batchCursor = (page: BatchPage, row: BatchPage['rows'][number] | undefined): string | null =>
    row ? cursors.write(batchList(page), [row.position, row.id]) : null;
  const providerCursor = (node: ProviderNode | undefined): string | null => {
    if (!node) return null;
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
        const page = rest.slice(0, first);
        const codes = page.map(({ code }) => code);
        const totals = await figures.totals(codes, ALL_TIME);
        return {
          nodes: page.map((standing, at) => ({ standing, period: ALL_TIME, totals: totals[at] as Totals })),
          total: all.length,
          hasNext: rest.length > first,
          hasPrevious: after !== null,
        };
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
      rejectsByRule: ({ standing: { code }, period }: ProviderNode) => figures.rejectsByRule(code, period),
      timeliness: ({ standing: { code }, period }: ProviderNode) => figures.timeliness(code, period),
      reminders: ({ standing: { reminders } }: ProviderNode, args: PageArgs) =>
        reminders.slice(0, pageSize(args.first, 50, 1_000)),
      light: ({ standing: { light } }: ProviderNode) => light,
      batches: async ({ standing: { code }, period }: ProviderNode, args: PageArgs): Promise<BatchPage> => {
        const first = pageSize(args.first, 20);
        const page: BatchPage = { code, period, rows: [], hasNext: false, hasPrevious: Boolean(args.after) };
        const [startedAt, id] = args.after ? cursors.read(batchList(page), args.after) : [];
        const after = startedAt && id ? { startedAt, id } : null;
        const rows = await receipts.ofProvider(code, period, first + 1, after);
        return { ...page, rows: rows.slice(0, first), hasNext: rows.length > first };
      },
    },
    Reminder: {
      dueOn: ({ on }: ItemReminder) => on,
      daysLeft: ({ on }: ItemReminder, _: unknown, { grant }: SubgraphContext) =>
        (Date.parse(on) - Date.parse(grant.today)) / DAY_MS,
    },
    ReceiptConnection: {
      nodes: (page: BatchPage) => page.rows,
      edges: (page: BatchPage) => page.rows.map((row) => ({ page, row })),
      pageInfo: (page: BatchPage) => ({
        hasNextPage: page.hasNext,
        hasPreviousPage: page.hasPrevious,
        startCursor: batchCursor(page, page.rows[0]),
        endCursor: batchCursor(page, page.rows.at(-1)),
      }),
      totalCount: ({ code, period }: BatchPage) => receipts.countOfProvider(code, period),
    },
    ReceiptEdge: {
      cursor: ({ page, row }: { page: BatchPage; row: BatchPage['rows'][number] }) => batchCursor(page, row),
      node: ({ row }: { row: ReceiptRow }) => row,
    },
    ProviderConnection: {
      edges: (page: ProviderPage) => page.nodes,
      pageInfo: (page: ProviderPage) => ({
        hasNextPage: page.hasNext,
        hasPreviousPage: page.hasPrevious,
        startCursor: providerCursor(page.nodes[0]),
        endCursor: providerCursor(page.nodes.at(-1)),
      }),
      totalCount: (page: ProviderPage) => page.total,
    },
    ProviderEdge: {
      cursor: (node: ProviderNode) => providerCursor(node),
      node: (node: ProviderNode) => node,
    },
  };
}
