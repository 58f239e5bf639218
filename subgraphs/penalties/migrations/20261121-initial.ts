import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "abnormal_listing" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "reason" text null, "authority" text null, "removal_reason" text null, "removal_authority" text null, "registration_number" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "abnormal_listing" is '经营异常名录 [JS-11 (5)]';`);
    this.addSql(
      `comment on column "abnormal_listing"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "abnormal_listing"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "abnormal_listing"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "abnormal_listing"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "abnormal_listing"."document_number" is '文号';`);
    this.addSql(`comment on column "abnormal_listing"."title" is '名称';`);
    this.addSql(`comment on column "abnormal_listing"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "abnormal_listing"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "abnormal_listing"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "abnormal_listing"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "abnormal_listing"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "abnormal_listing"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "abnormal_listing"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "abnormal_listing"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "abnormal_listing"."revision" is '版本';`);
    this.addSql(
      `comment on column "abnormal_listing"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "abnormal_listing"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "abnormal_listing"."reason" is '列入原因';`);
    this.addSql(`comment on column "abnormal_listing"."authority" is '作出决定机关（列入）';`);
    this.addSql(`comment on column "abnormal_listing"."removal_reason" is '移出原因';`);
    this.addSql(`comment on column "abnormal_listing"."removal_authority" is '作出决定机关（移出）';`);
    this.addSql(`comment on column "abnormal_listing"."registration_number" is '注册号';`);
    this.addSql(
      `create index "abnormal_listing_page" on "abnormal_listing" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(
      `create table "administrative_act" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "act_kind" text null, "content" text null, "amount" numeric(20,2) null, "authority" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "administrative_act" is '行政确认、行政征收、行政给付、行政裁决、行政补偿 [JS-11 (3)]; 行政奖励 is an Honor';`,
    );
    this.addSql(
      `comment on column "administrative_act"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "administrative_act"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "administrative_act"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "administrative_act"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "administrative_act"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "administrative_act"."document_number" is '文号';`);
    this.addSql(`comment on column "administrative_act"."title" is '名称';`);
    this.addSql(`comment on column "administrative_act"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "administrative_act"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "administrative_act"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "administrative_act"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "administrative_act"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "administrative_act"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "administrative_act"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "administrative_act"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "administrative_act"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "administrative_act"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "administrative_act"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "administrative_act"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "administrative_act"."revision" is '版本';`);
    this.addSql(
      `comment on column "administrative_act"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "administrative_act"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "administrative_act"."act_kind" is '行政行为种类';`);
    this.addSql(`comment on column "administrative_act"."content" is '内容';`);
    this.addSql(`comment on column "administrative_act"."amount" is '金额, 元';`);
    this.addSql(`comment on column "administrative_act"."authority" is '作出机关';`);
    this.addSql(
      `create index "administrative_act_page" on "administrative_act" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(
      `create table "administrative_penalty" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "violation_type" text null, "facts" text null, "basis" text null, "penalty_type" text null, "content" text null, "fine_amount" numeric(20,2) null, "confiscated_amount" numeric(20,2) null, "licence_withdrawn" text null, "authority" text null, "valid_until" date null, "publicity_until" date null, "state" text null, "legal_representative" text null, "remarks" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(
      `comment on table "administrative_penalty" is '行政处罚 [JS-11 (3)], double publicity (双公示)';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "administrative_penalty"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "administrative_penalty"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "administrative_penalty"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "administrative_penalty"."document_number" is '文号';`);
    this.addSql(`comment on column "administrative_penalty"."title" is '名称';`);
    this.addSql(`comment on column "administrative_penalty"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "administrative_penalty"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "administrative_penalty"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "administrative_penalty"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."dispute" is '异议标注: since, by, stage, note';`,
    );
    this.addSql(`comment on column "administrative_penalty"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "administrative_penalty"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "administrative_penalty"."revision" is '版本';`);
    this.addSql(
      `comment on column "administrative_penalty"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "administrative_penalty"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "administrative_penalty"."violation_type" is '违法行为类型';`);
    this.addSql(`comment on column "administrative_penalty"."facts" is '违法事实';`);
    this.addSql(`comment on column "administrative_penalty"."basis" is '处罚依据';`);
    this.addSql(`comment on column "administrative_penalty"."penalty_type" is '处罚类别';`);
    this.addSql(`comment on column "administrative_penalty"."content" is '处罚内容';`);
    this.addSql(`comment on column "administrative_penalty"."fine_amount" is '罚款金额, 元';`);
    this.addSql(
      `comment on column "administrative_penalty"."confiscated_amount" is '没收违法所得、没收非法财物的金额, 元';`,
    );
    this.addSql(
      `comment on column "administrative_penalty"."licence_withdrawn" is '暂扣或吊销证照名称及编号';`,
    );
    this.addSql(`comment on column "administrative_penalty"."authority" is '处罚机关';`);
    this.addSql(`comment on column "administrative_penalty"."valid_until" is '处罚有效期; null: long-term';`);
    this.addSql(
      `comment on column "administrative_penalty"."publicity_until" is '公示截止期; null: none was set';`,
    );
    this.addSql(`comment on column "administrative_penalty"."state" is '当前状态';`);
    this.addSql(`comment on column "administrative_penalty"."legal_representative" is '法定代表人';`);
    this.addSql(`comment on column "administrative_penalty"."remarks" is '备注';`);
    this.addSql(
      `create index "administrative_penalty_page" on "administrative_penalty" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(
      `create table "arrears" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "arrears_type" text null, "amount" numeric(20,2) null, "demanded_on" date null, "creditor" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "arrears" is '欠缴信息 [SH-12 (1)(2), SH-13 (4)]';`);
    this.addSql(
      `comment on column "arrears"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "arrears"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "arrears"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "arrears"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "arrears"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "arrears"."document_number" is '文号';`);
    this.addSql(`comment on column "arrears"."title" is '名称';`);
    this.addSql(`comment on column "arrears"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "arrears"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "arrears"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "arrears"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(`comment on column "arrears"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`);
    this.addSql(
      `comment on column "arrears"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "arrears"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "arrears"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "arrears"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "arrears"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "arrears"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "arrears"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "arrears"."revision" is '版本';`);
    this.addSql(
      `comment on column "arrears"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "arrears"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "arrears"."arrears_type" is '欠缴种类: 税款 社会保险费 公用事业费 …';`);
    this.addSql(`comment on column "arrears"."amount" is '欠缴金额, 元';`);
    this.addSql(`comment on column "arrears"."demanded_on" is '催告日期';`);
    this.addSql(`comment on column "arrears"."creditor" is '征收单位';`);
    this.addSql(`create index "arrears_page" on "arrears" ("subject_id", "effective_on", "id");`);
    this.addSql(
      `create table "coercive_measure" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "measure_type" text null, "reason" text null, "basis" text null, "authority" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "coercive_measure" is '行政强制 [JS-11 (3)]';`);
    this.addSql(
      `comment on column "coercive_measure"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "coercive_measure"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(
      `comment on column "coercive_measure"."item_id" is '目录事项: number of the catalogue item';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."jurisdiction" is '适用地区: GB/T 2260 division code';`,
    );
    this.addSql(`comment on column "coercive_measure"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "coercive_measure"."document_number" is '文号';`);
    this.addSql(`comment on column "coercive_measure"."title" is '名称';`);
    this.addSql(`comment on column "coercive_measure"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "coercive_measure"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "coercive_measure"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "coercive_measure"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "coercive_measure"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "coercive_measure"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "coercive_measure"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "coercive_measure"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "coercive_measure"."revision" is '版本';`);
    this.addSql(
      `comment on column "coercive_measure"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "coercive_measure"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "coercive_measure"."measure_type" is '强制措施种类';`);
    this.addSql(`comment on column "coercive_measure"."reason" is '强制事由';`);
    this.addSql(`comment on column "coercive_measure"."basis" is '依据';`);
    this.addSql(`comment on column "coercive_measure"."authority" is '实施机关';`);
    this.addSql(
      `create index "coercive_measure_page" on "coercive_measure" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(
      `create table "contract_record" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "contract_name" text null, "counterparty" text null, "amount" numeric(20,2) null, "performance" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "contract_record" is '合同履行 [JS-11 (7)]';`);
    this.addSql(
      `comment on column "contract_record"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "contract_record"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "contract_record"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "contract_record"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "contract_record"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "contract_record"."document_number" is '文号';`);
    this.addSql(`comment on column "contract_record"."title" is '名称';`);
    this.addSql(`comment on column "contract_record"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "contract_record"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "contract_record"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "contract_record"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "contract_record"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "contract_record"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "contract_record"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "contract_record"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "contract_record"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "contract_record"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "contract_record"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "contract_record"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "contract_record"."revision" is '版本';`);
    this.addSql(
      `comment on column "contract_record"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "contract_record"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "contract_record"."contract_name" is '合同名称';`);
    this.addSql(`comment on column "contract_record"."counterparty" is '相对方';`);
    this.addSql(
      `comment on column "contract_record"."amount" is '合同金额, 元: a trade secret unless the subject says otherwise';`,
    );
    this.addSql(`comment on column "contract_record"."performance" is '履约情况';`);
    this.addSql(
      `create index "contract_record_page" on "contract_record" ("subject_id", "effective_on", "id");`,
    );
    this.addSql(
      `create table "inspection" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "inspection_type" text null, "result" text null, "authority" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "inspection" is '行政监督检查 [JS-11 (3)]';`);
    this.addSql(
      `comment on column "inspection"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "inspection"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "inspection"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "inspection"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "inspection"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "inspection"."document_number" is '文号';`);
    this.addSql(`comment on column "inspection"."title" is '名称';`);
    this.addSql(`comment on column "inspection"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "inspection"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "inspection"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "inspection"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "inspection"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "inspection"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "inspection"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "inspection"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(`comment on column "inspection"."revoked_at" is '撤销时间: shown to nobody from then on';`);
    this.addSql(`comment on column "inspection"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "inspection"."self_declared" is '自主申报';`);
    this.addSql(`comment on column "inspection"."sources" is '数据来源: routes by which the fact arrived';`);
    this.addSql(`comment on column "inspection"."revision" is '版本';`);
    this.addSql(
      `comment on column "inspection"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "inspection"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "inspection"."inspection_type" is '检查类型';`);
    this.addSql(`comment on column "inspection"."result" is '检查结果';`);
    this.addSql(`comment on column "inspection"."authority" is '检查机关';`);
    this.addSql(`create index "inspection_page" on "inspection" ("subject_id", "effective_on", "id");`);
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
      `create table "severe_listing" ("subject_id" uuid not null, "id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "document_number" text null, "title" text null, "formed_on" date null, "determined_on" date null, "ended_on" date null, "effective_on" date not null, "grade" varchar(8) null, "visible_until" date null, "public_until" date null, "archived_at" timestamptz null, "revoked_at" timestamptz null, "dispute" jsonb null, "self_declared" boolean not null default false, "sources" text[] not null, "revision" int not null default 1, "digest" uuid not null, "collected_at" timestamptz not null default now(), "reason" text null, "authority" text null, "removal_reason" text null, "removal_authority" text null, "registration_number" text null, primary key ("subject_id", "id"));`,
    );
    this.addSql(`comment on table "severe_listing" is '严重失信主体名单 [JS-11 (6)]';`);
    this.addSql(
      `comment on column "severe_listing"."subject_id" is '信息主体: pseudonymous id (keyed hash of the code)';`,
    );
    this.addSql(`comment on column "severe_listing"."id" is 'Opaque id that follows from the fact';`);
    this.addSql(`comment on column "severe_listing"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "severe_listing"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "severe_listing"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "severe_listing"."document_number" is '文号';`);
    this.addSql(`comment on column "severe_listing"."title" is '名称';`);
    this.addSql(`comment on column "severe_listing"."formed_on" is '信息形成日期';`);
    this.addSql(`comment on column "severe_listing"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "severe_listing"."ended_on" is '终止日期; null while it lasts';`);
    this.addSql(
      `comment on column "severe_listing"."effective_on" is 'Day that orders answers: 认定日期, else 形成日期, else 归集日期';`,
    );
    this.addSql(
      `comment on column "severe_listing"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重';`,
    );
    this.addSql(
      `comment on column "severe_listing"."visible_until" is '查询期限届满日: last day shown; null: no term running';`,
    );
    this.addSql(
      `comment on column "severe_listing"."public_until" is 'Last day shown to the public while a provider owes an answer; null: no limit';`,
    );
    this.addSql(
      `comment on column "severe_listing"."archived_at" is '转档时间: kept for the archive alone from then on';`,
    );
    this.addSql(
      `comment on column "severe_listing"."revoked_at" is '撤销时间: shown to nobody from then on';`,
    );
    this.addSql(`comment on column "severe_listing"."dispute" is '异议标注: since, by, stage, note';`);
    this.addSql(`comment on column "severe_listing"."self_declared" is '自主申报';`);
    this.addSql(
      `comment on column "severe_listing"."sources" is '数据来源: routes by which the fact arrived';`,
    );
    this.addSql(`comment on column "severe_listing"."revision" is '版本';`);
    this.addSql(
      `comment on column "severe_listing"."digest" is 'Hash of the content, to tell a repetition from a change';`,
    );
    this.addSql(`comment on column "severe_listing"."collected_at" is '归集时间';`);
    this.addSql(`comment on column "severe_listing"."reason" is '列入原因';`);
    this.addSql(`comment on column "severe_listing"."authority" is '作出决定机关（列入）';`);
    this.addSql(`comment on column "severe_listing"."removal_reason" is '移出原因';`);
    this.addSql(`comment on column "severe_listing"."removal_authority" is '作出决定机关（移出）';`);
    this.addSql(`comment on column "severe_listing"."registration_number" is '注册号';`);
    this.addSql(
      `create index "severe_listing_page" on "severe_listing" ("subject_id", "effective_on", "id");`,
    );
  }
}
