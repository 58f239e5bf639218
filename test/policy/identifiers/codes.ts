import * as fc from 'fast-check';
import { citizenIdOf, registrationNumberOf, usccOf } from '../../../policy/identifiers/code.ts';
import { citizenIdFault } from '../../../policy/identifiers/citizenId.ts';
import {
  isOrganizationCode,
  organizationCheckCharacter,
} from '../../../policy/identifiers/organizationCode.ts';
import { usccFault } from '../../../policy/identifiers/uscc.ts';

/** Arbitrary valid codes of the four kinds, made from nothing real. */

const USCC_ALPHABET = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
const DIGITS = Array.from('0123456789');
const LETTERS_TOO = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: length, maxLength: length });
const of = (alphabet: readonly string[], length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

const division = fc.constantFrom(
  '310116',
  '310115',
  '310112',
  '320600',
  '370303',
  '110105',
  '510000',
  '650000',
);

const birthday = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-03-01T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''));

export const organizationCode = of(LETTERS_TOO, 8)
  .filter((body) => !/^0+$/.test(body))
  .map((body) => body + organizationCheckCharacter(body));

/** With a letter inside, as most newer ones have: a code of digits alone may be read as a citizen id. */
export const uscc = fc
  .tuple(
    fc.constantFrom('11', '12', '31', '51', '91', '92', '93', 'A1', 'N1', 'Y1'),
    division,
    of(USCC_ALPHABET, 7),
  )
  .map(([category, place, body]) => usccOf(`${category}${place}M${body}0`));

export const citizenId = fc
  .tuple(division, birthday, digits(3))
  .map(([region, born, sequence]) => citizenIdOf(`${region}${born}${sequence}`));

export const registrationNumber = fc
  .tuple(division, digits(8))
  .map(([place, serial]) => registrationNumberOf(`${place}${serial}`));

export const KINDS = [
  { kind: 'USCC', codes: uscc, alphabet: USCC_ALPHABET, undetected: () => false },
  { kind: 'CITIZEN_ID', codes: citizenId, alphabet: [...DIGITS, 'X'], undetected: () => false },
  { kind: 'REGISTRATION_NUMBER', codes: registrationNumber, alphabet: DIGITS, undetected: () => false },
  {
    kind: 'ORGANIZATION_CODE',
    codes: organizationCode,
    alphabet: LETTERS_TOO,
    undetected: (a: string, b: string) => (Number.parseInt(a, 36) - Number.parseInt(b, 36)) % 11 === 0,
  },
];

export function samples(codes: fc.Arbitrary<string>, count: number): string[] {
  return fc.sample(codes, { numRuns: count, seed: 1 });
}

export function changed(code: string, at: number, character: string): string {
  return code.slice(0, at) + character + code.slice(at + 1);
}

/** A citizen id of that region and birthday that also passes as a unified code. */
export function passingBoth(region: string, born: string): string {
  const candidates = Array.from({ length: 1000 }, (_, at) =>
    citizenIdOf(`${region}${born}${String(at).padStart(3, '0')}`),
  );
  return first(candidates, (code) => usccFault(code) === null);
}

/** A unified code with a right organization code inside that also passes as a citizen id. */
export function firmPassingBoth(beginning: string): string {
  const bodies = Array.from(
    { length: 2000 },
    (_, at) => `0512${String(10 + (at % 20))}${String(Math.floor(at / 20)).padStart(2, '0')}`,
  );
  const candidates = bodies
    .map((body) => `${body}${organizationCheckCharacter(body)}`)
    .filter((code) => isOrganizationCode(code) && !code.endsWith('X'))
    .map((code) => usccOf(beginning + code));
  return first(candidates, (code) => citizenIdFault(code, '2026-03-01') === null);
}

function first(codes: readonly string[], fits: (code: string) => boolean): string {
  const found = codes.find(fits);
  if (found === undefined) throw new Error('no such code among the candidates');
  return found;
}
