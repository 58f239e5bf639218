const BLANKS = /[\s\u200b-\u200d\u2060]/g;
const OPENING = /[[{〔【〖〘〚《〈「『⟨⦗]/g;
const CLOSING = /[\]}〕】〗〙〛》〉」』⟩⦘]/g;

/**
 * Writes brackets of every kind and width as `(` and `)`: units type （ ）, 〔 〕, 【 】 and [ ] for one and the
 * same thing. Expects NFKC text, in which full-width and small forms are already half-width.
 */
export function plainBrackets(text: string): string {
  return text.replace(OPENING, '(').replace(CLOSING, ')');
}

/** Takes out blanks of every kind, the invisible ones that come with copied text included. */
export function withoutBlanks(text: string): string {
  return text.replace(BLANKS, '');
}
