import { addPeriod } from '../../policy/dates.ts';
import { parseCode } from '../../policy/identifiers/code.ts';
import { type Measure, type MeasuredRecord, citing, measuresOn, unfit } from '../../policy/measures.ts';
import type { Message } from '../../policy/message.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { dayArgument, isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import { badInput } from '../../records/errors.ts';
import type { RecordFacts } from '../../records/orders/order.ts';
import { recordKeepers } from '../keepers.ts';
import { demandPurpose, disclose, forbidden, officersUnit, textArgument } from './callers.ts';
import type { MeasureParts } from './parts.ts';
import { type TaskDraft, raiseTasks, takeTurn } from './raise.ts';
import type { TaskRow } from './taskRow.ts';

interface TaskInput {
  measure: string;
  unit: string;
  dueOn?: string | null;
}

interface DetermineInput {
  code: string;
  recordType: string;
  record: string;
  tasks: TaskInput[];
  reason: string;
}

const MAX_TASKS = 100;

/** In the same words for an id that is unknown, another subject's and another unit's: nobody learns from trying what is on file. */
const notFound = () =>
  badInput('record', {
    zh: '本单位没有该主体的此项在期记录',
    en: 'this unit has no such record of this subject within its term',
  });

/** Who determines: units on their own records, the center on anyone's [PD-12]. */
function initiatorOf({ grant }: SubgraphContext): string {
  const unit = officersUnit(grant);
  if (grant.caller.role === 'authority')
    throw forbidden('由信息提供单位或工作机构认定', 'for units that provide information and the center');
  demandPurpose(grant);
  return unit;
}

/** Why a record carries no measures any more. */
function over({ revoked, archived, visibleUntil }: RecordFacts, pack: Pack, today: string): Message | null {
  if (revoked) return { zh: '记录已撤销，不得作为奖惩依据', en: 'the record is revoked' };
  if (archived) {
    const said = ['记录已归档，不得作为奖惩依据', 'the record is archived'] as const;
    return pack.repair ? citing([pack.repair], ...said) : { zh: said[0], en: said[1] };
  }
  if (visibleUntil !== null && visibleUntil < today)
    return citing(
      [pack.retention],
      `记录查询期限已于 ${visibleUntil} 届满，不得作为奖惩依据`,
      `the record's term ended on ${visibleUntil}`,
    );
  return null;
}

/** Where the pack gives the blacklisted no incentives, none is taken while the subject is on a list of the severely dishonest there or above. */
async function refuseBlacklisted(
  drafts: readonly TaskDraft[],
  { subjectId, jurisdiction }: RecordFacts,
  { incentivesFor: rule }: Pack,
  { packs, today, intake }: MeasureParts,
): Promise<void> {
  const at = drafts.findIndex(({ measure }) => measure.kind === 'INCENTIVE');
  const draft = drafts[at];
  if (!rule || !draft) return;
  const line = packs.line(jurisdiction, today());
  const listed = await intake.records.listed('SevereListing', [subjectId], line);
  if (listed.length === 0) return;
  const { code } = draft.measure;
  throw badInput(
    `tasks[${at}].measure`,
    citing(
      [rule],
      `${code} 是激励措施，主体在严重失信名单上，信用未修复，不得享受`,
      `${code} is an incentive, and the subject is on a list of the severely dishonest: unrepaired, it is given none`,
    ),
  );
}

/** Determinations (认定), by which implementing units are given their tasks. */
export function determinations(parts: MeasureParts) {
  const { pool, packs, calendar, today, asOf, intake } = parts;
  const dueOf = (at: string, { measure: code, dueOn = null }: TaskInput, measure: Measure) => {
    if (measure.answerWithin !== null) {
      if (dueOn === null) return calendar.addWorkingDays(today(), measure.answerWithin);
      const { answerWithin } = measure;
      throw badInput(
        `${at}.dueOn`,
        citing(
          [measure],
          `${code} 的反馈期限为 ${answerWithin} 个工作日`,
          `${code} is answered within ${answerWithin} working days`,
        ),
      );
    }
    if (dueOn !== null && dayArgument(`${at}.dueOn`, dueOn) < today())
      throw badInput(`${at}.dueOn`, { zh: '不得早于今日', en: 'must not be before today' });
    return { on: dueOn, provisional: false };
  };

  const draftsOf = (
    inputs: readonly TaskInput[],
    record: MeasuredRecord & { jurisdiction: string },
    pack: Pack,
    { snapshot }: SubgraphContext,
  ): TaskDraft[] => {
    const list = new Map(measuresOn(packs, record.jurisdiction, today())?.map((one) => [one.code, one]));
    return inputs.map((input, index) => {
      const at = `tasks[${index}]`;
      const measure = list.get(input.measure);
      if (!measure) {
        const { zh, en } = pack.name;
        throw badInput(`${at}.measure`, {
          zh: `“${input.measure}”不在${zh}的措施清单内`,
          en: `"${input.measure}" is not in the list of measures of ${en}`,
        });
      }
      const reason = unfit(measure, record, pack);
      if (reason) throw badInput(`${at}.measure`, reason);
      if (!snapshot.units.has(input.unit))
        throw badInput(`${at}.unit`, {
          zh: `没有代码为“${input.unit}”的单位`,
          en: `there is no unit "${input.unit}"`,
        });
      const due = dueOf(at, input, measure);
      return {
        measure,
        unit: input.unit,
        dueOn: due.on,
        dueProvisional: due.provisional,
        termUntil: measure.term === null ? null : addPeriod(today(), measure.term),
      };
    });
  };

  return async (
    input: DetermineInput,
    context: SubgraphContext,
  ): Promise<{ tasks: TaskRow[]; raised: number }> => {
    const initiator = initiatorOf(context);
    const reason = textArgument('reason', input.reason, true) as string;
    const parsed = parseCode(input.code, today());
    if (!parsed.ok) throw badInput('code', parsed.reason);
    const { recordType, tasks: asked } = input;
    if (!recordKeepers.has(recordType))
      throw badInput('recordType', {
        zh: `没有记录类型“${recordType}”`,
        en: `there is no record type "${recordType}"`,
      });
    if (asked.length === 0 || asked.length > MAX_TASKS)
      throw badInput('tasks', { zh: `应为 1 至 ${MAX_TASKS} 项`, en: `must be from 1 to ${MAX_TASKS}` });
    if (!isUuid(input.record)) throw notFound();
    const id = input.record.toLowerCase();
    const subjectId = await intake.subjects.idOf(parsed.code);

    const done = await inTransaction(pool, async (client) => {
      await takeTurn(client, id);
      const [facts] = await intake.records.facts(recordType, subjectId, [id]);
      const item = facts && context.snapshot.items.get(facts.itemId);
      const pack = facts && packs.on(facts.jurisdiction, today());
      const own = context.grant.caller.role === 'center' || facts?.provider === initiator;
      if (!facts || !item || !pack || !own) throw notFound();
      const end = over(facts, pack, today());
      if (end) throw badInput('record', end);
      const { negative } = item;
      const grade = negative ? (facts.grade ?? item.grade) : null;
      const { jurisdiction } = facts;
      const drafts = draftsOf(asked, { recordType, negative, grade, jurisdiction }, pack, context);
      await refuseBlacklisted(drafts, facts, pack, parts);
      const aboutPerson = parsed.codeKind === 'CITIZEN_ID';
      return raiseTasks(client, { facts, grade, aboutPerson, initiator, reason }, drafts, asOf(today()));
    });
    disclose(context, done.tasks);
    return done;
  };
}
