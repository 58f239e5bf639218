import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "donation" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "project" text null, "amount" numeric(20,2) null, "recipient" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "donation" is '慈善捐赠 [SH-13 (2)]';`);
    this.addSql(
      `comment on column "donation"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "donation"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "donation"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "donation"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "donation"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "donation"."document_number" is '文号';`);
    this.addSql(`comment on column "donation"."title" is '名称';`);
    this.addSql(`comment on column "donation"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "donation"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "donation"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "donation"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "donation"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "donation"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "donation"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "donation"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "donation"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "donation"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "donation"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "donation"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "donation"."revision" is '版本';`);
    this.addSql(
      `comment on column "donation"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "donation"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "donation"."project" is '捐赠项目';`);
    this.addSql(`comment on column "donation"."amount" is '捐赠金额, 元: the donor''s to tell';`);
    this.addSql(`comment on column "donation"."recipient" is '受赠单位';`);
    this.addSql(`create index "donation_page" on "donation" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "honor" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "honor_name" text null, "level" text null, "granted_by" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "honor" is '表彰奖励 [JS-11 (10), SH-13 (1)], 行政奖励 [JS-11 (3)] among them';`,
    );
    this.addSql(
      `comment on column "honor"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "honor"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "honor"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "honor"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "honor"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "honor"."document_number" is '文号';`);
    this.addSql(`comment on column "honor"."title" is '名称';`);
    this.addSql(`comment on column "honor"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "honor"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "honor"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "honor"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "honor"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "honor"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "honor"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "honor"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "honor"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "honor"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "honor"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "honor"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "honor"."revision" is '版本';`);
    this.addSql(
      `comment on column "honor"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "honor"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "honor"."honor_name" is '荣誉名称';`);
    this.addSql(`comment on column "honor"."level" is '级别';`);
    this.addSql(`comment on column "honor"."granted_by" is '授予单位';`);
    this.addSql(`create index "honor_page" on "honor" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "red_listing" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "list_name" text null, "year" int null, "authority" text null, "taxpayer_number" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "red_listing" is '守信红名单 [NT-17]';`);
    this.addSql(
      `comment on column "red_listing"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "red_listing"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "red_listing"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "red_listing"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "red_listing"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "red_listing"."document_number" is '文号';`);
    this.addSql(`comment on column "red_listing"."title" is '名称';`);
    this.addSql(`comment on column "red_listing"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "red_listing"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "red_listing"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "red_listing"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "red_listing"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "red_listing"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "red_listing"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "red_listing"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "red_listing"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "red_listing"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "red_listing"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "red_listing"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "red_listing"."revision" is '版本';`);
    this.addSql(
      `comment on column "red_listing"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "red_listing"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "red_listing"."list_name" is '名单名称';`);
    this.addSql(`comment on column "red_listing"."year" is '评价年度';`);
    this.addSql(`comment on column "red_listing"."authority" is '认定单位';`);
    this.addSql(`comment on column "red_listing"."taxpayer_number" is '纳税人识别号';`);
    this.addSql(`create index "red_listing_page" on "red_listing" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "scope_item" ("scope" int not null, "item_id" int not null, primary key ("scope", "item_id"));`,
    );
    this.addSql(
      `comment on table "scope_item" is '目录快照: items that each scope opens (0 社会公开·法人, -3 社会公开·自然人, else the number of a matter 应用事项)';`,
    );
    this.addSql(
      `comment on column "scope_item"."scope" is '0: public about organizations; -3: public about natural persons; else the number of a matter';`,
    );
    this.addSql(`comment on column "scope_item"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`create table "scope_revision" ("id" serial primary key, "revision" bigint not null);`);
    this.addSql(
      `comment on table "scope_revision" is '目录版本: revision of the catalogue that scope_item follows';`,
    );
    this.addSql(`comment on column "scope_revision"."id" is 'Always 1';`);
    this.addSql(`comment on column "scope_revision"."revision" is '目录修订号';`);
    this.addSql(
      `create table "volunteering" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "project" text null, "hours" numeric(20,2) null, "organizer" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "volunteering" is '志愿服务 [SH-13 (2)]';`);
    this.addSql(
      `comment on column "volunteering"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "volunteering"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "volunteering"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "volunteering"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "volunteering"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "volunteering"."document_number" is '文号';`);
    this.addSql(`comment on column "volunteering"."title" is '名称';`);
    this.addSql(`comment on column "volunteering"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "volunteering"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "volunteering"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "volunteering"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "volunteering"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "volunteering"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "volunteering"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "volunteering"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "volunteering"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "volunteering"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "volunteering"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "volunteering"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "volunteering"."revision" is '版本';`);
    this.addSql(
      `comment on column "volunteering"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "volunteering"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "volunteering"."project" is '服务项目';`);
    this.addSql(`comment on column "volunteering"."hours" is '服务时长, 小时';`);
    this.addSql(`comment on column "volunteering"."organizer" is '组织单位';`);
    this.addSql(`create index "volunteering_page" on "volunteering" ("subject_id", "effective_on", "id");`);
  }
}
