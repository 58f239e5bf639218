import type { Message } from './message.ts';
import { millionths, money, plain, WAN, withoutSeparators } from './money/decimal.ts';

export { parseCapital } from './money/capital.ts';
export { chineseNumeral } from './money/numeral.ts';
export { amountsInText, type StatedAmounts } from './money/text.ts';

/**
 * Money is a decimal number as text, in 元 unless said otherwise; six decimals are kept, and nothing is ever
 * rounded.
 */

export type ParsedAmount = { ok: true; amount: string } | { ok: false; reason: Message };

/**
 * Reads a cell of figures in whatever unit its column has (元 or 万元): digits of any width, thousands
 * separators where they stand right, up to six decimals. `amount` is the plain number ('1,080.50' →
 * '1080.5').
 * Refused with the reason: signs, units, exponents, more than six decimals or 16 digits before the point.
 */
export function parseAmount(raw: string): ParsedAmount {
  const value = millionths(withoutSeparators(raw.normalize('NFKC').trim()));
  if (value === null) {
    return {
      ok: false,
      reason: {
        zh: `“${raw}”不是金额，应为不带单位的数字，至多六位小数`,
        en: `"${raw}" is not an amount: digits without a unit, at most six decimals`,
      },
    };
  }
  return { ok: true, amount: plain(value, 0) };
}

/**
 * 万元 to 元, exactly, at least two decimals: '0.2' is '2000.00'. Throws RangeError on what `parseAmount` would
 * not accept without separators.
 */
export function wanToYuan(wan: string): string {
  const value = millionths(wan);
  if (value === null) throw new RangeError(`not a decimal number: ${wan}`);
  return money(value * WAN);
}
