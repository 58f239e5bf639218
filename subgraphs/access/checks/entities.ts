import { defineEntity, p } from '@mikro-orm/core';

/** 核验次数: what keeps verification from being an oracle [JS-12]. */
export const FactTryEntity = defineEntity({
  name: 'FactTry',
  tableName: 'fact_try',
  comment: '数据核验次数 of a caller, a subject and a day [JS-12]',
  properties: {
    unit: p.text().primary().comment('查询单位: 统一社会信用代码'),
    officer: p.text().primary().comment('账号: subject of the token'),
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    day: p.date().primary().comment('日期'),
    tries: p.integer().comment('次数'),
  },
});

/** 信用服务机构 and what it needs to query in bulk [ZD-29]. */
export const GranteeEntity = defineEntity({
  name: 'Grantee',
  tableName: 'grantee',
  comment: '信用服务机构批量查询条件 [ZD-29]',
  properties: {
    unit: p.text().primary().comment('单位: 统一社会信用代码'),
    licence: p.text().nullable().comment('营业执照或者资质证书编号'),
    licenceUntil: p.date().nullable().comment('资质有效期止: last day'),
    agreement: p.text().nullable().comment('保密协议编号'),
    agreementUntil: p.date().nullable().comment('保密协议有效期止: last day'),
    approval: p.text().nullable().comment('批准文号'),
    approvalUntil: p.date().nullable().comment('批准有效期止: last day'),
    recordedBy: p.text().comment('登记单位: the center’s unit'),
    recordedAt: p.datetime().defaultRaw('now()').comment('登记时间'),
  },
});

/** 批量核查任务 [SH-20b]. Who asks and why stands here, so that each slice is checked under what holds when it is its turn. */
export const BatchJobEntity = defineEntity({
  name: 'BatchJob',
  tableName: 'batch_job',
  comment: '批量核查任务 [SH-20b]',
  indexes: [
    { name: 'batch_job_unit', properties: ['unit', 'createdAt', 'id'] },
    {
      name: 'batch_job_open',
      expression: `create index batch_job_open on batch_job (created_at) where state in ('QUEUED', 'RUNNING')`,
    },
  ],
  properties: {
    id: p.uuid().primary().comment('任务编号'),
    unit: p.text().comment('查询单位: 统一社会信用代码'),
    asked: p.json<object>().comment('查询人和用途: caller and purpose, as for any look'),
    matter: p.text().comment('应用事项编码'),
    state: p.text().comment('状态: LOADING, QUEUED, RUNNING, DONE, CANCELLED, STOPPED'),
    reason: p.text().nullable().comment('中止原因'),
    total: p.integer().comment('核查总数'),
    done: p.integer().default(0).comment('已核查'),
    passed: p.integer().default(0).comment('通过'),
    failed: p.integer().default(0).comment('未通过'),
    unknown: p.integer().default(0).comment('无法判定'),
    createdAt: p.datetime().defaultRaw('now()').comment('提交时间'),
    endedAt: p.datetime().nullable().comment('结束时间'),
    claimedBy: p.uuid().nullable().comment('The worker that has it'),
    claimedUntil: p.datetime().nullable().comment('Until when it is believed to be alive'),
  },
});

/** A slice of a job: its position and its results change in one transaction. */
export const BatchSliceEntity = defineEntity({
  name: 'BatchSlice',
  tableName: 'batch_slice',
  comment: '批量核查任务的分段 [SH-20b]',
  properties: {
    jobId: p.uuid().primary().comment('任务编号'),
    number: p.integer().primary().comment('段号, from 0'),
    rows: p
      .json<object>()
      .comment('Lines with the subject’s pseudonymous id, or why there is none; codes of persons hidden'),
    results: p
      .json<object>()
      .nullable()
      .comment('核查结果, in the order of the rows; of records that were hit their ids alone'),
    entries: p
      .json<object>()
      .nullable()
      .comment('查询日志: the entries that tell of it, before they are in the journal'),
    loggedAt: p
      .datetime()
      .nullable()
      .comment('When its entries were in the journal; results are given out from then on'),
  },
});
