import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "certification" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "scheme" text null, "certificate_number" text null, "certifier" text null, "valid_until" date null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "certification" is '认证认可 [SH-11]';`);
    this.addSql(
      `comment on column "certification"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "certification"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "certification"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "certification"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "certification"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "certification"."document_number" is '文号';`);
    this.addSql(`comment on column "certification"."title" is '名称';`);
    this.addSql(`comment on column "certification"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "certification"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "certification"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "certification"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "certification"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "certification"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "certification"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "certification"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "certification"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "certification"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "certification"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "certification"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "certification"."revision" is '版本';`);
    this.addSql(
      `comment on column "certification"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "certification"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "certification"."scheme" is '认证项目';`);
    this.addSql(`comment on column "certification"."certificate_number" is '证书编号';`);
    this.addSql(`comment on column "certification"."certifier" is '认证机构';`);
    this.addSql(`comment on column "certification"."valid_until" is '有效期至';`);
    this.addSql(`create index "certification_page" on "certification" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "commitment" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "commitment_type" text null, "reason" text null, "accepted_by" text null, "fulfilment" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "commitment" is '信用承诺及其履行 [JS-11 (8)]';`);
    this.addSql(
      `comment on column "commitment"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "commitment"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "commitment"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "commitment"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "commitment"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "commitment"."document_number" is '文号';`);
    this.addSql(`comment on column "commitment"."title" is '名称';`);
    this.addSql(`comment on column "commitment"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "commitment"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "commitment"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "commitment"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "commitment"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "commitment"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "commitment"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "commitment"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "commitment"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "commitment"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "commitment"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "commitment"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "commitment"."revision" is '版本';`);
    this.addSql(
      `comment on column "commitment"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "commitment"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "commitment"."commitment_type" is '承诺类型';`);
    this.addSql(`comment on column "commitment"."reason" is '承诺事由';`);
    this.addSql(`comment on column "commitment"."accepted_by" is '承诺受理单位';`);
    this.addSql(`comment on column "commitment"."fulfilment" is '承诺履约状态';`);
    this.addSql(`create index "commitment_page" on "commitment" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "declaration" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "content" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "declaration" is '市场主体自愿提供的信用信息 [JS-11 (11)]; always self-declared';`,
    );
    this.addSql(
      `comment on column "declaration"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "declaration"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "declaration"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "declaration"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "declaration"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "declaration"."document_number" is '文号';`);
    this.addSql(`comment on column "declaration"."title" is '名称';`);
    this.addSql(`comment on column "declaration"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "declaration"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "declaration"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "declaration"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "declaration"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "declaration"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "declaration"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "declaration"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "declaration"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "declaration"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "declaration"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "declaration"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "declaration"."revision" is '版本';`);
    this.addSql(
      `comment on column "declaration"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "declaration"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "declaration"."content" is '声明内容';`);
    this.addSql(`create index "declaration_page" on "declaration" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "evaluation" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "subject_matter" text null, "rating" text null, "evaluator" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "evaluation" is '信用评价结果 [JS-11 (9)]';`);
    this.addSql(
      `comment on column "evaluation"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "evaluation"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "evaluation"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "evaluation"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "evaluation"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "evaluation"."document_number" is '文号';`);
    this.addSql(`comment on column "evaluation"."title" is '名称';`);
    this.addSql(`comment on column "evaluation"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "evaluation"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "evaluation"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "evaluation"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "evaluation"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "evaluation"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "evaluation"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "evaluation"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "evaluation"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "evaluation"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "evaluation"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "evaluation"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "evaluation"."revision" is '版本';`);
    this.addSql(
      `comment on column "evaluation"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "evaluation"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "evaluation"."subject_matter" is '评定内容';`);
    this.addSql(`comment on column "evaluation"."rating" is '等级';`);
    this.addSql(`comment on column "evaluation"."evaluator" is '评定单位';`);
    this.addSql(`create index "evaluation_page" on "evaluation" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "permit" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "document_name" text null, "permit_type" text null, "certificate_name" text null, "certificate_number" text null, "content" text null, "valid_from" date null, "valid_until" date null, "authority" text null, "state" text null, "remarks" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "permit" is '行政许可 [JS-11 (3)], double publicity (双公示)';`);
    this.addSql(
      `comment on column "permit"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "permit"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "permit"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "permit"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "permit"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "permit"."document_number" is '文号';`);
    this.addSql(`comment on column "permit"."title" is '名称';`);
    this.addSql(`comment on column "permit"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "permit"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "permit"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "permit"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "permit"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "permit"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "permit"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "permit"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "permit"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "permit"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "permit"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "permit"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "permit"."revision" is '版本';`);
    this.addSql(
      `comment on column "permit"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "permit"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "permit"."document_name" is '行政许可决定文书名称';`);
    this.addSql(`comment on column "permit"."permit_type" is '许可类别: 普通 特许 认可 核准 登记 其他';`);
    this.addSql(`comment on column "permit"."certificate_name" is '许可证书名称';`);
    this.addSql(`comment on column "permit"."certificate_number" is '许可编号';`);
    this.addSql(`comment on column "permit"."content" is '许可内容';`);
    this.addSql(`comment on column "permit"."valid_from" is '有效期自';`);
    this.addSql(`comment on column "permit"."valid_until" is '有效期至; null: long-term';`);
    this.addSql(`comment on column "permit"."authority" is '许可机关';`);
    this.addSql(`comment on column "permit"."state" is '当前状态';`);
    this.addSql(`comment on column "permit"."remarks" is '备注';`);
    this.addSql(`create index "permit_page" on "permit" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "qualification" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "qualification_name" text null, "level" text null, "certificate_number" text null, "authority" text null, "valid_until" date null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "qualification" is '职称和职业资格 [JS-11 (4)]';`);
    this.addSql(
      `comment on column "qualification"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "qualification"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "qualification"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "qualification"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "qualification"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "qualification"."document_number" is '文号';`);
    this.addSql(`comment on column "qualification"."title" is '名称';`);
    this.addSql(`comment on column "qualification"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "qualification"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "qualification"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "qualification"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "qualification"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "qualification"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "qualification"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "qualification"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "qualification"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "qualification"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "qualification"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "qualification"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "qualification"."revision" is '版本';`);
    this.addSql(
      `comment on column "qualification"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "qualification"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "qualification"."qualification_name" is '资格名称';`);
    this.addSql(`comment on column "qualification"."level" is '等级';`);
    this.addSql(`comment on column "qualification"."certificate_number" is '证书编号';`);
    this.addSql(`comment on column "qualification"."authority" is '发证机关';`);
    this.addSql(`comment on column "qualification"."valid_until" is '有效期至';`);
    this.addSql(`create index "qualification_page" on "qualification" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "registration" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "enterprise_type" text null, "legal_representative" text null, "registered_capital" numeric(20,2) null, "capital_currency" text null, "established_on" date null, "business_scope" text null, "address" text null, "authority" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "registration" is '登记注册基本信息 [JS-11 (1)]';`);
    this.addSql(
      `comment on column "registration"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "registration"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "registration"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "registration"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "registration"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "registration"."document_number" is '文号';`);
    this.addSql(`comment on column "registration"."title" is '名称';`);
    this.addSql(`comment on column "registration"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "registration"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "registration"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "registration"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "registration"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "registration"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "registration"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "registration"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "registration"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "registration"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "registration"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "registration"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "registration"."revision" is '版本';`);
    this.addSql(
      `comment on column "registration"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "registration"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "registration"."enterprise_type" is '企业类型';`);
    this.addSql(`comment on column "registration"."legal_representative" is '法定代表人或负责人';`);
    this.addSql(
      `comment on column "registration"."registered_capital" is '注册资本, in units of its currency';`,
    );
    this.addSql(`comment on column "registration"."capital_currency" is 'ISO 4217 code of the currency';`);
    this.addSql(`comment on column "registration"."established_on" is '成立日期';`);
    this.addSql(`comment on column "registration"."business_scope" is '经营范围';`);
    this.addSql(`comment on column "registration"."address" is '住所';`);
    this.addSql(`comment on column "registration"."authority" is '登记机关';`);
    this.addSql(`create index "registration_page" on "registration" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "responsible_person" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "person_name" text null, "position" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "responsible_person" is '法定代表人、主要负责人和其他直接责任人员 [NT-10 (2)]';`,
    );
    this.addSql(
      `comment on column "responsible_person"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "responsible_person"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "responsible_person"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "responsible_person"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "responsible_person"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "responsible_person"."document_number" is '文号';`);
    this.addSql(`comment on column "responsible_person"."title" is '名称';`);
    this.addSql(`comment on column "responsible_person"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "responsible_person"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "responsible_person"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "responsible_person"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "responsible_person"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "responsible_person"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "responsible_person"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "responsible_person"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "responsible_person"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "responsible_person"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "responsible_person"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "responsible_person"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "responsible_person"."revision" is '版本';`);
    this.addSql(
      `comment on column "responsible_person"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "responsible_person"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "responsible_person"."person_name" is '姓名';`);
    this.addSql(`comment on column "responsible_person"."position" is '职务';`);
    this.addSql(
      `create index "responsible_person_page" on "responsible_person" ("subject_id", "effective_on", "id");`,
    );
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
      `create table "subject" ("id" uuid not null, "kind" varchar(32) not null, "code_kind" varchar(24) not null, "code" varchar(18) null, "sealed_code" bytea null, "name" text not null, "name_key" text not null, "name_grams" text[] null, "status" varchar(16) not null default 'ACTIVE', "jurisdiction" varchar(6) null, "created_at" timestamptz not null default now(), primary key ("id"));`,
    );
    this.addSql(`comment on table "subject" is '信息主体';`);
    this.addSql(`comment on column "subject"."id" is 'Pseudonymous id: keyed hash of the code';`);
    this.addSql(
      `comment on column "subject"."kind" is '主体类别: NATURAL_PERSON 自然人, LEGAL_PERSON 法人, UNINCORPORATED_ORGANIZATION 非法人组织';`,
    );
    this.addSql(
      `comment on column "subject"."code_kind" is '代码种类: USCC, CITIZEN_ID, REGISTRATION_NUMBER, ORGANIZATION_CODE';`,
    );
    this.addSql(
      `comment on column "subject"."code" is '统一社会信用代码 of an organization; null for a natural person';`,
    );
    this.addSql(
      `comment on column "subject"."sealed_code" is '身份证号 of a natural person, sealed; null for an organization';`,
    );
    this.addSql(`comment on column "subject"."name" is '名称 or 姓名';`);
    this.addSql(
      `comment on column "subject"."name_key" is 'The name with brackets, widths and case made one, for search and comparison';`,
    );
    this.addSql(
      `comment on column "subject"."name_grams" is 'Pairs of letters of the name, for search; null for a natural person, who is never searched';`,
    );
    this.addSql(
      `comment on column "subject"."status" is '登记状态: ACTIVE 存续, DEREGISTERED 注销, REVOKED 吊销';`,
    );
    this.addSql(`comment on column "subject"."jurisdiction" is '登记地: GB/T 2260 division code';`);
    this.addSql(`comment on column "subject"."created_at" is 'First seen';`);
    this.addSql(`create index subject_name_grams on subject using gin (name_grams);`);
    this.addSql(`create index subject_name on subject (name_key, id) where kind <> 'NATURAL_PERSON';`);
  }
}
