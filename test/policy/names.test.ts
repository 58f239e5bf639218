import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { nameGrams, nameKey } from '../../policy/names.ts';

const names = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from('上海金山（）()【】[]〔〕 　·•・.．ＡａÅΣß公司有限𠮷ﬁ㈱')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

describe('nameKey', () => {
  test.each([
    ['上海（金山）科技有限公司', '上海(金山)科技有限公司'],
    ['上海【金山】科技有限公司', '上海〔金山〕科技有限公司'],
    ['ＡＢＣ　Trading Co.', 'abc trading co.'],
    ['阿卜杜拉·买买提', '阿卜杜拉•买买提'],
    ['阿卜杜拉・买买提', '阿卜杜拉．买买提'],
    ['上海 金山 公司\u200b', '上海金山公司'],
  ])('“%s” and “%s” are one name', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  test.each([
    ['上海金山有限公司', '上海金山有限责任公司'],
    ['張三', '张三'],
    ['上海1.5科技', '上海1·5科技'],
  ])('“%s” and “%s” are two', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(names, (name) => expect(nameKey(nameKey(name))).toBe(nameKey(name))),
      { numRuns: 2_000 },
    );
  });
});

describe('nameGrams', () => {
  test('distinct pairs in order; a single character is its own; nothing has none', () => {
    expect(nameGrams('上海上海')).toEqual(['上海', '海上']);
    expect(nameGrams('金')).toEqual(['金']);
    expect(nameGrams('')).toEqual([]);
    expect(nameGrams('𠮷野家')).toEqual(['𠮷野', '野家']);
  });

  test('a name that contains a text has all grams of the text', () => {
    fc.assert(
      fc.property(names, fc.nat(30), fc.integer({ min: 2, max: 10 }), (name, from, length) => {
        const characters = Array.from(nameKey(name));
        const part = characters.slice(from, from + length);
        fc.pre(part.length >= 2);
        expect(nameGrams(characters.join(''))).toEqual(expect.arrayContaining(nameGrams(part.join(''))));
      }),
    );
  });
});
