import { defineEntity, p } from '@mikro-orm/core';

export const ObjectionCaseEntity = defineEntity({
  name: 'ObjectionCase',
  tableName: 'objection_case',
  comment: '异议案件: an objection under way or decided [SH-29, NT-32, ZD-37, SR-31]',
  indexes: [
    {
      name: 'objection_case_open',
      expression: `create unique index objection_case_open on objection_case (record_id, subject_id) where closed_on is null`,
    },
    { name: 'objection_case_record', properties: ['recordId'] },
    { name: 'objection_case_due', properties: ['dueOn', 'id'] },
    { name: 'objection_case_provider', properties: ['provider', 'dueOn', 'id'] },
    { name: 'objection_case_subject', properties: ['subjectId', 'dueOn', 'id'] },
    { name: 'objection_case_filed', properties: ['filedOn'] },
    { name: 'objection_case_closed', properties: ['closedOn'] },
  ],
  properties: {
    id: p.uuid().primary().comment('异议编号'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recordType: p.text().comment('GraphQL type of the record in dispute'),
    recordId: p.uuid().comment('Id of the record in dispute'),
    itemId: p.integer().comment('目录事项 of the record: its number'),
    aboutPersons: p.boolean().comment('Whether the record is about a natural person'),
    jurisdiction: p.string().length(6).comment('适用地区 of the record'),
    provider: p.string().length(18).comment('信息提供单位 of the record: 统一社会信用代码'),
    ground: p.string().length(32).comment('异议事由'),
    statement: p.text().comment('异议理由, in the words of who files; identity numbers are masked'),
    evidence: p
      .json<object>()
      .comment('证明材料: files by SHA-256 and name, or records of the subject that are on file [JS-23]'),
    filedBy: p.string().length(8).comment('SUBJECT 本人, AGENT 代理人'),
    agentName: p.text().nullable().comment('代理人姓名'),
    agentDocument: p.string().length(64).nullable().comment('授权委托书的 SHA-256'),
    filedOn: p.date().comment('申请日期, whose rules and periods hold for all of it'),
    stage: p.string().length(16).comment('处理状态: FILED, VERIFYING, UPHELD, DISMISSED, APPEALED'),
    turn: p
      .string()
      .length(16)
      .nullable()
      .comment('由谁办理: CENTER, PROVIDER, AUTHORITY, SUBJECT; null: nobody'),
    comparedOn: p.date().nullable().comment('比对日期, where nothing differed'),
    dueOn: p.date().nullable().comment('到期日 of whose turn it is; null where no law sets one'),
    provisional: p
      .boolean()
      .default(false)
      .comment('Whether the due date counts days of a year not arranged yet'),
    reviewDueOn: p.date().nullable().comment('全部审核到期日 [NT-32]; null where none is set'),
    remedy: p
      .string()
      .length(16)
      .nullable()
      .comment('处理方式 of one upheld: CORRECT, REVOKE, WITHHOLD, ARCHIVE'),
    appealed: p.boolean().default(false).comment('已申诉 [NT-33]: once'),
    marked: p.boolean().default(true).comment('异议标注 on the record for this objection'),
    withheld: p.boolean().default(false).comment('中止公开: ordered from the provider’s due date on [SH-30]'),
    acceptedOn: p.date().nullable().comment('信息主体接受处理结果的日期'),
    closedOn: p.date().nullable().comment('办结日期; null while it is open'),
  },
});

export const ObjectionStepEntity = defineEntity({
  name: 'ObjectionStep',
  tableName: 'objection_step',
  comment: '异议处理过程: who did what when, by which day it was due',
  properties: {
    caseId: p.uuid().primary().comment('异议编号'),
    nth: p.integer().primary().comment('序号'),
    step: p
      .string()
      .length(16)
      .comment(
        'FILED 受理, COMPARED 比对一致, FORWARDED 转办, UPHELD 成立, DISMISSED 不成立, APPEALED 申诉, ACCEPTED 接受',
      ),
    actor: p.string().length(16).comment('办理方: SUBJECT, AGENT, CENTER, PROVIDER, AUTHORITY'),
    unit: p.string().length(18).nullable().comment('办理单位: 统一社会信用代码; null: the subject itself'),
    takenOn: p.date().comment('办理日期'),
    takenAt: p.datetime().defaultRaw('now()').comment('办理时间'),
    dueOn: p.date().nullable().comment('到期日 of this step; null where no law sets one'),
    provisional: p
      .boolean()
      .default(false)
      .comment('Whether the due date counts days of a year not arranged yet'),
    reason: p.text().nullable().comment('理由; identity numbers are masked'),
    remedy: p.string().length(16).nullable().comment('处理方式 of one upheld'),
  },
});
