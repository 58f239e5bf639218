/**
 * 工商注册号, the 15-digit registration number of firms before the unified code (GS 15-2006): division 6, serial
 * 8, check digit 1 by ISO 7064 MOD 11,10. The check notices every change of one digit. Numbers of 13 digits
 * from before 2007 have no check digit and are not accepted.
 */
export function isRegistrationNumber(code: string): boolean {
  return /^\d{15}$/.test(code) && code === registrationNumberOf(code.slice(0, 14));
}

/** The whole number from its first 14 digits. Throws RangeError if they are not 14 digits. */
export function registrationNumberOf(first14: string): string {
  if (!/^\d{14}$/.test(first14))
    throw new RangeError(`not the first 14 digits of a registration number: ${first14}`);
  let product = 10;
  for (const digit of first14) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return `${first14}${(11 - product) % 10}`;
}

/**
 * Whether the serial is one for individual businesses (个体工商户), which begin with 6 to 9. Source: GS 15-2006,
 * 4.3.
 */
export function isIndividualBusiness(registrationNumber: string): boolean {
  return registrationNumber.charAt(6) >= '6';
}
