import { defineEntity, p } from '@mikro-orm/core';

/** 变更日志: written by triggers on the tables of records (records/changes/migration.ts). */
export const RecordChange = defineEntity({
  name: 'RecordChange',
  tableName: 'record_change',
  comment: '变更日志: what happened to records kept here, until it was taken in by 信息共享 [SP-push]',
  indexes: [{ name: 'record_change_position', properties: ['position'] }],
  properties: {
    txid: p
      .bigint('string')
      .columnType('xid8')
      .primary()
      .autoincrement(false)
      .defaultRaw('pg_current_xact_id()')
      .comment('The transaction, by which is told what was committed since'),
    position: p
      .bigint('number')
      .primary()
      .autoincrement()
      .comment('Order of writing; of one record, of its changes'),
    recordType: p.text().comment('GraphQL type of the record'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recordId: p.uuid().comment('Id of the record'),
    itemId: p.integer().comment('目录事项: number of the catalogue item'),
    jurisdiction: p.string().length(6).comment('适用地区: GB/T 2260 division code'),
    provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
    change: p
      .text()
      .comment(
        '变更类型: ADDED, RENEWED, CORRECTED, MARKED, UNMARKED, WITHHELD, LIFTED, TERM, ARCHIVED, REVOKED',
      ),
    visibleUntil: p.date().nullable().comment('查询期限届满日 after the change; null: no term running'),
    shownUntil: p
      .date()
      .nullable()
      .comment('Last day on which it could be shown before or after the change; null: no limit'),
    publicUntil: p
      .date()
      .nullable()
      .comment('Last day on which it was public before or after the change; null: no limit'),
    publicAfter: p
      .date()
      .nullable()
      .comment('Last day on which it is public after the change; null: no limit'),
    at: p.datetime().defaultRaw('now()').comment('变更时间'),
  },
});

/** What of the log was taken in, and what is gone. */
export const RecordChangeKept = defineEntity({
  name: 'RecordChangeKept',
  tableName: 'record_change_kept',
  comment: '变更日志的保留: what of it was taken in, and what is no longer kept; one row',
  properties: {
    id: p.integer().primary().autoincrement(false).comment('Always 1'),
    collected: p.text().nullable().comment('Snapshot up to which it was taken in; null: nothing was'),
    removed: p
      .bigint('string')
      .columnType('xid8')
      .nullable()
      .comment('Newest transaction whose changes were removed; null: none'),
  },
});
