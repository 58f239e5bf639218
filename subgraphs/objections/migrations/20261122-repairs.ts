import { Migration } from '@mikro-orm/migrations';

export class Repairs extends Migration {
  override up(): void {
    this.addSql(
      `create table "deletion_request" ("id" uuid not null, "ordinal" bigserial, "subject_id" uuid not null, "record_type" text not null, "record_id" uuid not null, "item_id" int not null, "about_persons" boolean not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "requested_by" varchar(8) not null, "requested_on" date not null, "reason" text null, "due_on" date not null, "provisional" boolean not null default false, "informed" varchar(8) not null, "source" varchar(16) not null, "article" text not null, "executed_on" date null, "executed_by" varchar(18) null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "deletion_request" is '信息主体要求删除表彰奖励、志愿服务、慈善捐赠信息 [SH-27b, ZD-35b]';`,
    );
    this.addSql(`comment on column "deletion_request"."id" is '要求编号';`);
    this.addSql(`comment on column "deletion_request"."ordinal" is 'Order of filing';`);
    this.addSql(`comment on column "deletion_request"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "deletion_request"."record_type" is 'GraphQL type of the record';`);
    this.addSql(`comment on column "deletion_request"."record_id" is 'Id of the record';`);
    this.addSql(`comment on column "deletion_request"."item_id" is '目录事项 of the record: its number';`);
    this.addSql(
      `comment on column "deletion_request"."about_persons" is 'Whether the record is about a natural person';`,
    );
    this.addSql(`comment on column "deletion_request"."jurisdiction" is '适用地区 of the record';`);
    this.addSql(
      `comment on column "deletion_request"."provider" is '信息提供单位 of the record: 统一社会信用代码';`,
    );
    this.addSql(
      `comment on column "deletion_request"."requested_by" is 'SUBJECT 本人, CENTER 工作机构代为登记';`,
    );
    this.addSql(`comment on column "deletion_request"."requested_on" is '收到日期';`);
    this.addSql(`comment on column "deletion_request"."reason" is '理由; identity numbers are masked';`);
    this.addSql(
      `comment on column "deletion_request"."due_on" is '删除到期日: last day on which anyone sees the record';`,
    );
    this.addSql(
      `comment on column "deletion_request"."provisional" is 'Whether the due date counts days of a year not arranged yet';`,
    );
    this.addSql(
      `comment on column "deletion_request"."informed" is '被告知方: PROVIDER 信息提供单位, SUBJECT 信息主体';`,
    );
    this.addSql(`comment on column "deletion_request"."source" is '条款编号 of the rule, such as SH-27b';`);
    this.addSql(`comment on column "deletion_request"."article" is '条款 of the rule';`);
    this.addSql(`comment on column "deletion_request"."executed_on" is '删除日期; null: not yet executed';`);
    this.addSql(`comment on column "deletion_request"."executed_by" is '办理单位: 统一社会信用代码';`);
    this.addSql(`create unique index deletion_request_once on deletion_request (record_id, subject_id);`);
    this.addSql(`create index "deletion_request_due" on "deletion_request" ("due_on", "ordinal");`);
    this.addSql(
      `create index "deletion_request_subject" on "deletion_request" ("subject_id", "due_on", "ordinal");`,
    );
    this.addSql(
      `create table "repair_application" ("id" uuid not null, "ordinal" bigserial, "subject_id" uuid not null, "record_type" text not null, "record_id" uuid not null, "item_id" int not null, "about_persons" boolean not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "applied_by" varchar(8) not null, "applied_on" date not null, "source" varchar(16) not null, "article" text not null, "effect" varchar(20) not null, "notice_days" int null, "rectified_on" date not null, "rectification" text not null, "commitment" text null, "evidence" jsonb not null, "state" varchar(12) not null, "queued_on" date not null, "opinion" text null, "document_digest" varchar(64) null, "opinion_on" date null, "notice_until" date null, "provisional" boolean not null default false, "public_until" date null, "open_objections" int not null default 0, "reason" text null, "closed_on" date null, "closed_by" varchar(18) null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "repair_application" is '信用修复申请 [NT-34, NT-35, ZD-34, SR-32, JS-24]';`,
    );
    this.addSql(`comment on column "repair_application"."id" is '申请编号';`);
    this.addSql(`comment on column "repair_application"."ordinal" is 'Order of filing';`);
    this.addSql(`comment on column "repair_application"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "repair_application"."record_type" is 'GraphQL type of the record';`);
    this.addSql(`comment on column "repair_application"."record_id" is 'Id of the record';`);
    this.addSql(`comment on column "repair_application"."item_id" is '目录事项 of the record: its number';`);
    this.addSql(
      `comment on column "repair_application"."about_persons" is 'Whether the record is about a natural person';`,
    );
    this.addSql(`comment on column "repair_application"."jurisdiction" is '适用地区 of the record';`);
    this.addSql(
      `comment on column "repair_application"."provider" is '信息提供单位 of the record: 统一社会信用代码';`,
    );
    this.addSql(
      `comment on column "repair_application"."applied_by" is 'SUBJECT 本人, CENTER 工作机构代为登记';`,
    );
    this.addSql(
      `comment on column "repair_application"."applied_on" is '申请日期, whose rules hold for all of it';`,
    );
    this.addSql(`comment on column "repair_application"."source" is '条款编号 of the rule, such as NT-34';`);
    this.addSql(`comment on column "repair_application"."article" is '条款 of the rule';`);
    this.addSql(
      `comment on column "repair_application"."effect" is 'ORIGINAL_ARCHIVED 原信息转档, REMOVED_FROM_QUERY 从查询界面删除';`,
    );
    this.addSql(`comment on column "repair_application"."notice_days" is '公示期, 工作日; null: none';`);
    this.addSql(`comment on column "repair_application"."rectified_on" is '纠正之日';`);
    this.addSql(
      `comment on column "repair_application"."rectification" is '纠正情况; identity numbers are masked';`,
    );
    this.addSql(
      `comment on column "repair_application"."commitment" is '不再失信的承诺; identity numbers are masked';`,
    );
    this.addSql(
      `comment on column "repair_application"."evidence" is '证明材料: files by SHA-256 and name, or records of the subject that are on file [JS-23]';`,
    );
    this.addSql(
      `comment on column "repair_application"."state" is 'APPLIED 待出具意见, NOTICE 公示, CONFIRMING 待采用, REPAIRED 已修复, REFUSED 不予修复, WITHDRAWN 已撤回';`,
    );
    this.addSql(
      `comment on column "repair_application"."queued_on" is 'Place in the queue: 公示截止日, or the day since when it waits for its turn';`,
    );
    this.addSql(
      `comment on column "repair_application"."opinion" is '提供单位的书面修复意见或证明; identity numbers are masked';`,
    );
    this.addSql(
      `comment on column "repair_application"."document_digest" is '书面意见、确认或证明的 SHA-256';`,
    );
    this.addSql(`comment on column "repair_application"."opinion_on" is '出具意见日期';`);
    this.addSql(
      `comment on column "repair_application"."notice_until" is '公示截止日: last day; null: no notice';`,
    );
    this.addSql(
      `comment on column "repair_application"."provisional" is 'Whether the last day of the notice counts days of a year not arranged yet';`,
    );
    this.addSql(
      `comment on column "repair_application"."public_until" is 'Last day on which the public sees the record, as at the beginning of the notice; null: no limit';`,
    );
    this.addSql(`comment on column "repair_application"."open_objections" is '尚未核实的公示异议数';`);
    this.addSql(
      `comment on column "repair_application"."reason" is '不予修复的理由; identity numbers are masked';`,
    );
    this.addSql(`comment on column "repair_application"."closed_on" is '办结日期; null while it is open';`);
    this.addSql(
      `comment on column "repair_application"."closed_by" is '办结单位: 统一社会信用代码; null: the subject itself';`,
    );
    this.addSql(
      `create unique index repair_application_open on repair_application (record_id, subject_id) where state in ('APPLIED', 'NOTICE', 'CONFIRMING');`,
    );
    this.addSql(`create index "repair_application_queue" on "repair_application" ("queued_on", "ordinal");`);
    this.addSql(
      `create index "repair_application_provider" on "repair_application" ("provider", "queued_on", "ordinal");`,
    );
    this.addSql(
      `create index "repair_application_subject" on "repair_application" ("subject_id", "queued_on", "ordinal");`,
    );
    this.addSql(
      `create index repair_application_notice on repair_application (notice_until, ordinal) where state = 'NOTICE';`,
    );
    this.addSql(
      `create table "repair_objection" ("id" uuid not null, "ordinal" bigserial, "repair_id" uuid not null, "by_unit" varchar(18) null, "by_subject" uuid null, "grounds" text not null, "evidence" text[] not null, "filed_on" date not null, "state" varchar(12) not null, "opinion" text null, "decided_on" date null, "decided_by" varchar(18) null, primary key ("id"));`,
    );
    this.addSql(`comment on table "repair_objection" is '对信用修复公示的异议 [NT-35]';`);
    this.addSql(`comment on column "repair_objection"."id" is '异议编号';`);
    this.addSql(`comment on column "repair_objection"."ordinal" is 'Order of filing';`);
    this.addSql(`comment on column "repair_objection"."repair_id" is '申请编号';`);
    this.addSql(
      `comment on column "repair_objection"."by_unit" is '提出异议的单位: 统一社会信用代码; null: a subject';`,
    );
    this.addSql(
      `comment on column "repair_objection"."by_subject" is '提出异议的主体: pseudonymous id; null: a unit';`,
    );
    this.addSql(`comment on column "repair_objection"."grounds" is '异议理由; identity numbers are masked';`);
    this.addSql(`comment on column "repair_objection"."evidence" is '证明材料: SHA-256 of each file';`);
    this.addSql(`comment on column "repair_objection"."filed_on" is '提出日期';`);
    this.addSql(
      `comment on column "repair_objection"."state" is 'OPEN 待核实, UPHELD 成立, DISMISSED 不成立';`,
    );
    this.addSql(`comment on column "repair_objection"."opinion" is '核实意见; identity numbers are masked';`);
    this.addSql(`comment on column "repair_objection"."decided_on" is '核实日期';`);
    this.addSql(`comment on column "repair_objection"."decided_by" is '核实单位: 统一社会信用代码';`);
    this.addSql(
      `create unique index repair_objection_once on repair_objection (repair_id, coalesce(by_unit, by_subject::text));`,
    );
  }
}
