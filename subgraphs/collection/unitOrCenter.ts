import type { Message } from '../../policy/message.ts';
import type { Packs } from '../../policy/packs/packs.ts';
import type { SubgraphContext } from '../../records/context.ts';
import type { Amendment } from '../../records/delivery.ts';
import { refusal } from '../../records/errors.ts';
import { jurisdictionsOf } from '../../records/place.ts';

/**
 * Whose records a caller may act on, and as whom: a unit on its own, the center on anyone's of its own jurisdiction and, if it is a city's, of
 * the city's districts; and, as everyone who looks at others' information, for a purpose [SH-26].
 * @param act what is done, for the refusal
 */
export function unitOrCenter(
  { grant: { caller, scope }, snapshot }: SubgraphContext,
  act: Message,
  packs: Packs,
  day: string,
): Pick<Amendment, 'provider' | 'jurisdictions' | 'by'> {
  if (caller.role === 'provider' && caller.unit !== null) return { provider: caller.unit, by: caller.unit };
  if (caller.role !== 'center') {
    throw refusal('FORBIDDEN', {
      zh: `仅限信息提供单位${act.zh}`,
      en: `for units that provide information, to ${act.en}`,
    });
  }
  if (scope.kind !== 'MATTER') {
    throw refusal('PURPOSE_REQUIRED', {
      zh: `工作机构人员${act.zh}须说明用途（extensions.purpose 或 Query-Purpose）`,
      en: `the staff of the center needs a purpose to ${act.en} (extensions.purpose or Query-Purpose)`,
    });
  }
  return {
    provider: null,
    jurisdictions: jurisdictionsOf(caller.unit, snapshot, packs, day),
    by: caller.unit,
  };
}

/** In the same words for an id that is unknown, another subject's, another unit's and revoked: nobody learns from trying what is on file. */
export const NO_SUCH_RECORD: Message = {
  zh: '本单位没有该主体的此项记录',
  en: 'this unit has no such record of this subject',
};
