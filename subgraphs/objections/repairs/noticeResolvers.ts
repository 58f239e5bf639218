import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import type { RecordFacts } from '../../../records/orders/order.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { isOnFile } from '../own.ts';
import type { RepairParts } from './parts.ts';
import type { RepairRow, RepairRows } from './rows.ts';

interface NoticeRow extends RepairRow {
  /** Whether the notice names whom it is about. */
  isNamed: boolean;
}

interface NoticePage extends Page<NoticeRow> {
  jurisdiction: string | null;
}

/** Whether the public sees a record of a public item on a day. */
const isShown = (facts: RecordFacts, today: string): boolean =>
  isOnFile(facts, today) && (facts.publicUntil === null || facts.publicUntil >= today);

/**
 * Whom notices name: organizations, whose record the public sees on the day of reading. What was withheld, archived or revoked after its notice
 * began names nobody any more, nor does a record whose agency does not answer. Of a natural person nothing is told by which anyone could
 * find out who it is, neither the opinion's words nor an id; that a repair is under way, of which item and by which unit, is published all the
 * same, so that whoever knows the matter can object by the notice's number [NT-35, JS-4].
 */
async function naming(
  rows: readonly RepairRow[],
  { snapshot }: SubgraphContext,
  { records, today }: Pick<RepairParts, 'records' | 'today'>,
): Promise<NoticeRow[]> {
  const open = rows.filter(
    ({ aboutPersons, itemId }) => !aboutPersons && snapshot.items.get(itemId)?.tier === 'PUBLIC',
  );
  const ofTypes = [...Map.groupBy(open, ({ recordType }) => recordType)];
  const found = await Promise.all(
    ofTypes.map(([recordType, ofType]) =>
      records
        .factsOf(
          recordType,
          ofType.map(({ subjectId, recordId: id }) => ({ subjectId, id })),
        )
        .catch(() => []),
    ),
  );
  const shown = new Set(
    found
      .flat()
      .filter((facts) => isShown(facts, today()))
      .map(({ id }) => id),
  );
  const named = new Set(open.filter(({ recordId }) => shown.has(recordId)));
  return rows.map((row) => ({ ...row, isNamed: named.has(row) }));
}

/** 信用修复公示 [NT-35]: open to anyone. */
export function repairNoticeResolvers(
  rows: RepairRows,
  cursors: Cursors,
  parts: Pick<RepairParts, 'records' | 'today'>,
): ResolverMap {
  const { today } = parts;
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
        const found = pageOf(await rows.notices(today(), jurisdiction, first, after), first, after !== null);
        const page = { ...found, rows: await naming(found.rows, context, parts) };
        for (const row of page.rows) {
          if (!row.isNamed) continue;
          context.report.subjects.add(row.subjectId);
          discloseItem(context.report, row.subjectId, row.itemId);
        }
        return { jurisdiction, ...page };
      },
    },
    RepairNotice: {
      subject: ({ isNamed, subjectId }: NoticeRow) => (isNamed ? { id: subjectId } : null),
      opinion: ({ isNamed, opinion }: NoticeRow) => (isNamed ? opinion : null),
      item: ({ itemId }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.items.get(itemId),
      provider: ({ provider }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.units.get(provider) ?? { code: provider, name: provider },
      publishedOn: ({ opinionOn }: RepairRow) => opinionOn,
      until: ({ noticeUntil }: RepairRow) => noticeUntil,
    },
    ...pageResolvers<NoticeRow, NoticePage>(
      'RepairNotice',
      ({ jurisdiction }, row) =>
        cursors.write(listOf(jurisdiction), [row.noticeUntil as string, row.ordinal]),
      ({ jurisdiction }) => rows.noticeCount(today(), jurisdiction),
    ),
  };
}
