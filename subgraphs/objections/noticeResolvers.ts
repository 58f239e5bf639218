import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import type { Grant } from '../../records/grant.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import { matterScope } from './callers.ts';
import type { NoticeReader, NoticeRow, Notices } from './notices.ts';

interface NoticePage extends Page<NoticeRow> {
  reader: NoticeReader;
}

const unitOf = (code: string | null, { snapshot }: SubgraphContext) =>
  code === null ? null : { code, name: snapshot.units.get(code)?.name ?? code };

/** Whose notices a caller reads; null: none are for it. */
function noticeReader(grant: Grant): NoticeReader | null {
  const { role, unit, subject } = grant.caller;
  if (role === 'subject') return subject === null ? null : { to: 'SUBJECT', subjectId: subject, unit: null };
  const purpose = matterScope(grant) !== null;
  if (role === 'provider' || (role === 'agency' && purpose))
    return unit === null ? null : { to: 'PROVIDER', subjectId: null, unit };
  if (!purpose) return null;
  if (role === 'center') return { to: 'CENTER', subjectId: null, unit: null };
  return role === 'authority' ? { to: 'AUTHORITY', subjectId: null, unit: null } : null;
}

/** 通知 for whom they are to. */
export function noticeResolvers(notices: Notices, cursors: Cursors): ResolverMap {
  const listOf = ({ to, subjectId, unit }: NoticeReader) => `notices ${to} ${subjectId} ${unit}`;
  return {
    Query: {
      notices: async (
        _: unknown,
        args: { first?: number | null; after?: string | null },
        { grant, report }: SubgraphContext,
      ): Promise<NoticePage | null> => {
        const reader = noticeReader(grant);
        if (!reader) return null;
        const first = pageSize(args.first, 20);
        const after = args.after ? (cursors.read(listOf(reader), args.after)[0] as string) : null;
        const page = pageOf(await notices.page(reader, first, after), first, after !== null);
        for (const { subjectId } of page.rows) report.subjects.add(subjectId);
        return { reader, ...page };
      },
    },
    Notice: {
      case: ({ caseId }: NoticeRow) => caseId,
      unit: ({ unit }: NoticeRow, _: unknown, context: SubgraphContext) => unitOf(unit, context),
    },
    ...pageResolvers<NoticeRow, NoticePage>(
      'Notice',
      ({ reader }, { position }) => cursors.write(listOf(reader), [position]),
      ({ reader }) => notices.count(reader),
    ),
  };
}
