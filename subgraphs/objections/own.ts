import { parseCode } from '../../policy/identifiers/code.ts';
import { isUuid } from '../../records/arguments.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { AgencyDoor, SubjectDoor } from '../../records/delivery.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { RecordFacts } from '../../records/orders/order.ts';
import { recordKeepers } from '../keepers.ts';
import { demandPurpose } from './callers.ts';

/** Who asks for something to be done about one of its records, itself or through the center's staff. */
export interface Applicant {
  subjectId: string;
  by: 'SUBJECT' | 'CENTER';
  /** Unit of the center's staff; null: the subject itself. */
  unit: string | null;
}

/**
 * The subject itself, by its token; or the one that the center's staff files for, by its code.
 * @throws FORBIDDEN for everyone else, PURPOSE_REQUIRED, PURPOSE_NOT_ALLOWED
 */
export async function applicantOf(
  code: string | null,
  context: SubgraphContext,
  { subjects, today }: { subjects: SubjectDoor; today: () => string },
): Promise<Applicant> {
  const { caller } = context.grant;
  if (caller.role === 'subject' && caller.subject !== null) {
    if (code !== null)
      throw badInput('code', { zh: '本人申请不填代码', en: 'a subject applies for itself, without a code' });
    return { subjectId: caller.subject, by: 'SUBJECT', unit: null };
  }
  if (caller.role !== 'center') {
    throw refusal('FORBIDDEN', {
      zh: '仅限信息主体本人，或由工作机构代为登记',
      en: 'for the subject itself, or the staff of the center for it',
    });
  }
  const { persons } = demandPurpose(context.grant);
  if (code === null)
    throw badInput('code', { zh: '须填信息主体的代码', en: 'the code of the subject is needed' });
  const parsed = parseCode(code, today());
  if (!parsed.ok) throw badInput('code', parsed.reason);
  if (parsed.subjectKind === 'NATURAL_PERSON' && !persons) {
    throw refusal('PURPOSE_NOT_ALLOWED', {
      zh: '该应用事项不涉及自然人',
      en: 'this matter does not concern natural persons',
    });
  }
  return { subjectId: await subjects.idOf(parsed.code), by: 'CENTER', unit: caller.unit };
}

/** In the same words for an id that is unknown, another subject's, revoked, archived or past its term: nobody learns what is on file. */
const notOwn = () => badInput('record', { zh: '该主体没有此项记录', en: 'no such record of this subject' });

/** Whether anyone is shown the record on a day. */
export const isOnFile = (facts: RecordFacts, today: string): boolean =>
  !facts.archived && !facts.revoked && (facts.visibleUntil === null || facts.visibleUntil >= today);

/** What there is to know of one of a subject's own records. @throws BAD_USER_INPUT where it has none such */
export async function ownRecord(
  records: AgencyDoor,
  { recordType, record }: { recordType: string; record: string },
  subjectId: string,
  today: string,
): Promise<RecordFacts> {
  if (!recordKeepers.has(recordType)) {
    const types = [...recordKeepers.keys()].join(', ');
    throw badInput('recordType', {
      zh: `没有记录类型“${recordType}”；可用：${types}`,
      en: `there is no record type "${recordType}"; there are ${types}`,
    });
  }
  if (!isUuid(record)) throw notOwn();
  const [facts] = await records.facts(recordType, subjectId, [record.toLowerCase()]);
  if (!facts || !isOnFile(facts, today)) throw notOwn();
  return facts;
}

/** The subgraph that carries out orders about records of a type. */
export function keeperOf(recordType: string): string {
  const keeper = recordKeepers.get(recordType);
  if (!keeper) throw new Error(`nobody keeps records of type ${recordType}`);
  return keeper;
}
