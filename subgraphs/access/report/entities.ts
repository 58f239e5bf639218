import { defineEntity, p } from '@mikro-orm/core';

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
    lookSeq: p.bigint('number').comment('Last row of public_look that is counted'),
  },
});
