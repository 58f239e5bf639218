import { defineEntity, p } from '@mikro-orm/core';

export const DeletionRequestEntity = defineEntity({
  name: 'DeletionRequest',
  tableName: 'deletion_request',
  comment: '信息主体要求删除表彰奖励、志愿服务、慈善捐赠信息 [SH-27b, ZD-35b]',
  indexes: [
    {
      name: 'deletion_request_once',
      expression: 'create unique index deletion_request_once on deletion_request (record_id, subject_id)',
    },
    { name: 'deletion_request_due', properties: ['dueOn', 'ordinal'] },
    { name: 'deletion_request_subject', properties: ['subjectId', 'dueOn', 'ordinal'] },
  ],
  properties: {
    id: p.uuid().primary().comment('要求编号'),
    ordinal: p.bigint('string').autoincrement().comment('Order of filing'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recordType: p.text().comment('GraphQL type of the record'),
    recordId: p.uuid().comment('Id of the record'),
    itemId: p.integer().comment('目录事项 of the record: its number'),
    aboutPersons: p.boolean().comment('Whether the record is about a natural person'),
    jurisdiction: p.string().length(6).comment('适用地区 of the record'),
    provider: p.string().length(18).comment('信息提供单位 of the record: 统一社会信用代码'),
    requestedBy: p.string().length(8).comment('SUBJECT 本人, CENTER 工作机构代为登记'),
    requestedOn: p.date().comment('收到日期'),
    reason: p.text().nullable().comment('理由; identity numbers are masked'),
    dueOn: p.date().comment('删除到期日: last day on which anyone sees the record'),
    provisional: p
      .boolean()
      .default(false)
      .comment('Whether the due date counts days of a year not arranged yet'),
    informed: p.string().length(8).comment('被告知方: PROVIDER 信息提供单位, SUBJECT 信息主体'),
    source: p.string().length(16).comment('条款编号 of the rule, such as SH-27b'),
    article: p.text().comment('条款 of the rule'),
    executedOn: p.date().nullable().comment('删除日期; null: not yet executed'),
    executedBy: p.string().length(18).nullable().comment('办理单位: 统一社会信用代码'),
  },
});
