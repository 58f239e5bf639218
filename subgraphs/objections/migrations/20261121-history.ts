import { Migration } from '@mikro-orm/migrations';

export class History extends Migration {
  override up(): void {
    this.addSql(
      `comment on column "objection"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "objection_archive" (like "objection" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "objection_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 异议申请 [SH-28, ZD-36, NT-31]';`,
    );
    this.addSql(
      `comment on column "repair"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "repair_archive" (like "repair" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "repair_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 信用修复 [NT-34, ZD-34, JS-24]';`,
    );
    this.addSql(
      `create table "record_version" ("subject_id" uuid not null, "id" uuid not null, "revision" int not null, "record_type" text not null, "content" jsonb null, "superseded_at" timestamptz not null default now(), "reason" text null, "by_unit" varchar(18) null, primary key ("subject_id", "id", "revision"));`,
    );
    this.addSql(
      `comment on table "record_version" is '历史版本: earlier versions of records, and what is left of revoked ones [ZD-33, SR-32b]';`,
    );
    this.addSql(`comment on column "record_version"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "record_version"."id" is 'Id of the record';`);
    this.addSql(`comment on column "record_version"."revision" is '版本';`);
    this.addSql(`comment on column "record_version"."record_type" is 'GraphQL type of the record';`);
    this.addSql(
      `comment on column "record_version"."content" is 'The row as it was; null: revoked, and deleted';`,
    );
    this.addSql(`comment on column "record_version"."superseded_at" is '更正、更新或撤销时间';`);
    this.addSql(
      `comment on column "record_version"."reason" is '更正或撤销理由; null: renewed by a later submission';`,
    );
    this.addSql(`comment on column "record_version"."by_unit" is '更正、更新或撤销单位: 统一社会信用代码';`);
  }
}
