import DataLoader from 'dataloader';
import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { badInput } from '../../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { gatewayOnly } from '../../../records/gatewayOnly.ts';
import type { Positions } from '../feed/position.ts';
import type { AlertFilter, AlertRow, Alerts } from './alerts.ts';
import type { ListRow, NewList, Owner, Subjects, WatchLists } from './lists.ts';
import { type Reader, readerOf } from './reader.ts';

const MOST_ALERTS = 1_000;

interface PageArgs {
  first?: number | null;
  after?: string | null;
}

interface ListsPage extends Page<WatchList> {
  reader: Reader;
}

type WatchList = ListRow & { unread: () => Promise<number> };

interface AlertsPage extends Page<AlertRow> {
  reader: Reader;
  filter: AlertFilter;
}

const listsOf = ({ unit, matterId }: Reader): string => `watch lists ${unit} ${matterId}`;
const alertsOf = ({ unit, matterId }: Reader, { list, unread }: AlertFilter): string =>
  `alerts ${unit} ${matterId} ${list} ${unread}`;

/** Watch lists and their alerts [SP-watch]. What is said of codes the gateway turns into subjects before it comes here. */
export function watchResolvers(lists: WatchLists, alerts: Alerts, positions: Positions): ResolverMap {
  /** Places in the order of all lists, and of all changes, are not for callers to count by. */
  const placeIn = (list: string, after: string | null | undefined): number | null =>
    after ? positions.open(list, after) : null;
  return {
    Query: {
      watchLists: async (_: unknown, args: PageArgs, context: SubgraphContext): Promise<ListsPage> => {
        const reader = readerOf(context);
        const first = pageSize(args.first, 20);
        const after = placeIn(listsOf(reader), args.after);
        const page = pageOf(await lists.page(reader, { first, after }), first, after !== null);
        const unread = new DataLoader<string, number>((ids) => alerts.counts(reader, ids, true));
        const rows = page.rows.map((row) => ({ ...row, unread: () => unread.load(row.id) }));
        return { ...page, rows, reader };
      },
      alerts: async (
        _: unknown,
        args: PageArgs & { list: string; unread?: boolean | null },
        context: SubgraphContext,
      ): Promise<AlertsPage | null> => {
        const reader = readerOf(context);
        const first = pageSize(args.first, 100, MOST_ALERTS);
        if (!isUuid(args.list)) return null;
        const filter = { list: args.list.toLowerCase(), unread: args.unread ?? false };
        const after = placeIn(alertsOf(reader, filter), args.after);
        const found = await alerts.page(reader, filter, { first, after });
        if (found.length === 0 && !(await alerts.has(reader, filter.list))) return null;
        const page = pageOf(found, first, after !== null);
        for (const { subjectId, person, itemId } of page.rows) {
          context.report.subjects.add(subjectId);
          if (person) context.report.persons.add(subjectId);
          discloseItem(context.report, subjectId, itemId);
        }
        return { ...page, reader, filter };
      },
    },
    Mutation: {
      readAlerts: async (_: unknown, { ids }: { ids: string[] }, context: SubgraphContext) => {
        const reader = readerOf(context);
        if (ids.length > MOST_ALERTS)
          throw badInput('ids', { zh: `最多 ${MOST_ALERTS} 个`, en: `at most ${MOST_ALERTS}` });
        return { read: await alerts.read(reader, ids.filter(isUuid)) };
      },
      _watch: (
        _: unknown,
        { list, subjects }: { list: NewList; subjects: Subjects },
        context: SubgraphContext,
      ) => {
        gatewayOnly(context);
        return lists.watch(list, subjects);
      },
      _unwatch: (
        _: unknown,
        { owner, list, subjects }: { owner: Owner; list: string; subjects?: string[] | null },
        context: SubgraphContext,
      ) => {
        gatewayOnly(context);
        return lists.unwatch(owner, list, subjects ?? null);
      },
    },
    WatchList: { unread: ({ unread }: WatchList) => unread() },
    Alert: {
      subject: ({ subjectId }: AlertRow) => ({ id: subjectId }),
      item: ({ itemId }: AlertRow, _: unknown, { snapshot }: SubgraphContext) => snapshot.items.get(itemId),
      record: ({ recordId }: AlertRow) => recordId,
    },
    ...pageResolvers<WatchList, ListsPage>(
      'WatchList',
      ({ reader }, { ordinal }) => positions.seal(listsOf(reader), Number(ordinal)),
      ({ reader }) => lists.count(reader),
    ),
    ...pageResolvers<AlertRow, AlertsPage>(
      'Alert',
      ({ reader, filter }, { seq }) => positions.seal(alertsOf(reader, filter), Number(seq)),
      ({ reader, filter }) => alerts.count(reader, filter),
    ),
  };
}
