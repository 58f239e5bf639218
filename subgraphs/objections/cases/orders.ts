import type { Consequence } from '../../../policy/objections/steps.ts';
import type { Correction } from '../../../records/recordInput.ts';
import type { OrderAction, OrderInput } from '../../../records/orders/order.ts';
import { recordKeepers } from '../../keepers.ts';
import type { CaseRow } from './rows.ts';

/** What goes with the remedy of an objection that is upheld. */
export interface Remedied {
  by: string | null;
  reason: string;
  /** With CORRECT. */
  correction: Correction | null;
  bornOn: string | null;
}

const markOf = ({ filedOn, filedBy }: CaseRow, stage: string): OrderAction => ({
  kind: 'MARK',
  dispute: {
    since: filedOn,
    by: filedBy,
    stage,
    note: stage === 'DISMISSED' ? '信息主体仍有异议 / the subject still disagrees' : null,
  },
});

function actionOf(
  row: CaseRow,
  consequence: Consequence,
  { by, reason, correction, bornOn }: Remedied,
  stillMarked: CaseRow | null,
): OrderAction {
  switch (consequence.kind) {
    case 'MARK':
      return markOf(row, consequence.stage);
    case 'UNMARK':
      return stillMarked ? markOf(stillMarked, stillMarked.stage) : { kind: 'UNMARK' };
    case 'REMEDY':
      if (consequence.remedy === 'ARCHIVE')
        return { kind: 'ARCHIVE', because: 'OBJECTION_UPHELD', by, reason };
      return consequence.remedy === 'CORRECT' && correction
        ? { kind: 'CORRECT', correction, bornOn, by, reason }
        : { kind: 'REVOKE', by, reason };
    default:
      return consequence;
  }
}

/**
 * What a step asks of the agency that keeps the record.
 * @param stillMarked another objection to the record whose mark stands: it takes the place of the one that goes
 */
export const ordersOf = (
  row: CaseRow,
  consequences: readonly Consequence[],
  remedied: Remedied,
  stillMarked: CaseRow | null,
): OrderInput[] =>
  consequences.map((consequence) => ({
    to: recordKeepers.get(row.recordType) as string,
    recordType: row.recordType,
    subjectId: row.subjectId,
    recordId: row.recordId,
    action: actionOf(row, consequence, remedied, stillMarked),
  }));
