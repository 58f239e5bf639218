import { defineEntity, p } from '@mikro-orm/core';

/**
 * 查询日志. Rows are only ever added: the role that writes them may INSERT and SELECT, nothing more. `seq` is the order in which entries
 * were written. What an entry says is sealed (sealing/leaf.ts): a column that is added must be nullable and without a default, goes into
 * `journal_entry_hash` by the same migration, and none can be renamed.
 */
export const JournalEntryEntity = defineEntity({
  name: 'JournalEntry',
  tableName: 'journal_entry',
  comment: '查询日志: one entry a query, committed before its answer left [SH-19, ZD-25]',
  indexes: [
    { name: 'journal_entry_id', properties: ['id'] },
    { name: 'journal_entry_unit', properties: ['unit', 'seq'] },
    {
      name: 'journal_entry_at',
      expression: 'create index journal_entry_at on journal_entry using brin (at)',
    },
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
    authorizationId: p.uuid().nullable().comment('授权证明: the subject’s authorization [ZD-22]'),
    agreedPurpose: p.text().nullable().comment('约定的查询用途 [ZD-22]'),
    idDocument: p.text().nullable().comment('查询人有效身份证件或者证明文件 [ZD-22]'),
    undisclosedUntil: p
      .date()
      .nullable()
      .comment('暂不告知信息主体的截止日: last day on which it is not told'),
    persons: p.integer().nullable().comment('查询对象中的自然人数'),
  },
});

/** 被查询记录: by whom a subject was looked at, written by the same statement as the entry and as unchangeable [SR-29]. */
export const JournalSubjectEntity = defineEntity({
  name: 'JournalSubject',
  tableName: 'journal_subject',
  comment: '被查询记录: entries of the journal by subject [SR-29]',
  properties: {
    subjectId: p.uuid().primary().comment('信息主体: pseudonymous id'),
    seq: p.bigint('number').primary().comment('Order of the entry'),
    items: p.array().columnType('text[]').comment('查询内容: codes of the items disclosed of this subject'),
    undisclosedUntil: p.date().nullable().comment('暂不告知信息主体的截止日, as in the entry'),
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

/** 查询账户 of a unit's officer [SP-account]. */
export const OfficerAccountEntity = defineEntity({
  name: 'OfficerAccount',
  tableName: 'officer_account',
  comment: '查询账户: matters that a unit granted its officers [SP-account, SH-19]',
  properties: {
    unit: p.text().primary().comment('查询单位: 统一社会信用代码'),
    officer: p.text().primary().comment('账号: subject of the token'),
    matters: p.array().columnType('text[]').nullable().comment('应用事项编码; null: none was ever granted'),
    suspendedAt: p.datetime().nullable().comment('停用时间'),
    openedAt: p.datetime().defaultRaw('now()').comment('开通时间'),
    changedAt: p.datetime().defaultRaw('now()').comment('变更时间'),
    changedBy: p.text().comment('变更单位: unit of the administrator'),
  },
});

/** 授权 of a subject: who may see what of it, what for and how often [SH-20, NT-22]. */
export const SubjectAuthorizationEntity = defineEntity({
  name: 'SubjectAuthorization',
  tableName: 'subject_authorization',
  comment: '信息主体授权 [SH-20, NT-22, ZD-22]',
  indexes: [
    { name: 'subject_authorization_subject', properties: ['subjectId', 'seq'] },
    { name: 'subject_authorization_grantee', properties: ['grantee', 'seq'] },
  ],
  properties: {
    id: p.uuid().primary().comment('授权编号'),
    seq: p.bigint('number').autoincrement().comment('Order of granting'),
    subjectId: p.uuid().comment('信息主体: pseudonymous id'),
    grantee: p.text().comment('被授权单位: 统一社会信用代码'),
    categories: p.array().columnType('text[]').comment('授权范围: 信息类别 or 事项编码'),
    matter: p.text().nullable().comment('应用事项编码 to which it is bound'),
    purpose: p.text().nullable().comment('约定的查询用途'),
    validFrom: p.date().comment('有效期起'),
    validUntil: p.date().comment('有效期止: last day'),
    uses: p.integer().nullable().comment('可用次数; null: unlimited'),
    used: p.integer().default(0).comment('已用次数'),
    method: p.text().comment('授权方式: ONLINE 本人线上, WRITTEN 书面, SMS 短信验证'),
    documentDigest: p.text().nullable().comment('书面授权证明的 SHA-256'),
    phone: p.text().nullable().comment('接收验证码的手机号, its middle hidden'),
    codeHash: p.text().nullable().comment('验证码散列: salt and scrypt of the one-time code'),
    codeExpiresAt: p.datetime().nullable().comment('验证码失效时间'),
    tries: p.integer().default(0).comment('验证次数'),
    grantedAt: p.datetime().defaultRaw('now()').comment('申请时间'),
    grantedBy: p.text().nullable().comment('登记单位: 统一社会信用代码; null: the subject itself'),
    confirmedAt: p.datetime().nullable().comment('生效时间; null: waits for its code'),
    revokedAt: p.datetime().nullable().comment('撤销时间'),
  },
});

/** 取消查询权限 of a unit, by the center [SH-34]. */
export const WithdrawnGranteeEntity = defineEntity({
  name: 'WithdrawnGrantee',
  tableName: 'withdrawn_grantee',
  comment: '取消查询权限: units whose access the center ended [SH-34]',
  properties: {
    unit: p.text().primary().comment('单位: 统一社会信用代码'),
    reason: p.text().comment('取消理由'),
    withdrawnAt: p.datetime().defaultRaw('now()').comment('取消时间'),
    withdrawnBy: p.text().comment('经办人: the center’s unit'),
    restoredAt: p.datetime().nullable().comment('恢复时间; null: withdrawn'),
  },
});

/** Counts the changes of accounts and withdrawals, so that gateways notice them; one row. */
export const RightsRevisionEntity = defineEntity({
  name: 'RightsRevision',
  tableName: 'rights_revision',
  comment: '权限修订号: grows with every change of an account or a withdrawal',
  properties: {
    id: p.integer().primary().comment('Always 1'),
    revision: p.bigint('number').comment('修订号'),
  },
});
