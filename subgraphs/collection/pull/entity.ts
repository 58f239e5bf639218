import { defineEntity, p } from '@mikro-orm/core';

export const PullPositionEntity = defineEntity({
  name: 'PullPosition',
  tableName: 'pull_position',
  comment: '从单位数据库拉取的进度: where each connector stands in its unit’s table [SH-9]',
  properties: {
    connector: p.text().primary().comment('连接器: name of its mapping'),
    provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
    watermark: p.text().nullable().comment('水位: of the last row taken in; null: none yet'),
    key: p.text().nullable().comment('Unique key of that row'),
    receipt: p.uuid().nullable().comment('Receipt number of the batch that ended there'),
    pulledAt: p.datetime().nullable().comment('进度时间: when that batch was finished'),
    ranAt: p.datetime().nullable().comment('最近一次运行完成时间'),
    error: p.text().nullable().comment('最近一次运行的错误; null: it came to its end'),
  },
});
