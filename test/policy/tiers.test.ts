import { expect, test } from '@jest/globals';
import { DISCLOSURE_TIERS } from '../../policy/terms.ts';
import { tiersOf } from '../../policy/tiers.ts';

test('[SH-16] without a matter only public items are seen', () => {
  expect(tiersOf('PUBLIC')).toEqual(['PUBLIC']);
});

test('[JS-14] inside a matter shared items are seen too, authorized ones are not', () => {
  expect(tiersOf('MATTER')).toEqual(['PUBLIC', 'SHARED']);
});

test('[NT-19] the subject sees every tier', () => {
  expect(tiersOf('SELF')).toEqual([...DISCLOSURE_TIERS]);
});
