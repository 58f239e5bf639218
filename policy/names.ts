import { plainBrackets, withoutBlanks } from './plainText.ts';

const MIDDLE_DOTS = /[\u00b7\u0387\u2022\u2027\u2219\u22c5\u25cf\u30fb\u16eb]/g;
const FULL_STOP_AS_MIDDLE_DOT = /(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu;

/**
 * The key under which a name (名称, 姓名) is compared and searched. One and the same are: full and half width
 * (NFKC), upper and lower case, brackets of any kind, with and without spaces, any middle dot (and a full
 * stop between two Chinese characters, as in 买买提.艾力). Still different are: traditional and simplified
 * characters, 有限公司 and 有限责任公司, abbreviations. Idempotent: the key of a key is that key. A name of blanks
 * alone has the key ''.
 */
export function nameKey(name: string): string {
  const bare = withoutBlanks(plainBrackets(name.normalize('NFKC').toLowerCase()));
  return bare.normalize('NFKC').replace(MIDDLE_DOTS, '·').replace(FULL_STOP_AS_MIDDLE_DOT, '·');
}

/**
 * Distinct pairs of neighbouring characters of a `nameKey`, in order of first appearance; a key of one
 * character is its own and only gram, an empty key has none. A name contains a text only if it has all grams
 * of the text, so an index of grams finds the candidates of a substring search; the match itself is still to
 * be checked. Characters are code points, so that rare ones outside the basic plane (㐂, 𠮷) stay whole.
 */
export function nameGrams(key: string): string[] {
  const characters = Array.from(key);
  if (characters.length < 2) return characters;
  return [...new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`))];
}
