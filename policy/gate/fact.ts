import type { Message } from '../message.ts';
import type { Pack } from '../packs/packs.ts';
import type { Grade } from '../terms.ts';

/** What the law of collection (归集) looks at in a record, before it is on file. Dates are 'YYYY-MM-DD'. */
export interface CollectedFact {
  /** Whether its catalogue item is negative (失信信息). */
  negative: boolean;
  /** Date of birth of a natural person; null for organizations. */
  bornOn: string | null;
  formedOn: string | null;
  determinedOn: string | null;
  endedOn: string | null;
  /** The degree that the provider stated. */
  grade: Grade | null;
  documentNumber: string | null;
  title: string | null;
  /** Columns of its own type, by GraphQL field name. */
  own: Readonly<Record<string, unknown>>;
}

/** Why the law does not let a record be collected. */
export interface NotCollected {
  rule: GateRule;
  /** Field at fault by its name; null: the record as a whole. */
  field: string | null;
  reason: Message;
}

export const GATE_RULES = [
  'MINOR',
  'SUMMARY_PROCEDURE',
  'DEGREE_MISSING',
  'UTILITY_ARREARS_EARLY',
  'NOT_PROPERTY_DISPUTE',
  'NO_GROUND',
] as const;
export type GateRule = (typeof GATE_RULES)[number];

/** A rule of a pack at work on records of one type; null where the pack has no such rule or the type is none of its business. */
export type Check = (fact: CollectedFact, today: string) => NotCollected | null;
export type CheckMaker = (recordType: string, pack: Pack) => Check | null;

/** The reason with the provision and its article. */
export function under(
  { source, article }: { source: string; article: string },
  zh: string,
  en: string,
): Message {
  return { zh: `${zh}（${source}，${article}）`, en: `${en} (${source}, ${article})` };
}
