import { nameGrams, nameKey } from '../../policy/names.ts';

/**
 * Search by a part of name or code. The pairs of letters narrow by index (trigrams would need three letters, and Chinese words have two);
 * of a longer text the text itself decides.
 */

/** Name and code in the form in which text is compared. Keys have no blanks, so nothing matches across the two. */
export const searchKey = (name: string, code: string): string => `${nameKey(name)} ${nameKey(code)}`;

export const searchGrams = (name: string, code: string): string[] => [
  ...new Set([...nameGrams(nameKey(name)), ...nameGrams(nameKey(code))]),
];

/** SQL conditions for rows that contain the text, over `search_key` and `search_grams`; none for a text of blanks. */
export function searchConditions(text: string, value: (v: unknown) => string): string[] {
  const key = nameKey(text);
  if (key === '') return [];
  const contains = () => `position(${value(key)} in search_key) > 0`;
  const pairs = () => `search_grams @> ${value(nameGrams(key))}::text[]`;
  switch ([...key].length) {
    case 1:
      return [contains()];
    case 2:
      return [pairs()];
    default:
      return [pairs(), contains()];
  }
}
