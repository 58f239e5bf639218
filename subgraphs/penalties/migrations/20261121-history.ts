import { Migration } from '@mikro-orm/migrations';

export class History extends Migration {
  override up(): void {
    this.addSql(
      `comment on column "abnormal_listing"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "abnormal_listing_archive" (like "abnormal_listing" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "abnormal_listing_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 经营异常名录 [JS-11 (5)]';`,
    );
    this.addSql(
      `comment on column "administrative_act"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "administrative_act_archive" (like "administrative_act" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "administrative_act_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 行政确认、行政征收、行政给付、行政裁决、行政补偿 [JS-11 (3)]; 行政奖励 is an Honor';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "administrative_penalty_archive" (like "administrative_penalty" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "administrative_penalty_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 行政处罚 [JS-11 (3)], double publicity (双公示)';`,
    );
    this.addSql(
      `comment on column "arrears"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "arrears_archive" (like "arrears" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "arrears_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 欠缴信息 [SH-12 (1)(2), SH-13 (4)]';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "coercive_measure_archive" (like "coercive_measure" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "coercive_measure_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 行政强制 [JS-11 (3)]';`,
    );
    this.addSql(
      `comment on column "contract_record"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "contract_record_archive" (like "contract_record" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "contract_record_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 合同履行 [JS-11 (7)]';`,
    );
    this.addSql(
      `comment on column "inspection"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "inspection_archive" (like "inspection" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "inspection_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 行政监督检查 [JS-11 (3)]';`,
    );
    this.addSql(
      `comment on column "severe_listing"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `create table "severe_listing_archive" (like "severe_listing" including defaults including comments, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "severe_listing_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 严重失信主体名单 [JS-11 (6)]';`,
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
