import { defineEntity, p } from '@mikro-orm/core';

export const RepairApplicationEntity = defineEntity({
  name: 'RepairApplication',
  tableName: 'repair_application',
  comment: '信用修复申请 [NT-34, NT-35, ZD-34, SR-32, JS-24]',
  indexes: [
    {
      name: 'repair_application_open',
      expression:
        "create unique index repair_application_open on repair_application (record_id, subject_id) where state in ('APPLIED', 'NOTICE', 'CONFIRMING')",
    },
    { name: 'repair_application_queue', properties: ['queuedOn', 'ordinal'] },
    { name: 'repair_application_provider', properties: ['provider', 'queuedOn', 'ordinal'] },
    { name: 'repair_application_subject', properties: ['subjectId', 'queuedOn', 'ordinal'] },
    {
      name: 'repair_application_notice',
      expression:
        "create index repair_application_notice on repair_application (notice_until, ordinal) where state = 'NOTICE'",
    },
  ],
  properties: {
    id: p.uuid().primary().comment('申请编号'),
    ordinal: p.bigint('string').autoincrement().comment('Order of filing'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recordType: p.text().comment('GraphQL type of the record'),
    recordId: p.uuid().comment('Id of the record'),
    itemId: p.integer().comment('目录事项 of the record: its number'),
    aboutPersons: p.boolean().comment('Whether the record is about a natural person'),
    jurisdiction: p.string().length(6).comment('适用地区 of the record'),
    provider: p.string().length(18).comment('信息提供单位 of the record: 统一社会信用代码'),
    appliedBy: p.string().length(8).comment('SUBJECT 本人, CENTER 工作机构代为登记'),
    windowUnit: p
      .string()
      .length(18)
      .nullable()
      .comment('受理窗口所属单位: 统一社会信用代码; null: its subject filed it'),
    appliedOn: p.date().comment('申请日期, whose rules hold for all of it'),
    source: p.string().length(16).comment('条款编号 of the rule, such as NT-34'),
    article: p.text().comment('条款 of the rule'),
    effect: p.string().length(20).comment('ORIGINAL_ARCHIVED 原信息转档, REMOVED_FROM_QUERY 从查询界面删除'),
    noticeDays: p.integer().nullable().comment('公示期, 工作日; null: none'),
    rectifiedOn: p.date().comment('纠正之日'),
    rectification: p.text().comment('纠正情况; identity numbers are masked'),
    commitment: p.text().nullable().comment('不再失信的承诺; identity numbers are masked'),
    evidence: p
      .json<object>()
      .comment('证明材料: files by SHA-256 and name, or records of the subject that are on file [JS-23]'),
    state: p
      .string()
      .length(12)
      .comment(
        'APPLIED 待出具意见, NOTICE 公示, CONFIRMING 待采用, REPAIRED 已修复, REFUSED 不予修复, WITHDRAWN 已撤回',
      ),
    queuedOn: p.date().comment('Place in the queue: 公示截止日, or the day since when it waits for its turn'),
    opinion: p.text().nullable().comment('提供单位的书面修复意见或证明; identity numbers are masked'),
    documentDigest: p.string().length(64).nullable().comment('书面意见、确认或证明的 SHA-256'),
    opinionOn: p.date().nullable().comment('出具意见日期'),
    noticeUntil: p.date().nullable().comment('公示截止日: last day; null: no notice'),
    provisional: p
      .boolean()
      .default(false)
      .comment('Whether the last day of the notice counts days of a year not arranged yet'),
    openObjections: p.integer().default(0).comment('尚未核实的公示异议数'),
    reason: p.text().nullable().comment('不予修复的理由; identity numbers are masked'),
    closedOn: p.date().nullable().comment('办结日期; null while it is open'),
    closedBy: p
      .string()
      .length(18)
      .nullable()
      .comment('办结单位: 统一社会信用代码; null: the subject itself'),
  },
});

export const RepairObjectionEntity = defineEntity({
  name: 'RepairObjection',
  tableName: 'repair_objection',
  comment: '对信用修复公示的异议 [NT-35]',
  indexes: [
    {
      name: 'repair_objection_once',
      expression:
        'create unique index repair_objection_once on repair_objection (repair_id, coalesce(by_unit, by_subject::text))',
    },
  ],
  properties: {
    id: p.uuid().primary().comment('异议编号'),
    ordinal: p.bigint('string').autoincrement().comment('Order of filing'),
    repairId: p.uuid().comment('申请编号'),
    byUnit: p.string().length(18).nullable().comment('提出异议的单位: 统一社会信用代码; null: a subject'),
    bySubject: p.uuid().nullable().comment('提出异议的主体: pseudonymous id; null: a unit'),
    grounds: p.text().comment('异议理由; identity numbers are masked'),
    evidence: p.array().comment('证明材料: SHA-256 of each file'),
    filedOn: p.date().comment('提出日期'),
    state: p.string().length(12).comment('OPEN 待核实, UPHELD 成立, DISMISSED 不成立'),
    opinion: p.text().nullable().comment('核实意见; identity numbers are masked'),
    decidedOn: p.date().nullable().comment('核实日期'),
    decidedBy: p.string().length(18).nullable().comment('核实单位: 统一社会信用代码'),
  },
});
