import { defineEntity, p } from '@mikro-orm/core';
import { FAMOUS_UNITS } from './counting.ts';

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

/** 被查询统计: which units looked at a subject on a day. */
export const ReviewSubjectEntity = defineEntity({
  name: 'ReviewSubject',
  tableName: 'review_subject',
  comment: '日志审查统计: units that looked at a subject, by day [SH-31]',
  indexes: [
    {
      name: 'review_subject_famous',
      expression: `create index review_subject_famous on review_subject (day) where cardinality(units) >= ${FAMOUS_UNITS}`,
    },
  ],
  properties: {
    day: p.date().primary().comment('查询日期, Asia/Shanghai'),
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    units: p.array().columnType('text[]').comment('查询单位: 统一社会信用代码'),
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
  },
});
