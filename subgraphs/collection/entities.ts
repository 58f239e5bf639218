import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../platform/crypto/reseal.ts';

export const BatchEntity = defineEntity({
  name: 'Batch',
  tableName: 'batch',
  comment: '归集批次及其回执: one submission and what became of it [ZD-19]',
  indexes: [{ name: 'batch_provider', properties: ['provider', 'startedAt'] }],
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
  },
});

export const RejectEntity = defineEntity({
  name: 'Reject',
  tableName: 'reject',
  comment: '退回的行及其理由',
  properties: {
    batchId: p.uuid().primary().comment('Receipt number'),
    ordinal: p.integer().primary().comment('Order in the batch'),
    line: p.integer().comment('行号'),
    columnName: p.text().nullable().comment('列名; null: the row as a whole'),
    rule: p.text().comment('规则'),
    reason: p.text().comment('理由'),
    sealedRow: p.blob().comment('The row as it was sent, sealed: it may hold identity numbers'),
  },
});

/** A rejected row is bound to its receipt. */
export const SEALED_ROWS: SealedColumn = {
  table: 'reject',
  key: ['batch_id', 'ordinal'],
  column: 'sealed_row',
  context: ([batch]) => batch as string,
};
