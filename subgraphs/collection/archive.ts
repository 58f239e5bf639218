import { parseCode } from '../../policy/identifiers/code.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Cursors } from '../../records/cursor.ts';
import type { ArchivedRow } from '../../records/delivery.ts';
import { badInput, refusal } from '../../records/errors.ts';
import { jurisdictionsOf } from '../../records/place.ts';
import { type ResolverMap, pageSize } from '../../records/resolvers.ts';
import type { SubgraphParts } from '../../records/subgraph.ts';
import { plainLayouts } from '../plainLayouts.ts';
import { type Page, pageOf, pageResolvers } from '../../records/pages.ts';

interface ArchiveArgs {
  code: string;
  recordType?: string | null;
  first?: number | null;
  after?: string | null;
}

interface ArchiveList extends Page<ArchivedRow> {
  /** What its cursors are bound to. */
  list: string;
  total: number;
}

/**
 * 档案: records past their term, and those that are kept for the archive alone. Its keeper is the center of their own jurisdiction, or of its
 * city, whose staff says why it looks; to anyone else it is closed. Source: SH-27, SH-26, JS-13.
 */
export function archiveResolvers(
  { intake: { records, subjects }, packs, today }: Pick<SubgraphParts, 'intake' | 'packs' | 'today'>,
  cursors: Cursors,
): ResolverMap {
  const archive = async (
    _: unknown,
    args: ArchiveArgs,
    { grant, report, snapshot }: SubgraphContext,
  ): Promise<ArchiveList> => {
    if (grant.caller.role !== 'center' || grant.scope.kind !== 'MATTER') {
      throw refusal('FORBIDDEN', {
        zh: '档案仅限工作机构查阅',
        en: 'the archive is open to its keeper alone',
      });
    }
    const parsed = parseCode(args.code, today());
    if (!parsed.ok) throw badInput('code', parsed.reason);
    const { recordType = null } = args;
    if (recordType !== null && !plainLayouts.has(recordType)) {
      throw badInput('recordType', {
        zh: `没有记录类型“${recordType}”`,
        en: `there is no record type "${recordType}"`,
      });
    }
    const first = pageSize(args.first, 20);
    const subjectId = await subjects.idOf(parsed.code);
    const list = `archive ${subjectId} ${recordType ?? ''}`;
    const after = args.after ? (cursors.read(list, args.after)[0] as string) : null;
    const { rows, total } = await records.archived({
      subjectId,
      recordType,
      jurisdictions: jurisdictionsOf(grant.caller.unit, snapshot, packs, today()),
      first: first + 1,
      after,
    });
    const page = pageOf(rows, first, after !== null);
    if (total > 0) report.subjects.add(subjectId);
    for (const { itemId } of page.rows) report.items.set(itemId, (report.items.get(itemId) ?? 0) + 1);
    return { list, total, ...page };
  };

  return {
    Query: { archive },
    ...pageResolvers<ArchivedRow, ArchiveList>(
      'ArchivedRecord',
      ({ list }, row) => cursors.write(list, [row.id]),
      ({ total }) => total,
    ),
    ArchivedRecord: {
      item: ({ itemId }: ArchivedRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.items.get(itemId)?.code ?? String(itemId),
    },
  };
}
