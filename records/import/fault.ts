import type { Message } from '../../policy/message.ts';
import type { RejectRule } from './rules.ts';

/**
 * What is wrong with a row: the column by its Chinese name (null: the row as a whole), the rule, and the
 * reason with the value.
 */
export interface Fault {
  column: string | null;
  rule: RejectRule;
  reason: Message;
}

const SHOWN = 40;
/**
 * What may be an identity number, of 18 characters or the old 15, mistyped or not: region, date of birth,
 * sequence.
 */
const PERSONAL =
  /(?<![\dA-Za-z])[1-8]\d{5}(?:(?:1[89]|20)\d{6,}|\d\d(?:0[1-9]|1[0-2])[0-3]\d{4})[\dA-Za-z]*/g;
const BLANKS = /[\s\u200b-\u200d\u2060-]/g;

/** A text with what may be identity numbers masked; where there are some, without its blanks, which may part their digits, and without fullwidth forms. */
export function withoutIdentityNumbers(value: string): string {
  const compact = value.normalize('NFKC').replace(BLANKS, '');
  const masked = compact.replace(PERSONAL, maskedId);
  return masked === compact ? value : masked;
}

/**
 * A value as reasons quote it: cut short, and without identity numbers, since more people read reasons than
 * rows.
 */
export function quoted(value: string): string {
  const characters = Array.from(withoutIdentityNumbers(value));
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : characters.join('');
}

/** A personal identity number as reasons quote it, valid or not. */
export function maskedId(value: string): string {
  const characters = Array.from(value);
  if (characters.length <= 8) return '*'.repeat(characters.length);
  return `${characters.slice(0, 6).join('')}**********${characters.slice(-2).join('')}`;
}

export const fault = (rule: RejectRule, column: string | null, zh: string, en: string): Fault => ({
  column,
  rule,
  reason: { zh, en },
});
