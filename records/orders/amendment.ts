import type { Amendment } from '../delivery.ts';
import type { Order } from './order.ts';

/** The correction or revocation that an order asks for; null where it asks for something else. */
export function amendmentOf({ recordType, subjectId, recordId, action }: Order): Amendment | null {
  const whose = { recordType, subjectId, id: recordId, provider: null };
  if (action.kind === 'CORRECT') {
    const { by, reason, bornOn, correction } = action;
    return { ...whose, by, reason, bornOn, correction };
  }
  if (action.kind === 'REVOKE') {
    const { by, reason } = action;
    return { ...whose, by, reason, bornOn: null, correction: null };
  }
  return null;
}
