/** Of GB 32100: no I, O, S, V or Z, which are misread; 31 of them, a prime, so that the check notices every change of one and every swap of neighbours. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 16;

const checkOf = (first: string): string => {
  let sum = 0;
  for (const character of first) sum = (sum * 3 + ALPHABET.indexOf(character)) % 31;
  return ALPHABET.charAt((31 - ((sum * 3) % 31)) % 31);
};

const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1-');

/**
 * 报告编号: 15 random characters, 74 bits, and a check character, in groups of four.
 * @param random a whole number from 0 to below its argument, by chance
 */
export function reportNumber(random: (below: number) => number): string {
  const first = Array.from({ length: LENGTH - 1 }, () => ALPHABET.charAt(random(ALPHABET.length))).join('');
  return grouped(first + checkOf(first));
}

/** A number as it was typed, in any case and grouping, as it is written; null: it is none. */
export function readReportNumber(typed: string): string | null {
  const text = typed.toUpperCase().replace(/[\s-]/g, '');
  if (text.length !== LENGTH || [...text].some((c) => !ALPHABET.includes(c))) return null;
  return checkOf(text.slice(0, -1)) === text.slice(-1) ? grouped(text) : null;
}
