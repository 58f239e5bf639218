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
  MINOR: {
    zh: '未达归集年龄',
    en: 'the person was under the age from which information is collected [SH-10]',
  },
  SUMMARY_PROCEDURE: {
    zh: '适用简易程序的处罚不予归集',
    en: 'a penalty under the summary procedure is not collected [SH-12]',
  },
  DEGREE_MISSING: { zh: '未标明失信程度', en: 'dishonest conduct without its degree [NT-15]' },
  UTILITY_ARREARS_EARLY: {
    zh: '公用事业欠费未逾期限',
    en: 'arrears of utilities that are not old enough [SH-13]',
  },
  NOT_PROPERTY_DISPUTE: {
    zh: '民商事判决不涉及财产纠纷',
    en: 'a civil judgment outside disputes over property [SH-13]',
  },
  PROHIBITED_CONTENT: {
    zh: '含有禁止归集的信息',
    en: 'it carries what must not be collected [SH-14]',
  },
  CONSENT_REQUIRED: {
    zh: '须经本人书面同意',
    en: 'only with the written consent of the person, which is not on file [ZD-17]',
  },
  NO_GROUND: { zh: '列入名单没有认定依据', en: 'an entry of a list without its ground [SH-24]' },
  BLACKLISTED: {
    zh: '在严重失信名单上的，不得列入红名单',
    en: 'who is on a list of the severely dishonest cannot be on a red list [PD-10]',
  },
  RECORD_DIFFERS: { zh: '同一文书已归集且内容不同', en: 'the same document is on file with other content' },
  REVOKED: {
    zh: '该信息已被撤销，不再归集',
    en: 'the same fact was revoked: it is not collected again [SR-32b]',
  },
} as const satisfies Record<string, Message>;

export type RejectRule = keyof typeof REJECT_RULES;
