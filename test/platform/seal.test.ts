import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createSealer } from '../../platform/crypto/seal.ts';

const OLD = { id: 1, key: Buffer.alloc(32, 1) };
const NEW = { id: 2, key: Buffer.alloc(32, 2) };
const CITIZEN = '11010519491231002X';
const ROW = 'registration.subject.code:1f0c9d5e';

test('what was sealed opens in its own place, and hides the text', () => {
  const sealer = createSealer([OLD]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
      expect(sealer.open(sealer.seal(plain, context), context)).toBe(plain);
    }),
  );
  expect(sealer.seal(CITIZEN, ROW).includes(CITIZEN)).toBe(false);
});

test('one value sealed twice does not look the same', () => {
  const sealer = createSealer([OLD]);
  expect(sealer.seal(CITIZEN, ROW).equals(sealer.seal(CITIZEN, ROW))).toBe(false);
});

test('it does not open in another place', () => {
  const sealer = createSealer([OLD]);
  const sealed = sealer.seal(CITIZEN, ROW);
  expect(() => sealer.open(sealed, 'registration.subject.code:another')).toThrow();
});

test('it does not open after a change of any one bit', () => {
  const sealer = createSealer([OLD, NEW]);
  const sealed = sealer.seal(CITIZEN, ROW);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => sealer.open(changed, ROW)).toThrow();
  }
  expect(() => sealer.open(sealed.subarray(0, 20), ROW)).toThrow(RangeError);
});

describe('rotation', () => {
  test('a new key in front seals, the old one still opens, and old rows can be told', () => {
    const before = createSealer([OLD]);
    const sealed = before.seal(CITIZEN, ROW);
    const after = createSealer([NEW, OLD]);
    expect(after.open(sealed, ROW)).toBe(CITIZEN);
    expect(after.keyIdOf(sealed)).toBe(1);
    expect(after.currentKeyId).toBe(2);

    const again = after.seal(after.open(sealed, ROW), ROW);
    expect(after.keyIdOf(again)).toBe(2);
    expect(createSealer([NEW]).open(again, ROW)).toBe(CITIZEN);
  });

  test('a key that was taken away is named', () => {
    const sealed = createSealer([OLD]).seal(CITIZEN, ROW);
    expect(() => createSealer([NEW]).open(sealed, ROW)).toThrow(/key 1/);
  });
});

test.each([
  ['no key', []],
  ['one id twice', [OLD, { id: 1, key: NEW.key }]],
  ['an id over 255', [{ id: 256, key: OLD.key }]],
  ['an id of 0', [{ id: 0, key: OLD.key }]],
  ['a short key', [{ id: 1, key: Buffer.alloc(16) }]],
])('%s is refused', (_, keys) => {
  expect(() => createSealer(keys)).toThrow(RangeError);
});
