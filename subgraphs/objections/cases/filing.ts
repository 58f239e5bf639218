import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { parseCode } from '../../../policy/identifiers/code.ts';
import { type Ground, GROUNDS_ZH } from '../../../policy/objections/grounds.ts';
import { filed } from '../../../policy/objections/steps.ts';
import { type ObjectionRules, PARTIES_ZH, STAGES_ZH } from '../../../policy/objections/stages.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { discloseItem } from '../../../records/disclosure.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import type { RecordFacts } from '../../../records/orders/order.ts';
import { demandPurpose } from '../callers.ts';
import { takeEffect } from './effects.ts';
import { type CaseParts, rulesOf } from './parts.ts';
import { type CaseRow, addStep, insertCase, openCase } from './rows.ts';
import { type EvidenceInput, evidenceOf } from '../evidence/given.ts';
import { ownRecord } from '../own.ts';
import { holdRecord } from '../recordHold.ts';
import { digestOf, freeText } from '../texts.ts';

export interface FileInput {
  recordType: string;
  record: string;
  ground: Ground;
  statement: string;
  evidence: EvidenceInput[];
  code?: string | null;
  agent?: { name: string; documentDigest: string } | null;
}

const LONGEST_STATEMENT = 5_000;
const LONGEST_NAME = 100;

interface Filer {
  subjectId: string;
  /** The unit at whose window it is filed; null: the subject itself files it. */
  unit: string | null;
  agent: { name: string; documentDigest: string } | null;
}

/** The subject itself, or the center's staff for the subject that stands at the window. */
async function filerOf(input: FileInput, { intake }: CaseParts, { grant }: SubgraphContext): Promise<Filer> {
  const { caller, today } = grant;
  if (caller.role === 'subject' && caller.subject !== null) {
    for (const argument of ['code', 'agent'] as const)
      if (input[argument] != null)
        throw badInput(argument, { zh: '仅用于窗口受理', en: 'is for the window alone' });
    return { subjectId: caller.subject, unit: null, agent: null };
  }
  if (caller.role !== 'center') {
    throw refusal('FORBIDDEN', {
      zh: '仅限信息主体本人，或者由工作机构在窗口代为登记',
      en: 'for the subject itself, or for the credit center at its window',
    });
  }
  const matter = demandPurpose(grant);
  const parsed = parseCode(input.code ?? '', today);
  if (!parsed.ok) throw badInput('code', parsed.reason);
  if (parsed.subjectKind === 'NATURAL_PERSON' && !matter.persons) {
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: '该应用事项不涉及自然人',
      en: 'this matter does not concern natural persons',
    });
  }
  const agent = input.agent
    ? {
        name: freeText('agent.name', input.agent.name, LONGEST_NAME),
        documentDigest: digestOf('agent.documentDigest', input.agent.documentDigest),
      }
    : null;
  return { subjectId: await intake.subjects.idOf(parsed.code), unit: caller.unit, agent };
}

/** The rules that hold for the record, with the ground among theirs. */
function rulesFor({ jurisdiction }: RecordFacts, ground: Ground, packs: CaseParts['packs'], today: string) {
  const rules = rulesOf(packs, { jurisdiction, filedOn: today });
  if (!rules) {
    throw badInput('record', {
      zh: `${jurisdiction} 没有异议处理的规定`,
      en: `${jurisdiction} has no rules on objections`,
    });
  }
  const { grounds, source, article } = rules.objection;
  if (grounds.includes(ground)) return rules;
  throw badInput('ground', {
    zh: `“${GROUNDS_ZH[ground]}”不是异议事由；可用：${grounds.map((g) => GROUNDS_ZH[g]).join('、')}（${source}，${article}）`,
    en: `${ground} is no ground; there are ${grounds.join(', ')} (${source}, ${article})`,
  });
}

/** CONFLICT while another objection to the record is open. */
export const alreadyOpen = ({ id, stage, turn }: CaseRow) =>
  refusal(
    'CONFLICT',
    {
      zh: `该记录已有异议在办：${STAGES_ZH[stage]}${turn ? `，由${PARTIES_ZH[turn]}办理` : ''}`,
      en: `another objection to this record is open: ${stage}${turn ? `, ${turn}'s turn` : ''}`,
    },
    { objection: id, stage, turn },
  );

const caseOf = (
  input: FileInput,
  filer: Filer,
  facts: RecordFacts,
  aboutPersons: boolean,
): Pick<CaseRow, Exclude<keyof CaseRow, keyof ReturnType<typeof filed>['state'] | 'evidence'>> => ({
  id: randomUUID(),
  subjectId: filer.subjectId,
  recordType: facts.recordType,
  recordId: facts.id,
  itemId: facts.itemId,
  aboutPersons,
  jurisdiction: facts.jurisdiction,
  provider: facts.provider,
  ground: input.ground,
  statement: freeText('statement', input.statement, LONGEST_STATEMENT),
  filedBy: filer.agent ? 'AGENT' : 'SUBJECT',
  agentName: filer.agent?.name ?? null,
  agentDocument: filer.agent?.documentDigest ?? null,
});

/** 异议申请: the case, its mark on the record and its place in the subject's file come about together [SH-28, SH-30]. */
export async function fileObjection(
  input: FileInput,
  parts: CaseParts,
  context: SubgraphContext,
): Promise<CaseRow> {
  const { grant, snapshot, report } = context;
  const { today } = grant;
  const { records } = parts.intake;
  const filer = await filerOf(input, parts, context);
  const facts = await ownRecord(records, input, filer.subjectId, today);
  const rules: ObjectionRules = rulesFor(facts, input.ground, parts.packs, today);
  const evidence = await evidenceOf(input.evidence, { ...filer, today }, { records, files: parts.files });
  const item = snapshot.items.get(facts.itemId);
  const taken = filed(rules, parts.calendar, today);
  const row: CaseRow = {
    ...caseOf(input, filer, facts, item?.aboutPersons ?? false),
    ...taken.state,
    evidence,
  };
  await inTransaction(parts.pool, async (client) => {
    await holdRecord(client, row.recordId);
    const open = await openCase(client, row);
    if (open) throw alreadyOpen(open);
    await insertCase(client, row);
    await addStep(client, {
      caseId: row.id,
      step: 'FILED',
      actor: row.filedBy,
      unit: filer.unit,
      takenOn: today,
      due: taken.due,
      reason: null,
      remedy: null,
    });
    const told = { step: 'FILE' as const, before: null, taken, today };
    const remedied = { by: null, reason: '', correction: null, bornOn: null };
    await takeEffect(client, row, { told, remedied, stillMarked: null }, rules, parts, context);
  });
  await parts.outbox.flush();
  report.subjects.add(row.subjectId);
  discloseItem(report, row.subjectId, row.itemId);
  return row;
}
