import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../platform/crypto/reseal.ts';

export const BatchEntity = defineEntity({
  name: 'Batch',
  tableName: 'batch',
  comment: '归集批次及其回执: one submission and what became of it [ZD-19]',
  indexes: [
    { name: 'batch_provider', properties: ['provider', 'startedAt'] },
    { name: 'batch_received', properties: ['provider', 'receivedOn'] },
    { name: 'batch_received_on', properties: ['receivedOn'] },
    {
      name: 'batch_open',
      expression: 'create index batch_open on batch (provider) where rejected > settled',
    },
  ],
  properties: {
    id: p.uuid().primary().comment('Receipt number'),
    layout: p.text().comment('数据标准: layout of the rows'),
    jurisdiction: p.string().length(6).comment('适用地区'),
    provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
    items: p.array().comment('目录事项编码'),
    source: p.text().comment('File name, or submitRecords'),
    header: p.array().comment('The header as it was sent'),
    unknownColumns: p.array().comment('Columns that the layout does not know'),
    startedAt: p.datetime().defaultRaw('now()').comment('开始时间'),
    finishedAt: p.datetime().nullable().comment('完成时间; null while it runs or if it broke off'),
    received: p.integer().default(0).comment('收到条数'),
    accepted: p.integer().default(0).comment('入库条数'),
    duplicates: p.integer().default(0).comment('重复条数'),
    rejected: p.integer().default(0).comment('退回条数'),
    quarantined: p.integer().default(0).comment('待人工处理条数'),
    secrecyReviewedBy: p.text().nullable().comment('保密审查人, as the provider attested [ZD-18]'),
    secrecyReviewedOn: p.date().nullable().comment('保密审查日期'),
    receivedOn: p.date().nullable().comment('收到日期, by which due dates count; null until it is finished'),
    dueOn: p.date().nullable().comment('比对整合到期日 [ZD-19]; null where none is set'),
    dueProvisional: p
      .boolean()
      .default(false)
      .comment('Whether the due date counts days of a year not arranged yet'),
    late: p.integer().default(0).comment('逾期报送条数'),
    unlinked: p.integer().default(0).comment('无有效代码而未能关联的条数 [SP-link]'),
    settled: p.integer().default(0).comment('退回后已重新报送的条数'),
  },
});

export const BatchTimelinessEntity = defineEntity({
  name: 'BatchTimeliness',
  tableName: 'batch_timeliness',
  comment: '报送及时性: records of a batch by the provision that set their due date',
  properties: {
    batchId: p.uuid().primary().comment('Receipt number'),
    source: p.string().length(16).primary().comment('条款编号, such as ZD-11'),
    onTime: p.integer().comment('按期条数'),
    late: p.integer().comment('逾期条数'),
  },
});

export const BatchItemEntity = defineEntity({
  name: 'BatchItem',
  tableName: 'batch_item',
  comment: '各批次按事项的入库条数, for statistics [SP-stat]',
  properties: {
    batchId: p.uuid().primary().comment('Receipt number'),
    item: p.text().primary().comment('目录事项编码'),
    accepted: p.integer().comment('入库条数'),
  },
});

export const SubmittedItemEntity = defineEntity({
  name: 'SubmittedItem',
  tableName: 'submitted_item',
  comment: '各事项最近一次报送, for reminders',
  properties: {
    provider: p.string().length(18).primary().comment('信息提供单位: 统一社会信用代码'),
    item: p.text().primary().comment('目录事项编码'),
    lastOn: p.date().comment('最近报送日期; a batch without rows counts: there was nothing to report'),
  },
});

export const RejectEntity = defineEntity({
  name: 'Reject',
  tableName: 'reject',
  comment: '退回的行及其理由',
  indexes: [{ name: 'reject_rule', properties: ['batchId', 'rule'] }],
  properties: {
    batchId: p.uuid().primary().comment('Receipt number'),
    ordinal: p.integer().primary().comment('Order in the batch'),
    line: p.integer().comment('行号'),
    columnName: p.text().nullable().comment('列名; null: the row as a whole'),
    rule: p.text().comment('规则'),
    reason: p.text().comment('理由'),
    settledBy: p
      .uuid()
      .nullable()
      .comment('重新报送的回执: receipt of the batch in which the row came again'),
    sealedRow: p.blob().comment('The row as it was sent, sealed: it may hold identity numbers'),
  },
});

export const QuarantinedEntity = defineEntity({
  name: 'Quarantined',
  tableName: 'quarantined',
  comment: '待核查的行: free text that may carry what must not be collected [SH-14]',
  indexes: [{ name: 'quarantined_queue', properties: ['state', 'ordinal'] }],
  properties: {
    id: p.uuid().primary().comment('Opaque id'),
    ordinal: p.bigint('string').autoincrement().comment('Order of arrival'),
    batchId: p.uuid().comment('Receipt number'),
    line: p.integer().comment('行号'),
    columnName: p.text().nullable().comment('列名'),
    content: p.string().length(24).comment('信息内容 that the text seems to speak of'),
    word: p.text().comment('The word by which it was recognized'),
    sealedRow: p.blob().nullable().comment('The row as it was sent, sealed; gone once it is decided'),
    state: p
      .string()
      .length(8)
      .default('PENDING')
      .comment('PENDING 待核查, RELEASED 予以归集, REFUSED 不予归集'),
    quarantinedAt: p.datetime().defaultRaw('now()').comment('待核查起始时间'),
    decidedAt: p.datetime().nullable().comment('决定时间'),
    decidedBy: p.text().nullable().comment('决定人'),
    reason: p.text().nullable().comment('决定理由'),
  },
});

export const ConsentEntity = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  comment: '自然人书面同意归集的凭据 [ZD-17]',
  indexes: [{ name: 'consent_subject', properties: ['subjectId', 'provider'] }],
  properties: {
    id: p.uuid().primary().comment('Opaque id'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
    contents: p.array().comment('同意归集的信息内容'),
    documentDigest: p.string().length(64).comment('书面同意文件的 SHA-256'),
    validFrom: p.date().comment('有效期起'),
    validUntil: p.date().comment('有效期止'),
    recordedBy: p.text().comment('登记人'),
    recordedAt: p.datetime().defaultRaw('now()').comment('登记时间'),
    withdrawnAt: p.datetime().nullable().comment('撤回时间'),
  },
});

/** A rejected row is bound to its receipt. */
export const SEALED_ROWS: SealedColumn = {
  table: 'reject',
  key: ['batch_id', 'ordinal'],
  column: 'sealed_row',
  context: ([batch]) => batch as string,
};

/** And so is a quarantined one. */
export const SEALED_QUARANTINE: SealedColumn = {
  table: 'quarantined',
  key: ['batch_id', 'id'],
  column: 'sealed_row',
  context: ([batch]) => batch as string,
};
