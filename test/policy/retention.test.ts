import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../policy/dates.ts';
import { type Pack, Packs } from '../../policy/packs/packs.ts';
import { type RetainedFact, visibleUntil } from '../../policy/retention.ts';
import { GRADES } from '../../policy/terms.ts';

function rules(code: string): Pack {
  const pack = new Packs().on(code, '2024-06-01');
  if (!pack) throw new Error(`no rules for ${code}`);
  return pack;
}

const fact = (over: Partial<RetainedFact>): RetainedFact => ({
  negative: true,
  grade: 'GENERAL',
  determinedOn: '2019-01-10',
  endedOn: '2019-03-01',
  ...over,
});

test('[SH-27] five years from the end of the conduct, the anniversary included', () => {
  expect(visibleUntil(fact({}), rules('310000'))).toBe('2024-03-01');
  expect(visibleUntil(fact({ endedOn: '2020-02-29' }), rules('310116'))).toBe('2025-02-28');
});

test('[ZD-35] five years from the end of the conduct in Zhangdian', () => {
  expect(visibleUntil(fact({}), rules('370303'))).toBe('2024-03-01');
});

test('[NT-30] one year from determination, three for severe conduct, whether or not it ended', () => {
  expect(visibleUntil(fact({}), rules('320600'))).toBe('2020-01-10');
  expect(visibleUntil(fact({ grade: 'MINOR' }), rules('320600'))).toBe('2020-01-10');
  expect(visibleUntil(fact({ grade: 'SEVERE', endedOn: null }), rules('320600'))).toBe('2022-01-10');
});

test('[NT-30] without a degree the general term', () => {
  expect(visibleUntil(fact({ grade: null }), rules('320600'))).toBe('2020-01-10');
});

test('[RET-open] conduct that has not ended has no term running in Shanghai and Zhangdian', () => {
  for (const code of ['310000', '310112', '310115', '310116', '370303']) {
    expect(visibleUntil(fact({ endedOn: null }), rules(code))).toBeNull();
  }
});

test('positive records have no term', () => {
  for (const code of ['310000', '320600', '370303']) {
    expect(visibleUntil(fact({ negative: false, grade: null }), rules(code))).toBeNull();
  }
});

describe('[SH-27] properties', () => {
  const days = fc.nat(20_000).map((days) => addDays('1990-01-01', days));
  const codes = fc.constantFrom('310000', '320600', '370303');

  test('a worse degree or a later day never shortens what is shown', () => {
    fc.assert(
      fc.property(codes, days, fc.nat(400), (code, day, later) => {
        const until = (grade: (typeof GRADES)[number], from: string) =>
          visibleUntil(fact({ grade, determinedOn: from, endedOn: from }), rules(code)) ?? '';
        const terms = GRADES.map((grade) => until(grade, day));
        expect([...terms].sort()).toEqual(terms);
        expect(until('GENERAL', addDays(day, later)) >= until('GENERAL', day)).toBe(true);
      }),
    );
  });
});
