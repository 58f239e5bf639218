import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "enforcement" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "court" text null, "province" text null, "basis_number" text null, "basis_authority" text null, "case_number" text null, "filed_on" date null, "duty" text null, "fulfilment" text null, "conduct" text null, "fulfilled_part" text null, "unfulfilled_part" text null, "legal_representative" text null, "published_on" date null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "enforcement" is '失信被执行人 [JS-11 (2)]';`);
    this.addSql(
      `comment on column "enforcement"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "enforcement"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "enforcement"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "enforcement"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "enforcement"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "enforcement"."document_number" is '文号';`);
    this.addSql(`comment on column "enforcement"."title" is '名称';`);
    this.addSql(`comment on column "enforcement"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "enforcement"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "enforcement"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "enforcement"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "enforcement"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "enforcement"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "enforcement"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "enforcement"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "enforcement"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "enforcement"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "enforcement"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "enforcement"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "enforcement"."revision" is '版本';`);
    this.addSql(
      `comment on column "enforcement"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "enforcement"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "enforcement"."court" is '执行法院';`);
    this.addSql(`comment on column "enforcement"."province" is '省份';`);
    this.addSql(`comment on column "enforcement"."basis_number" is '执行依据文号';`);
    this.addSql(`comment on column "enforcement"."basis_authority" is '做出执行依据单位';`);
    this.addSql(`comment on column "enforcement"."case_number" is '案号';`);
    this.addSql(`comment on column "enforcement"."filed_on" is '立案时间';`);
    this.addSql(`comment on column "enforcement"."duty" is '生效法律文书确定的义务';`);
    this.addSql(`comment on column "enforcement"."fulfilment" is '被执行人的履行情况';`);
    this.addSql(`comment on column "enforcement"."conduct" is '失信被执行人行为具体情形';`);
    this.addSql(`comment on column "enforcement"."fulfilled_part" is '已履行部分';`);
    this.addSql(`comment on column "enforcement"."unfulfilled_part" is '未履行部分';`);
    this.addSql(`comment on column "enforcement"."legal_representative" is '法定代表人或负责人';`);
    this.addSql(`comment on column "enforcement"."published_on" is '发布时间';`);
    this.addSql(`create index "enforcement_page" on "enforcement" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "judgment" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "cause" text null, "court" text null, "case_type" text null, "outcome" text null, "amount" numeric(20,2) null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "judgment" is '生效判决 [JS-11 (2), SH-13 (3)]';`);
    this.addSql(
      `comment on column "judgment"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "judgment"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "judgment"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "judgment"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "judgment"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "judgment"."document_number" is '文号';`);
    this.addSql(`comment on column "judgment"."title" is '名称';`);
    this.addSql(`comment on column "judgment"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "judgment"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "judgment"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "judgment"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "judgment"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "judgment"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "judgment"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "judgment"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "judgment"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "judgment"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "judgment"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "judgment"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "judgment"."revision" is '版本';`);
    this.addSql(
      `comment on column "judgment"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "judgment"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "judgment"."cause" is '案由';`);
    this.addSql(`comment on column "judgment"."court" is '审理法院';`);
    this.addSql(`comment on column "judgment"."case_type" is '案件类型: 刑事 民商事 行政';`);
    this.addSql(`comment on column "judgment"."outcome" is '判决结果';`);
    this.addSql(`comment on column "judgment"."amount" is '涉案金额, 元';`);
    this.addSql(`create index "judgment_page" on "judgment" ("subject_id", "effective_on", "id");`);
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
  }
}
