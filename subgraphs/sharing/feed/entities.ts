import { defineEntity, p } from '@mikro-orm/core';

/** One change of a record, or of the disclosure of an item, in the one order in which all recipients read. */
export const ChangeEntity = defineEntity({
  name: 'Change',
  tableName: 'change',
  comment: '信息变更: changes of records and of items’ disclosure, in one order [SP-push]',
  indexes: [
    { name: 'change_item', properties: ['itemId', 'seq'] },
    { name: 'change_taken', expression: 'create index change_taken on change using brin (taken_at)' },
    {
      name: 'change_later',
      expression: `create index change_later on change (record_id, seq) where change <> 'ADDED'`,
    },
  ],
  properties: {
    seq: p.bigint('number').primary().autoincrement(false).comment('Place in the order, without gaps'),
    agency: p.text().comment('Subgraph that keeps the record; `catalogue` for a change of disclosure'),
    position: p.bigint('number').nullable().comment('Place in the agency’s own log; null: of the catalogue'),
    recordType: p.text().comment('GraphQL type of the record'),
    subjectId: p.uuid().nullable().comment('信息主体: pseudonymous id; null: of an item'),
    recordId: p.uuid().nullable().comment('Id of the record; null: of an item'),
    itemId: p.integer().comment('目录事项: number of the catalogue item'),
    jurisdiction: p.string().length(6).comment('适用地区: GB/T 2260 division code'),
    provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
    change: p.text().comment('变更类型: ADDED, CORRECTED, ARCHIVED and so on, or DISCLOSURE'),
    visibleUntil: p.date().nullable().comment('查询期限届满日 after the change; null: no term running'),
    shownUntil: p
      .date()
      .nullable()
      .comment('Last day on which the record could be shown before or after the change; null: no limit'),
    publicUntil: p
      .date()
      .nullable()
      .comment('Last day on which it was public before or after the change; null: no limit'),
    publicAfter: p
      .date()
      .nullable()
      .comment('Last day on which it is public after the change; null: no limit'),
    at: p.datetime().comment('变更时间'),
    takenAt: p.datetime().defaultRaw('now()').comment('汇入时间'),
  },
});

/** The end of the order. Whoever writes changes holds this row: one writer at a time, over all processes. */
export const ChangeHeadEntity = defineEntity({
  name: 'ChangeHead',
  tableName: 'change_head',
  comment: '变更序列: its end, and how much of its beginning is gone; one row',
  properties: {
    id: p.integer().primary().autoincrement(false).comment('Always 1'),
    lastSeq: p.bigint('number').comment('Place of the newest change'),
    cutSeq: p.bigint('number').comment('Changes up to this place are no longer kept, or were missed'),
    catalogueVersion: p.bigint('number').comment('Version of the catalogue that disclosed_item follows'),
  },
});

/** How far each agency's log was taken in; in the same transaction as its changes. */
export const ChangeSourceEntity = defineEntity({
  name: 'ChangeSource',
  tableName: 'change_source',
  comment: '汇入进度: how far each agency’s log was taken in',
  properties: {
    agency: p.text().primary().comment('Name of the subgraph'),
    place: p.text().comment('Place in its log, as the agency gave it out'),
    collectedAt: p.datetime().defaultRaw('now()').comment('汇入时间'),
  },
});

/** How items were disclosed when the catalogue was last looked at: what differs from it has changed. */
export const DisclosedItemEntity = defineEntity({
  name: 'DisclosedItem',
  tableName: 'disclosed_item',
  comment: '事项披露方式: as last seen in the catalogue',
  properties: {
    itemId: p.integer().primary().autoincrement(false).comment('目录事项: number of the catalogue item'),
    tier: p.text().comment('公开属性: PUBLIC, SHARED, AUTHORIZED'),
    inForce: p.boolean().comment('是否有效'),
  },
});
