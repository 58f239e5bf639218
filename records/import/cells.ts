import { parseDate } from '../../policy/dates.ts';
import type { Message } from '../../policy/message.ts';
import { parseAmount, wanToYuan } from '../../policy/money.ts';
import { GRADES, GRADES_ZH } from '../../policy/terms.ts';
import type { OwnValue } from '../recordInput.ts';
import { quoted } from './fault.ts';
import type { RejectRule } from './rules.ts';

/** A cell that cannot be taken. */
export class CellFault {
  readonly rule: RejectRule;
  readonly reason: Message;
  constructor(rule: RejectRule, reason: Message) {
    this.rule = rule;
    this.reason = reason;
  }
}

/**
 * How the text of a cell becomes a value. `read` sees trimmed text that is not blank; `today` is
 * 'YYYY-MM-DD'. `repeats`: the same few texts come again and again, so that the answers are worth
 * remembering.
 */
export interface CellKind {
  /** For people: what the cell may hold. */
  shape: Message;
  repeats: boolean;
  read(text: string, today: string): OwnValue | CellFault;
}

/** Text of at most so many characters. */
export function text(max: number): CellKind {
  return {
    shape: { zh: `文本，至多 ${max} 字`, en: `text, at most ${max} characters` },
    repeats: false,
    read: (value) => (value.length <= max ? value : checkLength(value, max)),
  };
}

function checkLength(value: string, max: number): string | CellFault {
  const { length } = Array.from(value);
  if (length <= max) return value;
  return new CellFault('TEXT_TOO_LONG', {
    zh: `“${quoted(value)}”有 ${length} 字，至多 ${max} 字`,
    en: `"${quoted(value)}" has ${length} characters, at most ${max}`,
  });
}

/** A reason that quotes the value, with the value as it may be shown. */
function shown({ zh, en }: Message, value: string): Message {
  const short = quoted(value);
  return { zh: zh.replaceAll(value, short), en: en.replaceAll(value, short) };
}

function readDate(value: string): string | null | CellFault {
  const parsed = parseDate(value);
  return parsed.ok ? parsed.date : new CellFault('DATE_INVALID', shown(parsed.reason, value));
}

/** The day of something that has happened: not after today, and never long-term. */
export const pastDate: CellKind = {
  shape: { zh: '日期，不晚于今天', en: 'date, not after today' },
  repeats: true,
  read(value, today) {
    const date = readDate(value);
    if (date === null) {
      return new CellFault('DATE_INVALID', {
        zh: `“${quoted(value)}”表示长期，此处应为具体日期`,
        en: `"${quoted(value)}" means long-term; a day is needed here`,
      });
    }
    if (date instanceof CellFault || date <= today) return date;
    return new CellFault('DATE_IN_FUTURE', {
      zh: `${date} 在今天（${today}）之后`,
      en: `${date} is after today (${today})`,
    });
  },
};

/** The day until which something holds; 2099/12/31 and 长期 are long-term, null. */
export const untilDate: CellKind = {
  shape: { zh: '日期，2099/12/31 表示长期', en: 'date; 2099/12/31 is long-term' },
  repeats: true,
  read: readDate,
};

/** Figures in 万元 (yuan × 10,000), kept in 元. */
export const wanAmount: CellKind = {
  shape: { zh: '金额（万元），至多六位小数', en: 'amount in 万元, at most six decimals' },
  repeats: true,
  read(value) {
    const parsed = parseAmount(value);
    return parsed.ok
      ? wanToYuan(parsed.amount)
      : new CellFault('AMOUNT_INVALID', shown(parsed.reason, value));
  },
};

/** 失信程度: 轻微, 一般 or 严重. */
export const grade: CellKind = {
  shape: { zh: '轻微、一般或严重', en: '轻微 (minor), 一般 (general) or 严重 (severe)' },
  repeats: true,
  read(value) {
    const found = GRADES.find(
      (g) => GRADES_ZH[g] === value.replace(/失信$|程度$/, '') || g === value.toUpperCase(),
    );
    return (
      found ??
      new CellFault('VALUE_NOT_LISTED', {
        zh: `失信程度“${quoted(value)}”应为轻微、一般或严重`,
        en: `the degree "${quoted(value)}" is none of 轻微, 一般, 严重`,
      })
    );
  },
};

/** A calendar year of four digits, up to this one. */
export const year: CellKind = {
  shape: { zh: '年度，四位数字', en: 'year, four digits' },
  repeats: true,
  read(value, today) {
    const digits = /^((?:19|20)\d{2})年?度?$/.exec(value.normalize('NFKC'))?.[1];
    if (digits === undefined) {
      return new CellFault('VALUE_NOT_LISTED', {
        zh: `“${quoted(value)}”不是四位数字的年度`,
        en: `"${quoted(value)}" is not a year of four digits`,
      });
    }
    if (digits <= today.slice(0, 4)) return Number(digits);
    return new CellFault('DATE_IN_FUTURE', {
      zh: `${digits} 年度尚未开始`,
      en: `the year ${digits} has not begun`,
    });
  },
};

/** Figures in 元, or a plain number. */
export const amount: CellKind = {
  shape: { zh: '数字，金额以元计', en: 'number; amounts in 元' },
  repeats: true,
  read(value) {
    const parsed = parseAmount(value);
    return parsed.ok ? parsed.amount : new CellFault('AMOUNT_INVALID', shown(parsed.reason, value));
  },
};

/** One of a closed list, by its official term or its name. */
export function choice(values: readonly { value: string; term: string }[]): CellKind {
  const terms = values.map(({ term }) => term);
  return {
    shape: { zh: terms.join('、'), en: `one of ${terms.join(', ')}` },
    repeats: true,
    read: (written) =>
      values.find(({ value, term }) => term === written || value === written.toUpperCase())?.value ??
      new CellFault('VALUE_NOT_LISTED', {
        zh: `“${quoted(written)}”应为${terms.join('、')}之一`,
        en: `"${quoted(written)}" is none of ${terms.join(', ')}`,
      }),
  };
}

const PATTERNS = {
  whole: { accepts: /^-?\d{1,9}$/, zh: '整数', en: 'whole number' },
  id: { accepts: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, zh: '记录编号', en: 'id of a record' },
  yesNo: { accepts: /^[是否]$/, zh: '是或否', en: '是 (yes) or 否 (no)' },
} as const;

const pattern = (kind: keyof typeof PATTERNS, value: (text: string) => OwnValue): CellKind => {
  const { accepts, zh, en } = PATTERNS[kind];
  return {
    shape: { zh, en },
    repeats: true,
    read: (text) =>
      accepts.test(text)
        ? value(text)
        : new CellFault('VALUE_NOT_LISTED', {
            zh: `“${quoted(text)}”应为${zh}`,
            en: `"${quoted(text)}" must be: ${en}`,
          }),
  };
};

export const wholeNumber = pattern('whole', Number);
export const recordReference = pattern('id', (text) => text.toLowerCase());
export const yesNo = pattern('yesNo', (text) => text === '是');
