import { Migration } from '@mikro-orm/migrations';

export class History extends Migration {
  override up(): void {
    this.addSql(
      `comment on column "donation"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "donation_archive" (like "donation" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "donation_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 慈善捐赠 [SH-13 (2)]';`,
    );
    this.addSql(
      `comment on column "honor"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "honor_archive" (like "honor" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "honor_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 表彰奖励 [JS-11 (10), SH-13 (1)], 行政奖励 [JS-11 (3)] among them';`,
    );
    this.addSql(
      `comment on column "red_listing"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "red_listing_archive" (like "red_listing" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "red_listing_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 守信红名单 [NT-17]';`,
    );
    this.addSql(
      `comment on column "volunteering"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "volunteering_archive" (like "volunteering" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "volunteering_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 志愿服务 [SH-13 (2)]';`,
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
