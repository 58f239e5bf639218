import { birthDate, parseCode } from '../../../policy/identifiers/code.ts';
import { REMEDIES_FOR } from '../../../policy/objections/grounds.ts';
import type { Remedy } from '../../../policy/objections/stages.ts';
import type { Amended } from '../../../records/delivery.ts';
import { badInput, refusal } from '../../../records/errors.ts';
import { readCorrection } from '../../../records/import/correction.ts';
import type { Layout } from '../../../records/import/layout.ts';
import { plainLayouts } from '../../plainLayouts.ts';
import type { CaseParts } from './parts.ts';
import type { Remedied } from './orders.ts';
import type { CaseRow } from './rows.ts';

export interface RemedyInput {
  remedy?: Remedy | null;
  values?: unknown;
  code?: string | null;
}

/** @throws BAD_USER_INPUT where there is none, or it does not fit what the objection complains of. */
export function fittingRemedy({ remedy }: RemedyInput, { ground }: CaseRow): Remedy {
  const fitting = REMEDIES_FOR[ground];
  if (remedy && fitting.includes(remedy)) return remedy;
  throw badInput('remedy', {
    zh: `该异议事由的处理方式：${fitting.join('、')}`,
    en: `for this ground there are ${fitting.join(', ')}`,
  });
}

/** What goes with a remedy, read as `correctRecord` reads it. @throws BAD_USER_INPUT */
export async function readRemedy(
  remedy: Remedy,
  { values, code }: RemedyInput,
  row: CaseRow,
  { intake }: CaseParts,
  today: string,
): Promise<Pick<Remedied, 'correction' | 'bornOn'>> {
  if (remedy !== 'CORRECT') {
    if (values != null)
      throw badInput('values', { zh: '仅用于更正', en: 'go with the remedy CORRECT alone' });
    return { correction: null, bornOn: null };
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw badInput('values', { zh: '应为对象', en: 'must be an object by column name or field code' });
  }
  const layout = plainLayouts.get(row.recordType) as Layout;
  const correction = await readCorrection(layout, values as Record<string, unknown>, today);
  if (!row.aboutPersons) return { correction, bornOn: null };
  const parsed = parseCode(code ?? '', today);
  if (!parsed.ok) throw badInput('code', parsed.reason);
  if ((await intake.subjects.idOf(parsed.code)) !== row.subjectId)
    throw badInput('code', { zh: '不是该信息主体的代码', en: 'is not the code of this subject' });
  return { correction, bornOn: parsed.codeKind === 'CITIZEN_ID' ? birthDate(parsed.code) : null };
}

const gone = () => badInput('id', { zh: '该记录已不在档', en: 'the record is no longer on file' });

function refuse(amended: Amended): void {
  switch (amended.outcome) {
    case 'NOT_FOUND':
      throw gone();
    case 'OTHER_FACT':
      throw refusal('CONFLICT', {
        zh: '更正后将成为另一事实：请撤销后重新报送',
        en: 'that would be another fact: have the record revoked and the other submitted',
      });
    case 'NOT_COLLECTED':
      throw badInput('values', {
        zh: amended.reasons.map(({ zh }) => zh).join('；'),
        en: amended.reasons.map(({ en }) => en).join('; '),
      });
    default:
  }
}

/**
 * Whoever decides is told at once what the record's agency would refuse; nothing changes.
 * @throws BAD_USER_INPUT, CONFLICT
 */
export async function rehearse(
  remedy: Remedy,
  { subjectId, recordType, recordId }: CaseRow,
  { by, reason, correction, bornOn }: Remedied,
  { intake: { records } }: CaseParts,
): Promise<void> {
  if (remedy === 'WITHHOLD' || remedy === 'ARCHIVE') {
    const [facts] = await records.facts(recordType, subjectId, [recordId]);
    if (!facts || facts.revoked || facts.archived) throw gone();
    return;
  }
  const amended = await records.amend({
    recordType,
    subjectId,
    id: recordId,
    provider: null,
    by,
    reason,
    bornOn,
    correction,
    rehearsal: true,
  });
  refuse(amended);
  if (amended.outcome === 'UNCHANGED' && correction === null) throw gone();
  if (amended.outcome === 'UNCHANGED')
    throw badInput('values', { zh: '与在档信息相同', en: 'are what is on file already' });
}
