import { isDate } from '../dates.ts';
import type { Message } from '../message.ts';
import { inProvince } from './provinces.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/**
 * 公民身份号码, GB 11643-1999: region 6, date of birth 8, sequence 3, check character 1 (a digit or X). The same 18
 * characters are used on residence permits of Hong Kong, Macao and Taiwan residents (regions 81, 82, 83) and
 * on permanent residence cards of foreigners (9, then the province). The check notices every change of one
 * character.
 *
 * Null if it is one, else why not. `today` bounds the date of birth.
 */
export function citizenIdFault(code: string, today: string): Message | null {
  if (!/^\d{17}[\dX]$/.test(code)) {
    return { zh: '身份证号应为 17 位数字加 1 位数字或 X', en: 'a citizen id is 17 digits and a digit or X' };
  }
  if (!isRegion(code)) {
    return { zh: '身份证号中的地区码不存在', en: "the citizen id's region does not exist" };
  }
  if (!isDate(birthDate(code))) {
    return { zh: '身份证号中的出生日期不存在', en: "the citizen id's date of birth does not exist" };
  }
  if (birthDate(code) > today) {
    return { zh: '身份证号中的出生日期在今天之后', en: "the citizen id's date of birth is in the future" };
  }
  if (code !== citizenIdOf(code.slice(0, 17))) {
    return { zh: '身份证号校验码不符', en: "the citizen id's check character does not match" };
  }
  return null;
}

/**
 * Date of birth in a citizen id of 18 characters, 'YYYY-MM-DD'. Of a code that `parseCode` accepted it is a
 * real day.
 */
export function birthDate(citizenId: string): string {
  return `${citizenId.slice(6, 10)}-${citizenId.slice(10, 12)}-${citizenId.slice(12, 14)}`;
}

/** The whole id from its first 17 digits. Throws RangeError if they are not 17 digits. */
export function citizenIdOf(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError(`not the first 17 digits of a citizen id: ${first17}`);
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17.charAt(at)), 0);
  return first17 + CHECK_CHARACTERS.charAt(sum % 11);
}

function isRegion(code: string): boolean {
  return inProvince(code) || /^8[123]/.test(code) || (code.startsWith('9') && inProvince(code.slice(1)));
}
