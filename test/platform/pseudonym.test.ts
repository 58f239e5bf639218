import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createPseudonym } from '../../platform/crypto/pseudonym.ts';

const KEY = Buffer.alloc(32, 7);
const code = fc.stringMatching(/^[0-9A-Z]{18}$/);

test('the id is the first half of the HMAC, written as a uuid', () => {
  const id = createPseudonym(KEY)('91310000MA1FL1234X');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(id.replaceAll('-', '')).toBe(
    createHmac('sha256', KEY).update('91310000MA1FL1234X').digest('hex').slice(0, 32),
  );
});

test('one code has one id under one key, and another under another key', () => {
  const [pseudonym, same, other] = [
    createPseudonym(KEY),
    createPseudonym(Buffer.from(KEY)),
    createPseudonym(Buffer.alloc(32, 8)),
  ];
  fc.assert(
    fc.property(code, code, (a, b) => {
      expect(pseudonym(a)).toBe(same(a));
      expect(pseudonym(a)).not.toBe(other(a));
      expect(pseudonym(a) === pseudonym(b)).toBe(a === b);
    }),
  );
});

test('a short key is refused', () => {
  expect(() => createPseudonym(Buffer.alloc(31))).toThrow(RangeError);
});
