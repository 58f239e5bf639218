import { type RecordContent, contentName, contentOfName } from '../../policy/contents.ts';
import { under } from '../../policy/gate/fact.ts';
import type { Pack } from '../../policy/packs/packs.ts';
import type { Fault } from './fault.ts';
import type { Items } from './items.ts';

/** Written consents (本人书面同意) on file. */
export interface ConsentFile {
  /** Which of these subjects have consented that the unit's information of this content is collected, valid on the day. */
  given(
    subjects: readonly string[],
    content: RecordContent,
    provider: string,
    day: string,
  ): Promise<ReadonlySet<string>>;
}

/** What a batch needs consent for. */
export interface NeedsConsent {
  /** Number of the catalogue item. */
  item: number;
  content: RecordContent;
  fault: Fault;
}

/** An item about natural persons that tells of what the pack binds to their consent; null where there is none. Source: ZD-17, SR-13. */
export function needsConsent({ persons }: Items, { consent }: Pack): NeedsConsent | null {
  const content = persons && consent && contentOfName(persons.name, true, consent.contents);
  if (!content) return null;
  const { zh, en } = contentName(content);
  const reason = under(
    consent,
    `未经本人书面同意，不得归集自然人的${zh}信息`,
    `information on the ${en} of natural persons is collected with their written consent alone`,
  );
  return { item: persons.id, content, fault: { column: null, rule: 'CONSENT_REQUIRED', reason } };
}
