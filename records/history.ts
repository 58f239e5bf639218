import { defineEntity, p } from '@mikro-orm/core';

/**
 * What a record was before it was corrected or renewed, and what is left of one that was revoked: never in an answer. One table an
 * agency; its key begins with the subject, like those of records. Source: ZD-33, SR-32b.
 */
export const RecordVersion = defineEntity({
  name: 'RecordVersion',
  tableName: 'record_version',
  comment: '历史版本: earlier versions of records, and what is left of revoked ones [ZD-33, SR-32b]',
  properties: {
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    id: p.uuid().primary().comment('Id of the record'),
    revision: p.integer().primary().comment('版本'),
    recordType: p.text().comment('GraphQL type of the record'),
    content: p.json<object>().nullable().comment('The row as it was; null: revoked, and deleted'),
    supersededAt: p.datetime().defaultRaw('now()').comment('更正、更新或撤销时间'),
    reason: p.text().nullable().comment('更正或撤销理由; null: renewed by a later submission'),
    byUnit: p.string().length(18).nullable().comment('更正、更新或撤销单位: 统一社会信用代码'),
  },
});
