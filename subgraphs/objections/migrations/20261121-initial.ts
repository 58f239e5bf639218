import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "objection" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "disputed_record" uuid null, "ground" text null, "stage" text null, "filed_on" date null, "result" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "objection" is '异议申请 [SH-28, ZD-36, NT-31]';`);
    this.addSql(
      `comment on column "objection"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "objection"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "objection"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "objection"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "objection"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "objection"."document_number" is '文号';`);
    this.addSql(`comment on column "objection"."title" is '名称';`);
    this.addSql(`comment on column "objection"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "objection"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "objection"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "objection"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "objection"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "objection"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "objection"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "objection"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "objection"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "objection"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "objection"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "objection"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "objection"."revision" is '版本';`);
    this.addSql(
      `comment on column "objection"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "objection"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "objection"."disputed_record" is 'The record in dispute, by its id.';`);
    this.addSql(`comment on column "objection"."ground" is '异议事由';`);
    this.addSql(`comment on column "objection"."stage" is '处理状态';`);
    this.addSql(`comment on column "objection"."filed_on" is '申请日期';`);
    this.addSql(`comment on column "objection"."result" is '处理结果';`);
    this.addSql(`create index "objection_page" on "objection" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "repair" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "repaired_record" uuid null, "method" text null, "authority" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "repair" is '信用修复 [NT-34, ZD-34, JS-24]';`);
    this.addSql(
      `comment on column "repair"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "repair"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "repair"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "repair"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "repair"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "repair"."document_number" is '文号';`);
    this.addSql(`comment on column "repair"."title" is '名称';`);
    this.addSql(`comment on column "repair"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "repair"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "repair"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "repair"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "repair"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "repair"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "repair"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "repair"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "repair"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "repair"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "repair"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "repair"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "repair"."revision" is '版本';`);
    this.addSql(
      `comment on column "repair"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "repair"."collected_at" is '归集时间';`);
    this.addSql(
      `comment on column "repair"."repaired_record" is 'The record that was repaired, by its id.';`,
    );
    this.addSql(`comment on column "repair"."method" is '修复方式';`);
    this.addSql(`comment on column "repair"."authority" is '修复决定单位';`);
    this.addSql(`create index "repair_page" on "repair" ("subject_id", "effective_on", "id");`);
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
