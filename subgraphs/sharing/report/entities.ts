import { defineEntity, p } from '@mikro-orm/core';

/** Kept when the changes themselves are gone: what was given to whom, by day. */
export const GivenDayEntity = defineEntity({
  name: 'GivenDay',
  tableName: 'given_day',
  comment: '数据推送统计: records of whose changes a recipient was told, by day [SP-stat, SP-push]',
  properties: {
    unit: p.string().length(18).primary().comment('接收单位: 统一社会信用代码'),
    day: p.date().primary().comment('推送日期'),
    way: p.text().primary().comment('推送方式: PUSHED, acknowledged by its webhook; READ, by `changes`'),
    organizations: p.integer().comment('法人和非法人组织信息条数'),
    persons: p.integer().comment('自然人信息条数'),
  },
});
