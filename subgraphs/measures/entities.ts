import { defineEntity, p } from '@mikro-orm/core';

/** One measure on one record, for one implementing unit. It knows nothing of the record but what decides on the measure. */
export const MeasureTaskEntity = defineEntity({
  name: 'MeasureTask',
  tableName: 'measure_task',
  comment: '联合奖惩任务: one measure on one record, for one implementing unit [PD-12]',
  indexes: [
    {
      name: 'measure_task_once',
      expression:
        'create unique index measure_task_once on measure_task (record_id, measure, unit) where closed_as is null',
    },
    {
      name: 'measure_task_waiting',
      expression: `create index measure_task_waiting on measure_task (coalesce(due_on, 'infinity'::date), ordinal) where closed_as is null and outcome is null`,
    },
    { name: 'measure_task_unit', properties: ['unit', 'determinedOn'] },
    { name: 'measure_task_initiator', properties: ['initiator', 'determinedOn'] },
    { name: 'measure_task_subject', properties: ['subjectId', 'ordinal'] },
    { name: 'measure_task_determined', properties: ['determinedOn'] },
  ],
  properties: {
    id: p.uuid().primary().comment('Opaque id'),
    ordinal: p.bigint('string').autoincrement().comment('Order of determination'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    aboutPerson: p.boolean().comment('Whether the subject is a natural person'),
    recordType: p.text().comment('GraphQL type of the record that it is based on'),
    recordId: p.uuid().comment('Id of that record'),
    itemId: p.integer().comment('目录事项 of the record, by its number'),
    jurisdiction: p.string().length(6).comment('适用地区: the record’s'),
    revision: p.integer().comment('Revision of the record that it was determined on, or that upheld it'),
    grade: p.string().length(8).nullable().comment('失信程度 of the record; null for an incentive'),
    initiator: p.string().length(18).comment('发起单位: 统一社会信用代码'),
    unit: p.string().length(18).comment('实施单位: 统一社会信用代码'),
    measure: p.text().comment('措施编码'),
    basis: p.json<object>().comment('措施内容及依据, as the list had it on the day of determination'),
    reason: p.text().comment('认定理由'),
    determinedOn: p.date().comment('认定日期'),
    dueOn: p.date().nullable().comment('反馈截止日; null where none is set'),
    dueProvisional: p
      .boolean()
      .default(false)
      .comment('Whether the due date counts days of a year not arranged yet'),
    recordUntil: p.date().nullable().comment('查询期限 of the record: last day; null: none is running'),
    termUntil: p.date().nullable().comment('措施期限: last day; null where the list sets no term'),
    disputed: p.boolean().comment('异议标注: whether the record is disputed'),
    outcome: p.text().nullable().comment('反馈结果: EXECUTED 已执行, NOT_APPLICABLE 不适用, DECLINED 不执行'),
    outcomeOn: p.date().nullable().comment('执行日期, or day on which it was found not applicable'),
    reportedOn: p.date().nullable().comment('反馈日期'),
    note: p.text().nullable().comment('反馈说明'),
    closedAs: p.text().nullable().comment('WITHDRAWN 撤销 or LAPSED 失效, by what became of the record'),
    closedBecause: p.text().nullable().comment('What became of the record, such as CORRECTED'),
    closedOn: p.date().nullable().comment('撤销或失效日期'),
  },
});
