import { Migration } from '@mikro-orm/migrations';

export class ObjectionCases extends Migration {
  override up(): void {
    this.addSql(
      `create table "objection_case" ("id" uuid not null, "subject_id" uuid not null, "record_type" text not null, "record_id" uuid not null, "item_id" int not null, "about_persons" boolean not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "ground" varchar(32) not null, "statement" text not null, "evidence" jsonb not null, "filed_by" varchar(8) not null, "agent_name" text null, "agent_document" varchar(64) null, "filed_on" date not null, "stage" varchar(16) not null, "turn" varchar(16) null, "compared_on" date null, "due_on" date null, "provisional" boolean not null default false, "review_due_on" date null, "remedy" varchar(16) null, "appealed" boolean not null default false, "marked" boolean not null default true, "withheld" boolean not null default false, "accepted_on" date null, "closed_on" date null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "objection_case" is '异议案件: an objection under way or decided [SH-29, NT-32, ZD-37, SR-31]';`,
    );
    this.addSql(`comment on column "objection_case"."id" is '异议编号';`);
    this.addSql(`comment on column "objection_case"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(
      `comment on column "objection_case"."record_type" is 'GraphQL type of the record in dispute';`,
    );
    this.addSql(`comment on column "objection_case"."record_id" is 'Id of the record in dispute';`);
    this.addSql(`comment on column "objection_case"."item_id" is '目录事项 of the record: its number';`);
    this.addSql(
      `comment on column "objection_case"."about_persons" is 'Whether the record is about a natural person';`,
    );
    this.addSql(`comment on column "objection_case"."jurisdiction" is '适用地区 of the record';`);
    this.addSql(
      `comment on column "objection_case"."provider" is '信息提供单位 of the record: 统一社会信用代码';`,
    );
    this.addSql(`comment on column "objection_case"."ground" is '异议事由';`);
    this.addSql(
      `comment on column "objection_case"."statement" is '异议理由, in the words of who files; identity numbers are masked';`,
    );
    this.addSql(
      `comment on column "objection_case"."evidence" is '证明材料: files by SHA-256 and name, or records of the subject that are on file [JS-23]';`,
    );
    this.addSql(`comment on column "objection_case"."filed_by" is 'SUBJECT 本人, AGENT 代理人';`);
    this.addSql(`comment on column "objection_case"."agent_name" is '代理人姓名';`);
    this.addSql(`comment on column "objection_case"."agent_document" is '授权委托书的 SHA-256';`);
    this.addSql(
      `comment on column "objection_case"."filed_on" is '申请日期, whose rules and periods hold for all of it';`,
    );
    this.addSql(
      `comment on column "objection_case"."stage" is '处理状态: FILED, VERIFYING, UPHELD, DISMISSED, APPEALED';`,
    );
    this.addSql(
      `comment on column "objection_case"."turn" is '由谁办理: CENTER, PROVIDER, AUTHORITY, SUBJECT; null: nobody';`,
    );
    this.addSql(`comment on column "objection_case"."compared_on" is '比对日期, where nothing differed';`);
    this.addSql(
      `comment on column "objection_case"."due_on" is '到期日 of whose turn it is; null where no law sets one';`,
    );
    this.addSql(
      `comment on column "objection_case"."provisional" is 'Whether the due date counts days of a year not arranged yet';`,
    );
    this.addSql(
      `comment on column "objection_case"."review_due_on" is '全部审核到期日 [NT-32]; null where none is set';`,
    );
    this.addSql(
      `comment on column "objection_case"."remedy" is '处理方式 of one upheld: CORRECT, REVOKE, WITHHOLD, ARCHIVE';`,
    );
    this.addSql(`comment on column "objection_case"."appealed" is '已申诉 [NT-33]: once';`);
    this.addSql(
      `comment on column "objection_case"."marked" is '异议标注 on the record for this objection';`,
    );
    this.addSql(
      `comment on column "objection_case"."withheld" is '中止公开: ordered from the provider’s due date on [SH-30]';`,
    );
    this.addSql(`comment on column "objection_case"."accepted_on" is '信息主体接受处理结果的日期';`);
    this.addSql(`comment on column "objection_case"."closed_on" is '办结日期; null while it is open';`);
    this.addSql(
      `create unique index objection_case_open on objection_case (record_id, subject_id) where closed_on is null;`,
    );
    this.addSql(`create index "objection_case_record" on "objection_case" ("record_id");`);
    this.addSql(`create index "objection_case_due" on "objection_case" ("due_on", "id");`);
    this.addSql(`create index "objection_case_provider" on "objection_case" ("provider", "due_on", "id");`);
    this.addSql(`create index "objection_case_subject" on "objection_case" ("subject_id", "due_on", "id");`);
    this.addSql(`create index "objection_case_filed" on "objection_case" ("filed_on");`);
    this.addSql(`create index "objection_case_closed" on "objection_case" ("closed_on");`);
    this.addSql(
      `create table "objection_step" ("case_id" uuid not null, "nth" int not null, "step" varchar(16) not null, "actor" varchar(16) not null, "unit" varchar(18) null, "taken_on" date not null, "taken_at" timestamptz not null default now(), "due_on" date null, "provisional" boolean not null default false, "reason" text null, "remedy" varchar(16) null, primary key ("case_id", "nth"));`,
    );
    this.addSql(
      `comment on table "objection_step" is '异议处理过程: who did what when, by which day it was due';`,
    );
    this.addSql(`comment on column "objection_step"."case_id" is '异议编号';`);
    this.addSql(`comment on column "objection_step"."nth" is '序号';`);
    this.addSql(
      `comment on column "objection_step"."step" is 'FILED 受理, COMPARED 比对一致, FORWARDED 转办, UPHELD 成立, DISMISSED 不成立, APPEALED 申诉, ACCEPTED 接受';`,
    );
    this.addSql(
      `comment on column "objection_step"."actor" is '办理方: SUBJECT, AGENT, CENTER, PROVIDER, AUTHORITY';`,
    );
    this.addSql(
      `comment on column "objection_step"."unit" is '办理单位: 统一社会信用代码; null: the subject itself';`,
    );
    this.addSql(`comment on column "objection_step"."taken_on" is '办理日期';`);
    this.addSql(`comment on column "objection_step"."taken_at" is '办理时间';`);
    this.addSql(
      `comment on column "objection_step"."due_on" is '到期日 of this step; null where no law sets one';`,
    );
    this.addSql(
      `comment on column "objection_step"."provisional" is 'Whether the due date counts days of a year not arranged yet';`,
    );
    this.addSql(`comment on column "objection_step"."reason" is '理由; identity numbers are masked';`);
    this.addSql(`comment on column "objection_step"."remedy" is '处理方式 of one upheld';`);
  }
}
