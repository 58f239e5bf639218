import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { documentNumberKey } from '../../policy/documentNumbers.ts';

test.each([
  '京工商海处字【2018】第1583号',
  '京工商海处字[2018]第1583号',
  '京工商海处字(2018)1583号',
  '京工商海处字（2018）第 1583 号',
  '京工商海处字〔2018〕第01583号',
  '京工商海处字﹝２０１８﹞１５８３',
])('[NT-16] “%s” is one decision', (raw) => {
  expect(documentNumberKey(raw)).toBe(documentNumberKey('京工商海处字〔2018〕第1583号'));
});

test.each([
  '京工商海处字〔2018〕第158号',
  '京工商海处字〔2018〕第15830号',
  '京工商海处字〔2019〕第1583号',
  '京工商海处字〔2018〕第1583-1号',
  '京工商海不予处字〔2018〕第1583号',
  '京工商海处字2018年第1583号',
])('“%s” is another', (raw) => {
  expect(documentNumberKey(raw)).not.toBe(documentNumberKey('京工商海处字〔2018〕第1583号'));
});

test('a unit in brackets before the year is kept', () => {
  expect(documentNumberKey('（京）文执罚〔2021〕第400154号')).toBe(
    documentNumberKey('(京)文执罚[2021]400154号'),
  );
  expect(documentNumberKey('（京）文执罚〔2021〕第1号')).not.toBe(
    documentNumberKey('（沪）文执罚〔2021〕第1号'),
  );
});

test('free text stays what it is', () => {
  expect(documentNumberKey('未经备案网站提供 互联网接入服务')).toBe('未经备案网站提供互联网接入服务');
  expect(documentNumberKey('第12号')).toBe('第12号');
});

test('is idempotent', () => {
  const units = fc.constantFrom(...Array.from('沪金〔〕【】[]()（）2018第0号 字-Aａῒ'));
  fc.assert(
    fc.property(fc.string({ unit: units, maxLength: 30 }), (raw) => {
      expect(documentNumberKey(documentNumberKey(raw))).toBe(documentNumberKey(raw));
    }),
    { numRuns: 1_000 },
  );
});
