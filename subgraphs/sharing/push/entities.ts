import { defineEntity, p } from '@mikro-orm/core';
import type { SealedColumn } from '../../../platform/crypto/reseal.ts';

/** 推送地址 of a recipient, and how far it has acknowledged what it was sent. */
export const WebhookEntity = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  comment: '推送地址: where a recipient is told of changes, and how far it acknowledged them [SP-push]',
  properties: {
    unit: p.string().length(18).primary().comment('接收单位: 统一社会信用代码'),
    version: p
      .uuid()
      .comment('Another one whenever it is recorded anew: what was sent before counts no more'),
    matter: p.text().comment('应用事项编码 whose scope it is told of'),
    publicOnly: p.boolean().comment('Whether it is a credit service agency’s: public items alone'),
    url: p.text().comment('推送地址'),
    secret: p.blob().comment('签名密钥, sealed'),
    position: p
      .bigint('number')
      .comment('Changes up to this place are acknowledged, or not for this recipient'),
    acknowledgedAt: p.datetime().nullable().comment('最近确认时间'),
    attempts: p.integer().default(0).comment('连续失败次数'),
    failingSince: p.datetime().nullable().comment('失败起始时间; null: it does not fail'),
    nextTry: p.datetime().nullable().comment('下次推送时间; null: at once'),
    lastError: p.text().nullable().comment('Why the last try failed'),
    recordedBy: p.string().length(18).comment('登记单位: the center’s unit'),
    recordedAt: p.datetime().defaultRaw('now()').comment('登记时间'),
  },
});

/** Units whose access was withdrawn [SH-34], as gateways tell it; nothing is pushed while nobody does. */
export const WithdrawnWordEntity = defineEntity({
  name: 'WithdrawnWord',
  tableName: 'withdrawn_word',
  comment: '权限取消通报: units whose access was withdrawn, as gateways last told it; one row [SH-34]',
  properties: {
    id: p.integer().primary().autoincrement(false).comment('Always 1'),
    revision: p.bigint('number').comment('Revision of accounts and withdrawals'),
    units: p.array().comment('统一社会信用代码 of the units'),
    toldAt: p.datetime().comment('通报时间'),
  },
});

/** With what a webhook's secret is sealed. */
export const secretContext = (unit: string): string => `webhook ${unit}`;

export const SEALED_SECRETS: SealedColumn = {
  table: 'webhook',
  key: ['unit'],
  column: 'secret',
  context: ([unit]) => secretContext(unit as string),
};
