import { millionths, ONE, plain } from './decimal.ts';

const DIGITS: Record<string, string> = Object.fromEntries(
  ['零〇○', '一壹弌', '二贰貳弍两兩', '三叁參参弎', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (forms, digit) => Array.from(forms, (form) => [form, String(digit)]),
  ),
);
const UNITS: Record<string, string> = {
  拾: '十',
  佰: '百',
  仟: '千',
  萬: '万',
  億: '亿',
  圆: '元',
  圓: '元',
  块: '元',
  点: '.',
};
const FACTORS: readonly (readonly [unit: string, factor: bigint])[] = [
  ['亿', 100_000_000n],
  ['万', 10_000n],
  ['千', 1_000n],
  ['百', 100n],
  ['十', 10n],
];

const CHINESE_DIGITS = Object.keys(DIGITS).join('');
const NUMBER_IN_DOUBT = new RegExp(
  `\\d[${CHINESE_DIGITS.replace('零', '')}]|[${CHINESE_DIGITS.replace('零', '')}]\\d`,
);

/**
 * Digits and units a numeral is written with, without separators; for use inside a character class of a
 * regular expression.
 */
export const NUMERAL_CHARACTERS = `\\d${CHINESE_DIGITS}拾十佰百仟千萬万億亿`;

/**
 * The value of a Chinese numeral, financial (肆万捌仟) or plain (四万八千), with or without 元, 角, 分 and 整 ('贰元伍角' is
 * '2.5'), or mixed with Arabic digits ('1.5万', '3万5千', '1,080'). A plain decimal number without superfluous
 * zeros.
 * Null for anything else, and for forms that people read in two ways: '三万五' (35,000 or 30,005), '一万二三'.
 */
export function chineseNumeral(text: string): string | null {
  const value = numeralValue(text);
  return value === null ? null : plain(value, 0);
}

/** As `chineseNumeral`, in millionths. */
export function numeralValue(text: string): bigint | null {
  const compact = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^人民币/, '')
    .replace(/[整正]$/, '');
  if (/[一二三四五六七八九]{2}/.test(compact) && /[十百千万亿]/.test(compact)) return null;
  if (NUMBER_IN_DOUBT.test(compact)) return null;
  const written = Array.from(
    compact.replace(/(?<=\d),(?=\d{3}(?!\d))/g, ''),
    (c) => DIGITS[c] ?? UNITS[c] ?? c,
  ).join('');
  const match = /^(?:([^元角分]+?)(?:元|$))?(?:0?(\d)角)?(?:0?(\d)分)?$/.exec(written);
  if (written === '' || !match) return null;
  const [, yuan = '0', jiao = '0', fen = '0'] = match;
  const whole = integer(yuan);
  return whole === null ? null : whole + (BigInt(jiao) * ONE) / 10n + (BigInt(fen) * ONE) / 100n;
}

/**
 * Splits at the greatest unit: what stands before it counts so many of it, what stands after it is less than
 * one of it.
 */
function integer(text: string): bigint | null {
  for (const [unit, factor] of FACTORS) {
    const at = text.lastIndexOf(unit);
    if (at < 0) continue;
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    const count = before === '' && unit === '十' ? ONE : integer(before);
    const rest = after === '' ? 0n : remainder(after, factor);
    if (count === null || rest === null) return null;
    if (factor <= 1_000n && (count < ONE || count >= 10n * ONE)) return null;
    if (rest > 0n && count % ONE !== 0n) return null;
    return count * factor + rest;
  }
  return millionths(text);
}

function remainder(text: string, factor: bigint): bigint | null {
  if (/^[1-9]$/.test(text) && factor > 10n) return null;
  const value = integer(text);
  return value !== null && value < factor * ONE ? value : null;
}
