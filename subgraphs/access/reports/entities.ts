import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../../platform/crypto/reseal.ts';

/** 信用报告. A row without its entry in the journal never left: it does not verify, is not read again, and is no free one. */
export const CreditReportEntity = defineEntity({
  name: 'CreditReport',
  tableName: 'credit_report',
  comment: '信用报告: what was given out, by number and digest [SR-29b, JS-19, JS-20]',
  indexes: [
    { name: 'credit_report_series', properties: ['series', 'seq'] },
    {
      name: 'credit_report_free',
      expression:
        'create index credit_report_free on credit_report (subject_id, free_year) where free_year is not null',
    },
    {
      name: 'credit_report_own',
      expression: 'create index credit_report_own on credit_report (subject_id, seq) where unit is null',
    },
    {
      name: 'credit_report_kept',
      expression:
        'create index credit_report_kept on credit_report (content_until) where content is not null',
    },
  ],
  properties: {
    number: p.text().primary().comment('报告编号'),
    seq: p.bigint('number').autoincrement().comment('Order of making'),
    digest: p.string().length(64).comment('SHA-256 of the report as canonical JSON, in hex'),
    kind: p.text().comment('报告种类: STANDARD, NO_VIOLATION, FINANCE'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    unit: p.text().nullable().comment('查询单位: 统一社会信用代码; null: the subject itself'),
    matter: p.text().nullable().comment('应用事项编码'),
    authorizationId: p.uuid().nullable().comment('授权编号 under which it was made'),
    agreedPurpose: p.text().nullable().comment('约定的查询用途'),
    series: p
      .string()
      .length(64)
      .comment('What a later report has in common with the one it supersedes, hashed'),
    madeOn: p.date().comment('出具日期'),
    madeAt: p.datetime().defaultRaw('now()').comment('出具时间'),
    entryId: p.uuid().comment('查询日志: the entry that tells of it'),
    freeYear: p.integer().nullable().comment('Calendar year of which it is a free one; null: not counted'),
    content: p.blob().nullable().comment('The report as canonical JSON, sealed; null: erased'),
    contentUntil: p.date().comment('Last day on which its content is given out again'),
  },
});

/** Sealed with its number: it does not open as another report's. */
export const SEALED_REPORTS: SealedColumn = {
  table: 'credit_report',
  key: ['number'],
  column: 'content',
  context: ([number]) => number as string,
  page: 50,
};
