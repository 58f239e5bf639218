import { defineEntity, p } from '@mikro-orm/core';

/**
 * 查询日志. Rows are only ever added: the role that writes them may INSERT and SELECT, nothing more. `seq` is the order in which entries
 * were written and the leaf index of the tree that will seal them.
 */
export const JournalEntryEntity = defineEntity({
  name: 'JournalEntry',
  tableName: 'journal_entry',
  comment: '查询日志: one entry a query, committed before its answer left [SH-19, ZD-25]',
  indexes: [
    { name: 'journal_entry_id', properties: ['id'] },
    {
      name: 'journal_entry_subjects',
      expression: 'create index journal_entry_subjects on journal_entry using gin (subjects)',
    },
    { name: 'journal_entry_unit', properties: ['unit', 'seq'] },
  ],
  properties: {
    seq: p.bigint('number').primary().autoincrement().comment('Order of writing'),
    id: p.uuid().comment('Receipt number that the answer names'),
    at: p.datetime().comment('查询时间'),
    officerId: p.text().nullable().comment('Subject of the token'),
    officer: p.text().nullable().comment('查询人员姓名'),
    unit: p.text().nullable().comment('查询单位: 统一社会信用代码'),
    role: p.text().nullable().comment('角色; null: the public'),
    channel: p.text().comment('查询渠道'),
    matter: p.text().nullable().comment('用途: 应用事项编码'),
    caseNumber: p.text().nullable().comment('案件编号'),
    note: p.text().nullable().comment('说明'),
    operation: p.text().comment('Name of the operation, or its hash'),
    subjects: p
      .array()
      .columnType('uuid[]')
      .comment('查询对象: pseudonymous ids of subjects that the answer told of'),
    items: p.array().columnType('text[]').comment('查询内容: codes of the items disclosed'),
    counts: p.array().columnType('int[]').comment('Records disclosed of each item, in the same order'),
    outcome: p.text().comment('ANSWERED, or the code of the refusal'),
  },
});

/** Looks of the public at organizations are counted by channel, a row for some seconds of them, not journaled one by one (design: idea 9). */
export const PublicLookEntity = defineEntity({
  name: 'PublicLook',
  tableName: 'public_look',
  comment: '社会查询计数: public looks at organizations',
  properties: {
    seq: p.bigint('number').primary().autoincrement().comment('Order of writing'),
    at: p.datetime().defaultRaw('now()').comment('End of the seconds counted'),
    channel: p.text().comment('查询渠道'),
    looks: p.bigint('number').comment('查询次数'),
  },
});
