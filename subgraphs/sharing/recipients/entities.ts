import { defineEntity, p } from '@mikro-orm/core';

/** Who is given changes [SP-push]. */
export const RecipientEntity = defineEntity({
  name: 'Recipient',
  tableName: 'recipient',
  comment: '信息共享接收单位 and the records whose changes it is given [SP-push]',
  properties: {
    unit: p.string().length(18).primary().comment('接收单位: 统一社会信用代码'),
    jurisdictions: p.array().comment('接收地区: division codes; what is under each is among it'),
    classes: p.array().nullable().comment('信息类别; null: all'),
    items: p.array().nullable().comment('事项编码; null: all'),
    recordedBy: p.string().length(18).comment('登记单位: the center’s unit'),
    recordedAt: p.datetime().defaultRaw('now()').comment('登记时间'),
    withdrawnAt: p.datetime().nullable().comment('取消时间; null: it is given changes'),
  },
});
