import type { Message } from '../../policy/message.ts';

/**
 * Why a row is sent back (退回): the closed list of rules, as receipts and correction files name them. Every
 * row is accepted or rejected under one of these, with column and reason [ZD-19].
 */
export const REJECT_RULES = {
  BROKEN_QUOTE: { zh: '引号不成对', en: 'a quoted cell is not closed rightly' },
  CELL_COUNT: { zh: '列数与表头不符', en: 'the row has more or fewer cells than the header' },
  CHARACTERS_LOST: { zh: '含有无法辨认的字符', en: 'a character was lost on the way' },
  CELL_ERROR: { zh: '单元格为错误值', en: 'the cell holds a spreadsheet error' },
  REQUIRED_MISSING: { zh: '必填项为空', en: 'a required value is missing' },
  TEXT_TOO_LONG: { zh: '超出数据标准规定的长度', en: 'longer than the data standard allows' },
  DATE_INVALID: { zh: '日期无效', en: 'not a valid date' },
  DATE_IN_FUTURE: { zh: '日期在今天之后', en: 'the date lies in the future' },
  DATE_ORDER: { zh: '日期先后颠倒', en: 'two dates are in the wrong order' },
  DATE_BEFORE_BIRTH: { zh: '日期早于出生日期', en: 'the date is before the person was born' },
  AMOUNT_INVALID: { zh: '金额无效', en: 'not a valid amount' },
  VALUE_NOT_LISTED: { zh: '不在取值范围内', en: 'not one of the values allowed' },
  SUBJECT_NAME_MISSING: { zh: '缺少主体名称', en: 'the subject is not named' },
  SUBJECT_CODE_MISSING: {
    zh: '缺少主体代码，仅凭名称不予归集',
    en: 'no code: a name alone is not collected on [SH-5]',
  },
  SUBJECT_CODE_INVALID: { zh: '主体代码无效', en: 'the code of the subject is not valid [SH-5]' },
  SUBJECT_CLASS_DIFFERS: {
    zh: '主体类别与代码不符',
    en: 'class and code of the subject contradict each other [SH-2]',
  },
  SUBJECT_NAME_DIFFERS: { zh: '身份证号与姓名不符', en: 'the identity number is on file under another name' },
  ITEM_NOT_LISTED: {
    zh: '目录中没有该类主体的事项，不予归集',
    en: 'the catalogue has no item for such a subject: it is not collected [SR-9]',
  },
  RECORD_DIFFERS: { zh: '同一文书已归集且内容不同', en: 'the same document is on file with other content' },
} as const satisfies Record<string, Message>;

export type RejectRule = keyof typeof REJECT_RULES;
