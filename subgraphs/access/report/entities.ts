import { defineEntity, p } from '@mikro-orm/core';

const LOOK = {
  unit: p.text().primary().comment('查询单位: 统一社会信用代码'),
  role: p.text().primary().comment('角色'),
  channel: p.text().primary().comment('查询渠道'),
  matter: p.text().primary().comment('应用事项编码'),
  kind: p.text().primary().comment('应用事项类型, as of when it was counted'),
  batch: p.boolean().primary().comment('批量查询: of more than one subject'),
  outcome: p.text().primary().comment('ANSWERED, or the code of the refusal'),
  entries: p.bigint('number').comment('日志条数'),
  organizations: p.bigint('number').comment('查询法人和非法人组织次数: organizations that entries told of'),
  persons: p.bigint('number').comment('查询自然人次数: natural persons that entries told of'),
};

/**
 * 查询统计: the journal and the public's looks by day, kept by the application from what the journal says; what is not in it yet is counted from
 * the journal itself. Texts are empty where the entry has none.
 */
export const JournalDayEntity = defineEntity({
  name: 'JournalDay',
  tableName: 'journal_day',
  comment: '查询统计: entries of the journal by day and what reports count by [SP-stat]',
  properties: {
    day: p.date().primary().comment('查询日期, Asia/Shanghai'),
    ...LOOK,
  },
});

/** The same by month, so that a report of years need not sum up their days. */
export const JournalMonthEntity = defineEntity({
  name: 'JournalMonth',
  tableName: 'journal_month',
  comment: '查询统计: entries of the journal by month and what reports count by [SP-stat]',
  properties: {
    month: p.date().primary().comment('查询月份: its first day, Asia/Shanghai'),
    ...LOOK,
  },
});

const USE = {
  unit: p.text().primary().comment('查询单位: 统一社会信用代码'),
  provider: p.text().primary().comment('信息提供单位 of the items told of, as of when it was counted'),
  kind: p.text().primary().comment('应用事项类型, as of when it was counted'),
  organizations: p.bigint('number').comment('应用法人和非法人组织信息次数'),
  persons: p.bigint('number').comment('应用自然人信息次数'),
};

/** 信息应用统计: subjects that units were told of, by who provided what they were told, likewise kept. */
export const JournalUseDayEntity = defineEntity({
  name: 'JournalUseDay',
  tableName: 'journal_use_day',
  comment: '信息应用统计: uses of information by day and who provided it [SP-measures]',
  properties: { day: p.date().primary().comment('查询日期, Asia/Shanghai'), ...USE },
});

export const JournalUseMonthEntity = defineEntity({
  name: 'JournalUseMonth',
  tableName: 'journal_use_month',
  comment: '信息应用统计: uses of information by month and who provided it [SP-measures]',
  properties: { month: p.date().primary().comment('查询月份: its first day, Asia/Shanghai'), ...USE },
});

/** What is kept of a month holds while its revision is the same. */
export const JournalMonthCountedEntity = defineEntity({
  name: 'JournalMonthCounted',
  tableName: 'journal_month_counted',
  comment: '统计进度: months of the journal, and how often something was added to one',
  properties: {
    month: p.date().primary().comment('查询月份: its first day, Asia/Shanghai'),
    revision: p.bigint('number').comment('Grows with whatever is added'),
  },
});

/** So that a process that starts need not work out the months of years; as good as lost where revision or ground are others. */
export const JournalMonthFiguresEntity = defineEntity({
  name: 'JournalMonthFigures',
  tableName: 'journal_month_figures',
  comment:
    '月度统计结果: what months that are over come to, and what of it is told; derived, worked out anew where it is missing [SP-stat]',
  properties: {
    part: p.text().primary().comment('统计部分: table of the sums by month that it is of'),
    month: p.date().primary().comment('查询月份: its first day, Asia/Shanghai'),
    revision: p.bigint('number').comment('Of journal_month_counted: it holds for no other'),
    ground: p
      .text()
      .comment(
        'Digest of the rules and of the places of units that it was worked out by: it holds for no other',
      ),
    figures: p
      .text()
      .comment('法人和非法人组织、自然人次数 by table and row, as JSON; what is withheld is not in it'),
  },
});

/** How far the journal is counted; one row. */
export const JournalCountedEntity = defineEntity({
  name: 'JournalCounted',
  tableName: 'journal_counted',
  comment: '统计进度: up to which entries the journal is in journal_day',
  properties: {
    id: p.integer().primary().comment('Always 1'),
    seq: p.bigint('number').comment('Last entry of journal_entry that is counted'),
    useSeq: p.bigint('number').comment('Last entry of journal_entry that is counted in journal_use_day'),
    lookSeq: p.bigint('number').comment('Last row of public_look that is counted'),
  },
});
