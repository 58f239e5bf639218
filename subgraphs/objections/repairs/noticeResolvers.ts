import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import type { RepairRow, RepairRows } from './rows.ts';

interface NoticePage extends Page<RepairRow> {
  jurisdiction: string | null;
}

/**
 * Whether a notice names whom it is about: an organization, of whose record the public may know during the whole of it. Of a natural person
 * nothing is told by which anyone could find out who it is, neither the opinion's words nor an id; that a repair is under way, of which
 * item and by which unit, is published all the same, so that whoever knows the matter can object by the notice's number [NT-35, JS-4].
 */
function isNamed(
  { itemId, aboutPersons, publicUntil, noticeUntil }: RepairRow,
  { snapshot }: SubgraphContext,
): boolean {
  const isPublic = snapshot.items.get(itemId)?.tier === 'PUBLIC';
  return !aboutPersons && isPublic && (publicUntil === null || publicUntil >= (noticeUntil as string));
}

/** 信用修复公示 [NT-35]: open to anyone. */
export function repairNoticeResolvers(rows: RepairRows, cursors: Cursors, today: () => string): ResolverMap {
  const listOf = (jurisdiction: string | null): string => `repair notices ${jurisdiction}`;
  return {
    Query: {
      repairNotices: async (
        _: unknown,
        args: { jurisdiction?: string | null; first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<NoticePage> => {
        const jurisdiction = args.jurisdiction ?? null;
        const first = pageSize(args.first, 20);
        const [on, ordinal] = args.after ? cursors.read(listOf(jurisdiction), args.after) : [];
        const after = on !== undefined && ordinal !== undefined ? { on, ordinal } : null;
        const page = pageOf(await rows.notices(today(), jurisdiction, first, after), first, after !== null);
        for (const row of page.rows) {
          if (!isNamed(row, context)) continue;
          context.report.subjects.add(row.subjectId);
          discloseItem(context.report, row.subjectId, row.itemId);
        }
        return { jurisdiction, ...page };
      },
    },
    RepairNotice: {
      subject: (row: RepairRow, _args: unknown, context: SubgraphContext) =>
        isNamed(row, context) ? { id: row.subjectId } : null,
      opinion: (row: RepairRow, _args: unknown, context: SubgraphContext) =>
        isNamed(row, context) ? row.opinion : null,
      item: ({ itemId }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.items.get(itemId),
      provider: ({ provider }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.units.get(provider) ?? { code: provider, name: provider },
      publishedOn: ({ opinionOn }: RepairRow) => opinionOn,
      until: ({ noticeUntil }: RepairRow) => noticeUntil,
    },
    ...pageResolvers<RepairRow, NoticePage>(
      'RepairNotice',
      ({ jurisdiction }, row) =>
        cursors.write(listOf(jurisdiction), [row.noticeUntil as string, row.ordinal]),
      ({ jurisdiction }) => rows.noticeCount(today(), jurisdiction),
    ),
  };
}
