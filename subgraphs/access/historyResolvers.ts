import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import { refusal } from '../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { History, LookRow } from './history.ts';
import { isCenter, isOwnOrCenter } from './ownOrCenter.ts';

interface HistoryOf extends Page<LookRow> {
  subjectId: string;
  today: string;
}

const listOf = ({ subjectId }: Pick<HistoryOf, 'subjectId'>): string => `accessHistory ${subjectId}`;

/** The subject itself, and the center with a purpose. Whom other organs look at is no concern of an officer's. */
function allow(context: SubgraphContext, subjectId: string): void {
  if (isOwnOrCenter(context, subjectId)) return;
  throw refusal('FORBIDDEN', {
    zh: '被查询记录仅限信息主体本人和公共信用信息工作机构',
    en: 'who looked is for the subject itself and for the credit center',
  });
}

/** Why somebody looked, in one word. */
function basisOf({ role, matter, authorization }: LookRow): string {
  if (authorization) return 'AUTHORIZATION';
  if (role === 'subject') return 'SELF';
  if (role === null) return 'PUBLIC';
  return matter === null ? 'DUTY' : 'MATTER';
}

/** `Subject.accessHistory`: who looked, when, why, by which channel, at which categories [SR-29]. */
export function historyResolvers(history: History, cursors: Cursors): ResolverMap {
  return {
    Subject: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      accessHistory: async (
        { id }: { id: string },
        args: { first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<HistoryOf> => {
        allow(context, id);
        const first = pageSize(args.first, 20);
        const [before] = args.after ? cursors.read(listOf({ subjectId: id }), args.after) : [];
        const { today } = context.grant;
        const { rows } = await history.page({
          subjectId: id,
          today,
          before: before ?? null,
          // One more than the page holds tells whether there is a next one.
          size: first + 1,
          counted: false,
        });
        if (rows.length > 0) context.report.subjects.add(id);
        return { ...pageOf(rows, first, before !== undefined), subjectId: id, today };
      },
    },
    ...pageResolvers<LookRow, HistoryOf>(
      'Look',
      (page, row) => cursors.write(listOf(page), [row.seq]),
      async ({ subjectId, today }) =>
        (await history.page({ subjectId, today, before: null, size: 0, counted: true })).count ?? 0,
    ),
    Look: {
      basis: basisOf,
      officer: ({ officer }: LookRow, _args: unknown, context: SubgraphContext) =>
        isCenter(context) ? officer : null,
      unit: ({ unit }: LookRow, _args: unknown, { snapshot }: SubgraphContext) =>
        unit === null ? null : (snapshot.units.get(unit) ?? { code: unit, name: unit }),
      matterName: ({ matter }: LookRow, _args: unknown, { snapshot }: SubgraphContext) =>
        matter === null ? null : (snapshot.matters.get(matter)?.name ?? null),
      items: ({ items }: LookRow, _args: unknown, { snapshot }: SubgraphContext) =>
        items.map((code) => {
          const item = snapshot.itemsByCode.get(code);
          return { code, name: item?.name ?? null, class: item?.class ?? null };
        }),
    },
  };
}
