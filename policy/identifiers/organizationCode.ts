const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * 组织机构代码, GB 11714-1997: eight digits or capital letters and a check character; printed with a dash
 * (13830295-X), kept here without. It is also characters 9 to 17 of a unified social credit code.
 *
 * Letters weigh 10 to 35 modulo 11, so a change between two characters that are 11, 22 or 33 apart (0 and B)
 * goes unnoticed.
 */
export function isOrganizationCode(code: string): boolean {
  return /^[0-9A-Z]{8}[0-9X]$/.test(code) && code[8] === organizationCheckCharacter(code.slice(0, 8));
}

/**
 * Check character of the first eight characters. Throws RangeError if they are not eight digits or capital
 * letters.
 */
export function organizationCheckCharacter(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8))
    throw new RangeError(`not the first 8 characters of an organization code: ${first8}`);
  const sum = WEIGHTS.reduce(
    (total, weight, at) => total + weight * Number.parseInt(first8.charAt(at), 36),
    0,
  );
  return '0123456789X0'.charAt(11 - (sum % 11));
}
