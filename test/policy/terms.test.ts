import { expect, test } from '@jest/globals';
import * as terms from '../../policy/terms.ts';

test.each([
  ['SUBJECT_KINDS', terms.SUBJECT_KINDS, terms.SUBJECT_KINDS_ZH, 3],
  ['DISCLOSURE_TIERS', terms.DISCLOSURE_TIERS, terms.DISCLOSURE_TIERS_ZH, 3],
  ['RECORD_CLASSES [SP-eight]', terms.RECORD_CLASSES, terms.RECORD_CLASSES_ZH, 8],
  ['GRADES', terms.GRADES, terms.GRADES_ZH, 3],
  ['PURPOSE_KINDS', terms.PURPOSE_KINDS, terms.PURPOSE_KINDS_ZH, 8],
  ['ROLES', terms.ROLES, terms.ROLES_ZH, 6],
])('%s: each value has its own official term', (_name, values, chinese, count) => {
  expect(Object.keys(chinese)).toEqual([...values]);
  expect(new Set(Object.values(chinese)).size).toBe(count);
});
