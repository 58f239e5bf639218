import { Migration } from '@mikro-orm/migrations';

/** Entries written before are found by subject, too. What each of several subjects was told of was not kept. */
const BACKFILL = `insert into journal_subject (subject_id, seq, items)
  select distinct on (s.id, e.seq) s.id, e.seq, case when cardinality(e.subjects) = 1 then e.items else '{}' end
  from journal_entry e cross join lateral unnest(e.subjects) as s(id)`;

/**
 * The application keeps accounts and authorizations and cannot touch the journal, not even add to it; the journal's role adds to the
 * journal and cannot see the rest [SH-31].
 */
const RIGHTS = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_app') then
    revoke insert, update, delete, truncate on journal_entry, journal_subject, public_look from access_app;
    revoke delete, truncate on officer_account, subject_authorization, withdrawn_grantee, rights_revision from access_app;
  end if;
  if exists (select from pg_roles where rolname = 'access_journal') then
    revoke all on officer_account, subject_authorization, withdrawn_grantee, rights_revision from access_journal;
  end if;
end $$`;

export class Rights extends Migration {
  override up(): void {
    this.addSql(
      `create table "journal_subject" ("subject_id" uuid not null, "seq" bigint not null, "items" text[] not null, "undisclosed_until" date null, primary key ("subject_id", "seq"));`,
    );
    this.addSql(
      `comment on table "journal_subject" is '被查询记录: entries of the journal by subject [SR-29]';`,
    );
    this.addSql(`comment on column "journal_subject"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "journal_subject"."seq" is 'Order of the entry';`);
    this.addSql(
      `comment on column "journal_subject"."items" is '查询内容: codes of the items disclosed of this subject';`,
    );
    this.addSql(
      `comment on column "journal_subject"."undisclosed_until" is '暂不告知信息主体的截止日, as in the entry';`,
    );
    this.addSql(
      `create table "officer_account" ("unit" text not null, "officer" text not null, "matters" text[] null, "suspended_at" timestamptz null, "changed_at" timestamptz not null default now(), "changed_by" text not null, primary key ("unit", "officer"));`,
    );
    this.addSql(
      `comment on table "officer_account" is '查询账户: matters that a unit granted its officers [SP-account, SH-19]';`,
    );
    this.addSql(`comment on column "officer_account"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(`comment on column "officer_account"."officer" is '账号: subject of the token';`);
    this.addSql(
      `comment on column "officer_account"."matters" is '应用事项编码; null: none was ever granted';`,
    );
    this.addSql(`comment on column "officer_account"."suspended_at" is '停用时间';`);
    this.addSql(`comment on column "officer_account"."changed_at" is '变更时间';`);
    this.addSql(`comment on column "officer_account"."changed_by" is '变更单位: unit of the administrator';`);
    this.addSql(`create table "rights_revision" ("id" serial primary key, "revision" bigint not null);`);
    this.addSql(
      `comment on table "rights_revision" is '权限修订号: grows with every change of an account or a withdrawal';`,
    );
    this.addSql(`comment on column "rights_revision"."id" is 'Always 1';`);
    this.addSql(`comment on column "rights_revision"."revision" is '修订号';`);
    this.addSql(
      `create table "subject_authorization" ("id" uuid not null, "seq" bigserial, "subject_id" uuid not null, "grantee" text not null, "categories" text[] not null, "matter" text null, "purpose" text null, "valid_from" date not null, "valid_until" date not null, "uses" int null, "used" int not null default 0, "method" text not null, "document_digest" text null, "phone" text null, "code_hash" text null, "code_expires_at" timestamptz null, "tries" int not null default 0, "granted_at" timestamptz not null default now(), "granted_by" text null, "confirmed_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`comment on table "subject_authorization" is '信息主体授权 [SH-20, NT-22, ZD-22]';`);
    this.addSql(`comment on column "subject_authorization"."id" is '授权编号';`);
    this.addSql(`comment on column "subject_authorization"."seq" is 'Order of granting';`);
    this.addSql(`comment on column "subject_authorization"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "subject_authorization"."grantee" is '被授权单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "subject_authorization"."categories" is '授权范围: 信息类别 or 事项编码';`,
    );
    this.addSql(`comment on column "subject_authorization"."matter" is '应用事项编码 to which it is bound';`);
    this.addSql(`comment on column "subject_authorization"."purpose" is '约定的查询用途';`);
    this.addSql(`comment on column "subject_authorization"."valid_from" is '有效期起';`);
    this.addSql(`comment on column "subject_authorization"."valid_until" is '有效期止: last day';`);
    this.addSql(`comment on column "subject_authorization"."uses" is '可用次数; null: unlimited';`);
    this.addSql(`comment on column "subject_authorization"."used" is '已用次数';`);
    this.addSql(
      `comment on column "subject_authorization"."method" is '授权方式: ONLINE 本人线上, WRITTEN 书面, SMS 短信验证';`,
    );
    this.addSql(`comment on column "subject_authorization"."document_digest" is '书面授权证明的 SHA-256';`);
    this.addSql(
      `comment on column "subject_authorization"."phone" is '接收验证码的手机号, its middle hidden';`,
    );
    this.addSql(
      `comment on column "subject_authorization"."code_hash" is '验证码散列: salt and scrypt of the one-time code';`,
    );
    this.addSql(`comment on column "subject_authorization"."code_expires_at" is '验证码失效时间';`);
    this.addSql(`comment on column "subject_authorization"."tries" is '验证次数';`);
    this.addSql(`comment on column "subject_authorization"."granted_at" is '申请时间';`);
    this.addSql(
      `comment on column "subject_authorization"."granted_by" is '登记单位: 统一社会信用代码; null: the subject itself';`,
    );
    this.addSql(
      `comment on column "subject_authorization"."confirmed_at" is '生效时间; null: waits for its code';`,
    );
    this.addSql(`comment on column "subject_authorization"."revoked_at" is '撤销时间';`);
    this.addSql(
      `create index "subject_authorization_subject" on "subject_authorization" ("subject_id", "seq");`,
    );
    this.addSql(
      `create index "subject_authorization_grantee" on "subject_authorization" ("grantee", "seq");`,
    );
    this.addSql(
      `create table "withdrawn_grantee" ("unit" text not null, "reason" text not null, "withdrawn_at" timestamptz not null default now(), "withdrawn_by" text not null, "restored_at" timestamptz null, primary key ("unit"));`,
    );
    this.addSql(
      `comment on table "withdrawn_grantee" is '取消查询权限: units whose access the center ended [SH-34]';`,
    );
    this.addSql(`comment on column "withdrawn_grantee"."unit" is '单位: 统一社会信用代码';`);
    this.addSql(`comment on column "withdrawn_grantee"."reason" is '取消理由';`);
    this.addSql(`comment on column "withdrawn_grantee"."withdrawn_at" is '取消时间';`);
    this.addSql(`comment on column "withdrawn_grantee"."withdrawn_by" is '经办人: the center’s unit';`);
    this.addSql(`comment on column "withdrawn_grantee"."restored_at" is '恢复时间; null: withdrawn';`);
    this.addSql(`drop index "journal_entry_subjects";`);
    this.addSql(
      `alter table "journal_entry" add "authorization_id" uuid null, add "agreed_purpose" text null, add "id_document" text null, add "undisclosed_until" date null;`,
    );
    this.addSql(
      `comment on column "journal_entry"."authorization_id" is '授权证明: the subject’s authorization [ZD-22]';`,
    );
    this.addSql(`comment on column "journal_entry"."agreed_purpose" is '约定的查询用途 [ZD-22]';`);
    this.addSql(
      `comment on column "journal_entry"."id_document" is '查询人有效身份证件或者证明文件 [ZD-22]';`,
    );
    this.addSql(
      `comment on column "journal_entry"."undisclosed_until" is '暂不告知信息主体的截止日: last day on which it is not told';`,
    );
    this.addSql('insert into rights_revision (id, revision) values (1, 0);');
    this.addSql(BACKFILL);
    this.addSql(RIGHTS);
  }
}
