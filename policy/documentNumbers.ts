import { plainBrackets, withoutBlanks } from './plainText.ts';

const BEFORE_SERIAL = /(\(\d{4}\))第?0*(?=\d)/g;

/**
 * The key under which document numbers (文号) of decisions are compared. Source: data standard of double
 * publicity (双公示).
 *
 * One decision: 〔2018〕, 【2018】, [2018], (2018) and （2018）; with and without 第 before and 号 after the serial
 * number; 第00018号 and 18号; any spacing, width and case.
 * Not unified: the issuing unit's word (京工商海处字 and 京工商海处), 2018年第18号 without brackets, two-digit years,
 * Chinese numerals, sub-numbers (18-1号 is not 18号).
 * Free text (some units write the offence here) is kept in the same plain form, so that equal text has an
 * equal key.
 */
export function documentNumberKey(raw: string): string {
  return withoutBlanks(plainBrackets(raw.normalize('NFKC').toUpperCase()))
    .normalize('NFKC')
    .replace(BEFORE_SERIAL, '$1')
    .replace(/(?<=\(\d{4}\).*\d)号$/, '');
}
