import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import {
  type ObjectionRules,
  PARTIES_ZH,
  type Remedy,
  STAGES_ZH,
  type Step,
} from '../../../policy/objections/stages.ts';
import { type NotTaken, take } from '../../../policy/objections/steps.ts';
import { isUuid } from '../../../records/arguments.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import { demandPlace } from '../../../records/place.ts';
import { type Actor, deciderOf, subjectActor } from '../callers.ts';
import { takeEffect } from './effects.ts';
import type { Remedied } from './orders.ts';
import { type CaseParts, rulesOf } from './parts.ts';
import { type CaseRow, type StepKind, addStep, lockCase, openCase, othersLeft, updateCase } from './rows.ts';
import { caseById } from './queue.ts';
import { alreadyOpen } from './filing.ts';
import { holdRecord } from '../recordHold.ts';
import { type RemedyInput, fittingRemedy, readRemedy, rehearse } from './remedy.ts';
import { freeText } from '../texts.ts';

export interface DecideInput extends RemedyInput {
  id: string;
  decision: Extract<Step, 'COMPARE' | 'FORWARD' | 'UPHOLD' | 'DISMISS'>;
  reason?: string | null;
}

export interface AppealInput {
  id: string;
  reason: string;
}

/** A step on its way. */
interface Intended {
  step: Step;
  actor: Actor;
  reason: string | null;
  remedy: Remedy | null;
  remedied: Pick<Remedied, 'correction' | 'bornOn'>;
}

const LONGEST_REASON = 1_000;
const NO_REMEDY = { correction: null, bornOn: null };
const KEPT_AS: Record<Step, StepKind> = {
  COMPARE: 'COMPARED',
  FORWARD: 'FORWARDED',
  UPHOLD: 'UPHELD',
  DISMISS: 'DISMISSED',
  APPEAL: 'APPEALED',
  ACCEPT: 'ACCEPTED',
};

/** In the same words for an id that is unknown and one that the caller has nothing to do with. */
async function known(id: string, { reader }: Actor, { pool }: CaseParts): Promise<CaseRow> {
  const row = isUuid(id) ? await caseById(pool, id, reader) : null;
  if (row) return row;
  throw badInput('id', { zh: '没有这一项异议', en: 'there is no such objection' });
}

function rulesOfCase(row: CaseRow, { packs }: CaseParts): ObjectionRules {
  const rules = rulesOf(packs, row);
  if (!rules) throw new Error(`no rules on objections in ${row.jurisdiction} on ${row.filedOn}`);
  return rules;
}

/** Whose turn it is, or what can be decided in this one. */
function notTaken(told: NotTaken, step: Step, { objection }: ObjectionRules) {
  const { stage, turn } = told;
  if (
    told.refused === 'NO_SUCH_STEP' &&
    (step === 'COMPARE' || step === 'FORWARD' || step === 'UPHOLD' || step === 'DISMISS')
  ) {
    const { source, article } = objection;
    return badInput('decision', {
      zh: `此时可作的决定：${told.steps.join('、')}（${source}，${article}）`,
      en: `what can be decided now: ${told.steps.join(', ')} (${source}, ${article})`,
    });
  }
  return refusal(
    'CONFLICT',
    {
      zh: `该异议“${STAGES_ZH[stage]}”，${turn ? `由${PARTIES_ZH[turn]}办理` : '已办结'}`,
      en: `this objection is ${stage}, ${turn ? `${turn}'s turn` : 'and closed'}`,
    },
    { stage, turn },
  );
}

async function carryOut(
  client: pg.PoolClient,
  before: CaseRow,
  intended: Intended,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const { today } = context.grant;
  const { step, actor, reason, remedy } = intended;
  const { party, unit } = actor;
  const rules = rulesOfCase(before, parts);
  const { marked, closedForGood } = await othersLeft(client, before);
  const taken = take(before, { step, by: party, remedy, today, closedForGood }, rules, parts.calendar);
  if ('refused' in taken) throw notTaken(taken, step, rules);
  if (step === 'APPEAL') {
    const open = await openCase(client, before);
    if (open) throw alreadyOpen(open);
  }
  const remedied: Remedied = { ...intended.remedied, by: unit, reason: reason ?? '' };
  if (remedy) await rehearse(remedy, before, remedied, parts);
  const after: CaseRow = { ...before, ...taken.state };
  await updateCase(client, after.id, after);
  await addStep(client, {
    caseId: after.id,
    step: KEPT_AS[step],
    actor: party,
    unit,
    takenOn: today,
    due: taken.due,
    reason,
    remedy,
  });
  const told = { step, before, taken, today };
  await takeEffect(client, after, { told, remedied, stillMarked: marked }, rules, parts, context);
  return after;
}

/** One step: the case, its notices and the orders about its record come about together, or not at all. */
async function takeStep(
  { id, recordId }: CaseRow,
  intended: Intended,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const after = await inTransaction(parts.pool, async (client) => {
    await holdRecord(client, recordId);
    return carryOut(client, await lockCase(client, id), intended, parts, context);
  });
  await parts.outbox.flush();
  context.report.subjects.add(after.subjectId);
  discloseItem(context.report, after.subjectId, after.itemId);
  return after;
}

/** 异议处理 [SH-29, ZD-37, NT-32]. */
export async function decideObjection(
  input: DecideInput,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const actor = deciderOf(context.grant);
  const row = await known(input.id, actor, parts);
  if (actor.party !== 'PROVIDER')
    demandPlace(actor.unit, row.jurisdiction, context.snapshot, parts.packs, row.filedOn);
  const { decision: step } = input;
  const rules = rulesOfCase(row, parts);
  const { today } = context.grant;
  // Whose turn it is comes before what is wrong with the rest: whoever must wait has nothing to mend.
  if (row.turn !== actor.party)
    throw notTaken({ refused: 'NOT_YOUR_TURN', stage: row.stage, turn: row.turn }, step, rules);
  const decides = step === 'UPHOLD' || step === 'DISMISS';
  const reason = decides || input.reason ? freeText('reason', input.reason, LONGEST_REASON) : null;
  if (step !== 'UPHOLD') {
    if (input.remedy) throw badInput('remedy', { zh: '仅用于异议成立', en: 'goes with UPHOLD alone' });
    return takeStep(row, { step, actor, reason, remedy: null, remedied: NO_REMEDY }, parts, context);
  }
  const remedy = fittingRemedy(input, row);
  const remedied = await readRemedy(remedy, input, row, parts, today);
  return takeStep(row, { step, actor, reason, remedy, remedied }, parts, context);
}

/** 异议申诉 [NT-33]. */
export async function appealObjection(
  input: AppealInput,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const actor = subjectActor(context.grant);
  const row = await known(input.id, actor, parts);
  if (!rulesOfCase(row, parts).objectionAppeal) {
    throw badInput('id', {
      zh: `${row.jurisdiction} 没有异议申诉的规定；不接受处理结果的，标注保留`,
      en: `${row.jurisdiction} has no appeal; while its subject disagrees the mark stays`,
    });
  }
  const reason = freeText('reason', input.reason, LONGEST_REASON);
  return takeStep(row, { step: 'APPEAL', actor, reason, remedy: null, remedied: NO_REMEDY }, parts, context);
}

/** 接受处理结果 [SH-30, ZD-38]. */
export async function acceptObjectionResult(
  id: string,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const actor = subjectActor(context.grant);
  const row = await known(id, actor, parts);
  return takeStep(
    row,
    { step: 'ACCEPT', actor, reason: null, remedy: null, remedied: NO_REMEDY },
    parts,
    context,
  );
}
