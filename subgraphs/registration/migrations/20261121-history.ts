import { Migration } from '@mikro-orm/migrations';

export class History extends Migration {
  override up(): void {
    this.addSql(
      `comment on column "certification"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "certification_archive" (like "certification" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "certification_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 认证认可 [SH-11]';`,
    );
    this.addSql(
      `comment on column "commitment"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "commitment_archive" (like "commitment" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "commitment_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 信用承诺及其履行 [JS-11 (8)]';`,
    );
    this.addSql(
      `comment on column "declaration"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "declaration_archive" (like "declaration" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "declaration_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 市场主体自愿提供的信用信息 [JS-11 (11)]; always self-declared';`,
    );
    this.addSql(
      `comment on column "evaluation"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "evaluation_archive" (like "evaluation" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "evaluation_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 信用评价结果 [JS-11 (9)]';`,
    );
    this.addSql(
      `comment on column "permit"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "permit_archive" (like "permit" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "permit_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 行政许可 [JS-11 (3)], double publicity (双公示)';`,
    );
    this.addSql(
      `comment on column "qualification"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "qualification_archive" (like "qualification" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "qualification_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 职称和职业资格 [JS-11 (4)]';`,
    );
    this.addSql(
      `comment on column "registration"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "registration_archive" (like "registration" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "registration_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 登记注册基本信息 [JS-11 (1)]';`,
    );
    this.addSql(
      `comment on column "responsible_person"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "responsible_person_archive" (like "responsible_person" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "responsible_person_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 法定代表人、主要负责人和其他直接责任人员 [NT-10 (2)]';`,
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
