import { Migration } from '@mikro-orm/migrations';

export class ResponsiblePersons extends Migration {
  override up(): void {
    this.addSql(
      `create table "linked_conduct" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "late" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "role" text null, "organization" uuid null, "original_type" text null, "original_record" uuid null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "linked_conduct" is '责任人员失信关联信息 [NT-29, SR-28]: they follow the organization''s record';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "linked_conduct"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "linked_conduct"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "linked_conduct"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "linked_conduct"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "linked_conduct"."document_number" is '文号';`);
    this.addSql(`comment on column "linked_conduct"."title" is '名称';`);
    this.addSql(`comment on column "linked_conduct"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "linked_conduct"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "linked_conduct"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "linked_conduct"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "linked_conduct"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "linked_conduct"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "linked_conduct"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "linked_conduct"."revision" is '版本';`);
    this.addSql(
      `comment on column "linked_conduct"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "linked_conduct"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "linked_conduct"."role" is '责任类型';`);
    this.addSql(
      `comment on column "linked_conduct"."organization" is '失信单位: the organization whose record it is';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."original_type" is '原记录类型: GraphQL type of the organization''s record';`,
    );
    this.addSql(
      `comment on column "linked_conduct"."original_record" is '原记录: id of the organization''s record';`,
    );
    this.addSql(
      `create index "linked_conduct_page" on "linked_conduct" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(`create index linked_conduct_original_record on linked_conduct (original_record);`);
    this.addSql(
      `create table "linked_conduct_archive" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "late" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "role" text null, "organization" uuid null, "original_type" text null, "original_record" uuid null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "linked_conduct_archive" is '转档信息: past their term, for the keeper of the archive alone [SH-27]: 责任人员失信关联信息 [NT-29, SR-28]: they follow the organization''s record';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "linked_conduct_archive"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "linked_conduct_archive"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "linked_conduct_archive"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "linked_conduct_archive"."document_number" is '文号';`);
    this.addSql(`comment on column "linked_conduct_archive"."title" is '名称';`);
    this.addSql(`comment on column "linked_conduct_archive"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "linked_conduct_archive"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "linked_conduct_archive"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "linked_conduct_archive"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."public_until" is 'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."dispute" is '异议标注: since, by, stage, note';`,
    );
    this.addSql(`comment on column "linked_conduct_archive"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "linked_conduct_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "linked_conduct_archive"."revision" is '版本';`);
    this.addSql(
      `comment on column "linked_conduct_archive"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "linked_conduct_archive"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "linked_conduct_archive"."role" is '责任类型';`);
    this.addSql(
      `comment on column "linked_conduct_archive"."organization" is '失信单位: the organization whose record it is';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."original_type" is '原记录类型: GraphQL type of the organization''s record';`,
    );
    this.addSql(
      `comment on column "linked_conduct_archive"."original_record" is '原记录: id of the organization''s record';`,
    );
    this.addSql(
      `create index linked_conduct_archive_original_record on linked_conduct_archive (original_record);`,
    );
  }
}
