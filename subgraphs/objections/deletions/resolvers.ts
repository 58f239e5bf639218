import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import type { SubjectDoor } from '../../../records/delivery.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { refusal } from '../../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { demandPurpose, readerOf } from '../callers.ts';
import { applicantOf } from '../own.ts';
import type { RepairParts } from '../repairs/parts.ts';
import { type DeletionReader, type DeletionRow, type RequestInput, deletions } from './requests.ts';

interface Queue extends Page<DeletionRow> {
  reader: DeletionReader;
}

/** A subject reads its own, the center all; what a unit has to know of it is told [SH-27b]. Null: it is not for this caller. */
function deletionReader({ grant }: SubgraphContext): Omit<DeletionReader, 'executed'> | null {
  const { role } = grant.caller;
  return role === 'subject' || role === 'center' ? readerOf(grant) : null;
}

/** What its cursors are bound to. */
const listOf = ({ subjectId, persons, executed }: DeletionReader): string =>
  JSON.stringify(['deletions', subjectId, persons, executed]);

function disclosed(row: DeletionRow, { report }: SubgraphContext): DeletionRow {
  report.subjects.add(row.subjectId);
  discloseItem(report, row.subjectId, row.itemId);
  return row;
}

/** Deletion of one's own honors, volunteering and donations [SH-27b, ZD-35b]. */
export function deletionResolvers(
  parts: RepairParts & { subjects: SubjectDoor },
  cursors: Cursors,
): ResolverMap {
  const requests = deletions(parts);
  return {
    Query: {
      deletionRequest: async (
        _: unknown,
        { id }: { id: string },
        context: SubgraphContext,
      ): Promise<DeletionRow | null> => {
        const reader = deletionReader(context);
        const row = reader && isUuid(id) ? await requests.one(id) : null;
        if (!row || !reader) return null;
        const isTheirs =
          (reader.subjectId === null || reader.subjectId === row.subjectId) &&
          (reader.persons || !row.aboutPersons);
        return isTheirs ? disclosed(row, context) : null;
      },
      deletionRequests: async (
        _: unknown,
        args: { executed?: boolean | null; first?: number | null; after?: string | null },
        context: SubgraphContext,
      ): Promise<Queue> => {
        const whose = deletionReader(context);
        if (!whose) {
          throw refusal('FORBIDDEN', {
            zh: '仅限信息主体本人和工作机构',
            en: 'for the subject itself and the credit center',
          });
        }
        const reader: DeletionReader = { ...whose, executed: args.executed ?? null };
        const first = pageSize(args.first, 20);
        const [on, ordinal] = args.after ? cursors.read(listOf(reader), args.after) : [];
        const after = on !== undefined && ordinal !== undefined ? { on, ordinal } : null;
        const found = pageOf(await requests.page(reader, first, after), first, after !== null);
        for (const row of found.rows) disclosed(row, context);
        return { reader, ...found };
      },
    },
    Mutation: {
      requestDeletion: async (_: unknown, { input }: { input: RequestInput }, context: SubgraphContext) =>
        disclosed(
          await requests.request(await applicantOf(input.code ?? null, context, parts), input, context),
          context,
        ),
      executeDeletion: async (_: unknown, { id }: { id: string }, context: SubgraphContext) => {
        const { caller } = context.grant;
        if (caller.role !== 'center') {
          throw refusal('FORBIDDEN', { zh: '仅限工作机构办理', en: 'for the staff of the credit center' });
        }
        const { persons } = demandPurpose(context.grant);
        return disclosed(await requests.execute(id, caller.unit, persons, context), context);
      },
    },
    DeletionRequest: {
      subject: ({ subjectId }: DeletionRow) => ({ id: subjectId }),
      record: ({ recordId }: DeletionRow) => recordId,
      item: ({ itemId }: DeletionRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.items.get(itemId),
      provider: ({ provider }: DeletionRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.units.get(provider) ?? { code: provider, name: provider },
      overdue: ({ executedOn, dueOn }: DeletionRow) => executedOn === null && parts.today() > dueOn,
    },
    DeletionPayload: { request: (row: DeletionRow) => row },
    ...pageResolvers<DeletionRow, Queue>(
      'DeletionRequest',
      ({ reader }, row) => cursors.write(listOf(reader), [row.dueOn, row.ordinal]),
      ({ reader }) => requests.count(reader),
    ),
  };
}
