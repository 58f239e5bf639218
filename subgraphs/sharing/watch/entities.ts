import { defineEntity, p } from '@mikro-orm/core';

/** 监测名单 of a unit, for one of its matters: what is in force of the matter decides what it is told. */
export const WatchListEntity = defineEntity({
  name: 'WatchList',
  tableName: 'watch_list',
  comment: '监测名单: subjects that a unit watches for one of its matters [SP-watch]',
  uniques: [{ name: 'watch_list_name', properties: ['unit', 'matterId', 'name'] }],
  properties: {
    id: p.uuid().primary().comment('名单编号'),
    ordinal: p.bigint('string').autoincrement().comment('Order of creation'),
    unit: p.string().length(18).comment('查询单位: 统一社会信用代码'),
    matterId: p.integer().comment('应用事项: its number, which is that of its scope'),
    matter: p.text().comment('应用事项编码'),
    name: p.text().comment('名单名称'),
    publicOnly: p.boolean().comment('Whether it is a credit service agency’s: public items alone'),
    createdAt: p.datetime().defaultRaw('now()').comment('创建时间'),
  },
});

/** A subject on a list; found by the subject whenever something of it changes. */
export const WatchedEntity = defineEntity({
  name: 'Watched',
  tableName: 'watched',
  comment: '监测对象: subjects on watch lists [SP-watch]',
  indexes: [{ name: 'watched_list', properties: ['listId'] }],
  properties: {
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    listId: p.uuid().primary().comment('名单编号'),
    person: p.boolean().comment('Whether it was named by the code of a natural person'),
    since: p.datetime().defaultRaw('now()').comment('列入时间'),
  },
});

/** One change on one list: the primary key is what keeps it from being told twice. */
export const AlertEntity = defineEntity({
  name: 'Alert',
  tableName: 'alert',
  comment:
    '预警: a change of a record of a watched subject, inside the scope of the list’s matter [SP-watch]',
  indexes: [
    { name: 'alert_id', expression: 'create unique index alert_id on alert (id)' },
    { name: 'alert_record', properties: ['recordId'] },
  ],
  properties: {
    listId: p.uuid().primary().comment('名单编号'),
    seq: p.bigint('number').primary().comment('Place of the change in the order of changes'),
    id: p.uuid().defaultRaw('uuidv7()').comment('预警编号'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    person: p.boolean().comment('Whether the subject is a natural person'),
    itemId: p.integer().comment('目录事项: number of the catalogue item'),
    recordType: p.text().comment('GraphQL type of the record'),
    recordId: p.uuid().comment('Id of the record'),
    jurisdiction: p.string().length(6).comment('适用地区: the record’s'),
    change: p.text().comment('变更类型: ADDED, CORRECTED, ARCHIVED and so on'),
    visibleUntil: p
      .date()
      .nullable()
      .comment('查询期限届满日 of the record as of its newest change; null: none is running'),
    publicUntil: p
      .date()
      .nullable()
      .comment('Last day on which the record is public, as of its newest change; null: no limit'),
    at: p.datetime().comment('变更时间'),
    raisedAt: p.datetime().defaultRaw('now()').comment('预警时间'),
    readAt: p.datetime().nullable().comment('阅读时间'),
  },
});
