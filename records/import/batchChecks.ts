import { contentName, contentOfName } from '../../policy/contents.ts';
import { isDate } from '../../policy/dates.ts';
import { under } from '../../policy/gate/fact.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import { badInput } from '../errors.ts';
import type { SecrecyReview } from './receipts.ts';

interface Attested {
  secrecyReview?: SecrecyReview | null;
  today: string;
}

const MAX_NAME = 100;

/**
 * The provider's attestation that it reviewed the batch for secrecy before sending it [ZD-18].
 * @throws BAD_USER_INPUT where the pack demands one and there is none, or it does not name who and when.
 */
export function attested({ secrecyReview = null, today }: Attested, pack: Pack): SecrecyReview | null {
  if (secrecyReview) {
    const { reviewedBy, reviewedOn } = secrecyReview;
    const name = reviewedBy.trim();
    if (name === '' || name.length > MAX_NAME)
      throw badInput('secrecyReview.reviewedBy', { zh: '应写明审查人', en: 'must name who reviewed' });
    if (!isDate(reviewedOn) || reviewedOn > today)
      throw badInput('secrecyReview.reviewedOn', {
        zh: '应为不晚于今天的日期',
        en: 'must be a day not after today',
      });
    return { reviewedBy: name, reviewedOn };
  }
  if (pack.secrecyReview) {
    throw badInput(
      'secrecyReview',
      under(
        pack.secrecyReview,
        '报送前应进行保密审查，请写明审查人和审查日期',
        'a batch is reviewed for secrecy before it is sent: say who reviewed it and when',
      ),
    );
  }
  return null;
}

/**
 * A column that no layout knows is not read, and harmless; but one that is meant for what must not be collected says that the file should not
 * have been made [SH-14].
 * @throws BAD_USER_INPUT
 */
export function refuseProhibited(unknownColumns: readonly string[], { prohibited }: Pack): void {
  for (const column of unknownColumns) {
    const content = contentOfName(column, true, prohibited.contents);
    if (!content) continue;
    const { zh, en } = contentName(content);
    throw badInput(
      column,
      under(
        prohibited,
        `禁止归集自然人的${zh}信息`,
        `information on the ${en} of natural persons may not be collected`,
      ),
    );
  }
}
