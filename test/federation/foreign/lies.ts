import { chance } from './chance.ts';

const LIES: readonly unknown[] = [null, 'NO_SUCH', 7.5, {}, [], true, undefined];

interface Response {
  data?: Record<string, unknown> | null;
  errors?: readonly object[];
}

/** What a subgraph answers that does not keep to its schema: here and there a value of another kind, or none, and errors of any form. */
export function lie(response: Response, rate: number, ...words: unknown[]): Response {
  const roll = chance('answer', ...words) % 1000;
  if (roll < rate) throw new Error(`no answer ${roll}`);
  if (roll < 2 * rate) return { data: null, errors: [{ message: '' }] };
  if (roll < 3 * rate)
    return { ...response, errors: [{ message: 'of no place', extensions: { code: 'ODD' } }] };
  if (roll < 4 * rate) return { data: { ...response.data, _entities: [] } };
  return { ...response, data: bent(response.data, rate, words) as Response['data'] };
}

function bent(value: unknown, rate: number, words: unknown[]): unknown {
  const roll = chance('part', ...words) % 1000;
  if (roll < rate && words.length > 3) return LIES[roll % LIES.length];
  if (Array.isArray(value)) return value.map((item, i) => bent(item, rate, [...words, i]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, bent(item, rate, [...words, key])]),
  );
}
