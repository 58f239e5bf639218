import { type RepairStage, repairStage, turnAt } from '../../../policy/repair/stage.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import type { Cursors } from '../../../records/cursor.ts';
import type { SubjectDoor } from '../../../records/delivery.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { refusal } from '../../../records/errors.ts';
import { type Page, pageOf, pageResolvers } from '../../../records/pages.ts';
import { type ResolverMap, pageSize } from '../../../records/resolvers.ts';
import { repairReaderOf } from '../callers.ts';
import { applicantOf } from '../own.ts';
import { type ApplyInput, applying } from './apply.ts';
import { type DecideRepairInput, deciding } from './decide.ts';
import { type DecideRepairObjectionInput, type ObjectToRepairInput, objecting } from './object.ts';
import type { RepairParts } from './parts.ts';
import type { RepairObjectionRow, RepairReader, RepairRow, RepairRows } from './rows.ts';

interface QueueArgs {
  stage?: RepairStage | null;
  first?: number | null;
  after?: string | null;
}

interface Queue extends Page<RepairRow> {
  reader: RepairReader;
}

/** What its cursors are bound to. */
const listOf = ({ subjectId, provider, persons, stage }: RepairReader): string =>
  JSON.stringify(['repairs', subjectId, provider, persons, stage]);

/** What was told of a subject, for the journal. */
function disclosed<Row extends { subjectId: string; itemId: number }>(
  row: Row,
  { report }: SubgraphContext,
): Row {
  report.subjects.add(row.subjectId);
  discloseItem(report, row.subjectId, row.itemId);
  return row;
}

/** 信用修复: applications, decisions and objections to notices [NT-34, NT-35, ZD-34, SR-32, JS-24]. */
export function repairResolvers(
  parts: RepairParts & { subjects: SubjectDoor },
  cursors: Cursors,
  rows: RepairRows,
): ResolverMap {
  const apply = applying(parts);
  const decisions = deciding(parts);
  const notices = objecting(parts);
  const { today } = parts;

  return {
    Query: {
      repairApplication: async (
        _: unknown,
        { id }: { id: string },
        context: SubgraphContext,
      ): Promise<RepairRow | null> => {
        const reader = repairReaderOf(context.grant);
        const row = reader && (await rows.one(id, reader));
        return row && disclosed(row, context);
      },
      repairApplications: async (_: unknown, args: QueueArgs, context: SubgraphContext): Promise<Queue> => {
        const whose = repairReaderOf(context.grant);
        if (!whose) {
          throw refusal('FORBIDDEN', {
            zh: '仅限信息主体本人、信息提供单位和工作机构',
            en: 'for the subject itself, units that provide information and the credit center',
          });
        }
        const reader: RepairReader = { ...whose, stage: args.stage ?? null, today: today() };
        const first = pageSize(args.first, 20);
        const [on, ordinal] = args.after ? cursors.read(listOf(reader), args.after) : [];
        const after = on !== undefined && ordinal !== undefined ? { on, ordinal } : null;
        const found = await rows.page(reader, first, after);
        const page = pageOf(found, first, after !== null);
        for (const row of page.rows) disclosed(row, context);
        return { reader, ...page };
      },
    },
    Mutation: {
      applyForRepair: async (_: unknown, { input }: { input: ApplyInput }, context: SubgraphContext) =>
        disclosed(
          await apply(await applicantOf(input.code ?? null, context, parts), input, context),
          context,
        ),
      decideRepair: async (_: unknown, { input }: { input: DecideRepairInput }, context: SubgraphContext) =>
        disclosed(await decisions.decide(input, context), context),
      withdrawRepair: async (
        _: unknown,
        { id, code }: { id: string; code?: string | null },
        context: SubgraphContext,
      ) => disclosed(await decisions.withdraw(id, await applicantOf(code ?? null, context, parts)), context),
      objectToRepair: (_: unknown, { input }: { input: ObjectToRepairInput }, context: SubgraphContext) =>
        notices.object(input, context),
      decideRepairObjection: async (
        _: unknown,
        { input }: { input: DecideRepairObjectionInput },
        context: SubgraphContext,
      ) => disclosed(await notices.decideObjection(input, context), context),
    },
    RepairPayload: { application: (row: RepairRow) => row },
    RepairApplication: {
      subject: ({ subjectId }: RepairRow) => ({ id: subjectId }),
      record: ({ recordId }: RepairRow) => recordId,
      item: ({ itemId }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.items.get(itemId),
      provider: ({ provider }: RepairRow, _args: unknown, { snapshot }: SubgraphContext) =>
        snapshot.units.get(provider) ?? { code: provider, name: provider },
      stage: (row: RepairRow) => repairStage(row, today()),
      turn: (row: RepairRow) => turnAt(repairStage(row, today())),
      objections: ({ id }: RepairRow) => rows.objectionsOf(id),
    },
    RepairObjection: {
      unit: ({ byUnit }: RepairObjectionRow, _args: unknown, { snapshot }: SubgraphContext) =>
        byUnit === null ? null : (snapshot.units.get(byUnit) ?? { code: byUnit, name: byUnit }),
    },
    ...pageResolvers<RepairRow, Queue>(
      'RepairApplication',
      ({ reader }, row) => cursors.write(listOf(reader), [row.queuedOn, row.ordinal]),
      ({ reader }) => rows.count(reader),
    ),
  };
}
