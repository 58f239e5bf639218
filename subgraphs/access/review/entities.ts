import { defineEntity, p } from '@mikro-orm/core';

/** 审查统计: looks by day, officer and matter. What is not in it yet is counted from the journal itself. Texts are empty where an entry has none. */
export const ReviewDayEntity = defineEntity({
  name: 'ReviewDay',
  tableName: 'review_day',
  comment: '日志审查统计: looks of units by day, officer and matter [SH-31]',
  properties: {
    day: p.date().primary().comment('查询日期, Asia/Shanghai'),
    unit: p.text().primary().comment('查询单位: 统一社会信用代码'),
    officer: p.text().primary().comment('查询人员: subject of the token, else 姓名'),
    matter: p.text().primary().comment('应用事项编码'),
    firstSeq: p.bigint('number').comment('First entry of the journal that is counted here'),
    lastSeq: p.bigint('number').comment('Last entry'),
    subjects: p.bigint('number').comment('查询主体次数'),
    looks: p.bigint('number').comment('查询次数'),
    caseless: p.bigint('number').comment('未写案件编号的查询次数'),
    lastCaselessSeq: p.bigint('number').nullable().comment('Last entry without 案件编号'),
    outside: p.bigint('number').comment('非工作时间的查询次数: by the clock, whatever the day'),
    lastOutsideSeq: p.bigint('number').nullable().comment('Last entry outside working hours'),
  },
});

/** 受关注主体: subjects that unusually many units looked at on a day that is over. Of days that are not, the journal itself is asked. */
export const ReviewSubjectEntity = defineEntity({
  name: 'ReviewSubject',
  tableName: 'review_subject',
  comment: '日志审查统计: subjects that unusually many units looked at, by day [SH-31]',
  properties: {
    day: p.date().primary().comment('查询日期, Asia/Shanghai'),
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    units: p.integer().comment('查询单位数'),
    lastSeq: p.bigint('number').comment('Last entry of the journal that told of it'),
  },
});

/** How far the journal is counted for reviews; one row. */
export const ReviewCountedEntity = defineEntity({
  name: 'ReviewCounted',
  tableName: 'review_counted',
  comment: '审查统计进度: up to which entry the journal is in review_day and review_subject',
  properties: {
    id: p.integer().primary().comment('Always 1'),
    seq: p.bigint('number').comment('Last entry of journal_entry that is counted'),
    newest: p.date().nullable().comment('Newest day that is counted: days before it are in review_subject'),
  },
});
