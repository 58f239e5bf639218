import { money } from './decimal.ts';
import { NUMERAL_CHARACTERS, numeralValue } from './numeral.ts';

/** 罚款金额 and 没收金额 in 元, at least two decimals; null where the text does not state one beyond doubt. */
export interface StatedAmounts {
  fine: string | null;
  confiscated: string | null;
}

type Kind = keyof StatedAmounts;

const C = `[${NUMERAL_CHARACTERS}]`;
const NUMBER = new RegExp(
  `(?<sign>¥?)(?<number>${C}(?:[${NUMERAL_CHARACTERS}.,点]*${C})?)(?<unit>[元圆](?:${C}角)?(?:零?${C}分)?[整正]?)?`,
  'g',
);
const FINE_AFTER = /^(?:人民币)?的?(?:行政)?罚款(?:$|[,、)的和及并])/;
const CONFISCATED_AFTER = /^(?:人民币)?(?:予以|依法)*没收(?:$|[,、)的和及并])/;
const SAME_AGAIN = /^[、,和及与]$/;
const NOT_EXACT = /^(?:以上|以下|以内|左右|至|-|~)/;

/**
 * Reads the amounts of a penalty from the free text of 处罚结果 or 处罚内容, as first-edition files state them:
 * "1.没收广告费用142393.15元 2.罚款427179.45元", "罚款人民币肆万捌仟元", "处1万元罚款". Several of one kind are added up; an amount
 * given twice, in figures and in words, and a total after its parts count once. An amount is what 罚款 or 没收
 * (before it, or right after it) says it is; others (货值, 违法所得 as the base of a multiple) are left alone. If
 * an amount of a kind cannot be read with certainty ("5000元以上"), that kind is null: no wrong sum is stated.
 * Source: data standard of double publicity, first edition.
 */
export function amountsInText(text: string): StatedAmounts {
  const sums: Record<Kind, bigint | null | undefined> = { fine: undefined, confiscated: undefined };
  const clauses = text.normalize('NFKC').replace(/\n/g, ';').replace(/\s/g, '').split(/[;。]/);
  for (const { kind, value, isTotal } of clauses.flatMap((clause) => [...amountsOf(clause)])) {
    const sum = sums[kind];
    if (isTotal && sum !== undefined) continue;
    sums[kind] = value === null || sum === null ? null : (sum ?? 0n) + value;
  }
  return { fine: stated(sums.fine), confiscated: stated(sums.confiscated) };
}

interface Amount {
  kind: Kind;
  value: bigint | null;
  isTotal: boolean;
}

function* amountsOf(clause: string): Generator<Amount> {
  let end = 0;
  let previous: Kind | null = null;
  for (const match of clause.matchAll(NUMBER)) {
    const { sign = '', number = '', unit = '' } = match.groups ?? {};
    const after = clause.slice(match.index + match[0].length);
    if (!isMoney(sign, number, unit, after)) continue;
    const before = clause.slice(end, match.index);
    end = match.index + match[0].length;
    const kind: Kind | null =
      kindAfter(after) ?? kindBefore(before) ?? (SAME_AGAIN.test(before) ? previous : null);
    previous = kind;
    if (kind === null) continue;
    const exact = !NOT_EXACT.test(after) && !/\.\d{3,}$/.test(number);
    yield { kind, value: exact ? numeralValue(number + unit) : null, isTotal: /共计|合计|总计/.test(before) };
  }
}

function isMoney(sign: string, number: string, unit: string, after: string): boolean {
  if (sign !== '' || unit !== '') return true;
  return /[万亿]$/.test(number) && /^(?:$|[,、)]|人民币|的?罚款)/.test(after);
}

function kindAfter(after: string): Kind | null {
  if (FINE_AFTER.test(after)) return 'fine';
  return CONFISCATED_AFTER.test(after) ? 'confiscated' : null;
}

/** The nearest of the two words, unless what lies between makes the figure something else. */
function kindBefore(before: string): Kind | null {
  const [fine, confiscated] = [before.lastIndexOf('罚款'), before.lastIndexOf('没收')];
  if (fine < 0 && confiscated < 0) return null;
  if (fine >= 0 && confiscated >= 0 && /共计|合计|总计/.test(before)) return null;
  if (confiscated > fine) return 'confiscated';
  return /所得|货值|价值|倍/.test(before.slice(fine)) || /(?:免|不予).{0,2}罚款/.test(before) ? null : 'fine';
}

function stated(sum: bigint | null | undefined): string | null {
  return sum === null || sum === undefined ? null : money(sum);
}
