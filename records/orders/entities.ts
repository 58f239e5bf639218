import { defineEntity, p } from '@mikro-orm/core';

/** 指令: what this part asks of others about records, written in the transaction that gives rise to it (transactional outbox). */
export const OrderOutbox = defineEntity({
  name: 'OrderOutbox',
  tableName: 'order_outbox',
  comment: '指令发件箱: orders about records to other parts, each carried out once and in order',
  indexes: [
    {
      name: 'order_outbox_open',
      expression:
        'create index order_outbox_open on order_outbox (recipient, record_id, seq) where applied_at is null',
    },
  ],
  properties: {
    seq: p.bigint('number').primary().autoincrement().comment('Order of writing'),
    id: p.uuid().comment('By which whoever carries it out knows a repetition'),
    recipient: p.text().comment('Name of the subgraph that carries it out'),
    recordType: p.text().comment('GraphQL type of the record'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    recordId: p.uuid().comment('Id of the record'),
    action: p.json<object>().comment('指令内容'),
    createdAt: p.datetime().defaultRaw('now()').comment('指令时间'),
    appliedAt: p.datetime().nullable().comment('执行时间; null: still to be carried out'),
    attempts: p.integer().default(0).comment('Times it was tried'),
    lastError: p.text().nullable().comment('Why it failed last'),
  },
});

/** Orders that this part has carried out. */
export const OrderApplied = defineEntity({
  name: 'OrderApplied',
  tableName: 'order_applied',
  comment: '已执行指令: orders that were carried out here, so that a repetition changes nothing',
  properties: {
    id: p.uuid().primary().comment('指令编号'),
    appliedAt: p.datetime().defaultRaw('now()').comment('执行时间'),
    outcome: p.text().comment('DONE, or why there was nothing to do'),
  },
});
