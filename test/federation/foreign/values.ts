import fc from 'fast-check';
import type { Values } from '../generate/values.ts';

const ids = fc.constantFrom('b0', 'b1', 'b2', 'm0', 'm3', 'a1', 'a2', 'r1', 'zz');
const when = fc.constantFrom('2026-03-02T00:00:00Z', 'now');
const anything = fc.constantFrom<unknown>('text', 1, 2.5, true, [1, [null]], { a: { b: ['c'] } });

/** Arguments that find something. */
export const foreignValues: Values = (coordinate, type) => {
  if (type === 'ID') return ids;
  if (type === 'When') return when;
  if (type === 'Any') return anything;
  if (coordinate === 'Query.author(region:)') return fc.constantFrom('r0', 'r1');
  return undefined;
};
