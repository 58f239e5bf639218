import { Migration } from '@mikro-orm/migrations';

export class NoticeTable extends Migration {
  override up(): void {
    this.addSql(
      `create table "notice" ("position" bigserial primary key, "id" uuid not null, "about" varchar(16) not null, "case_id" uuid not null, "subject_id" uuid not null, "recipient" varchar(16) not null, "unit" varchar(18) null, "kind" text not null, "due_on" date null, "zh" text not null, "en" text not null, "sent_at" timestamptz not null default now());`,
    );
    this.addSql(
      `comment on table "notice" is '通知: what subjects and units are told of objections, repairs and deletions [SH-29, ZD-37, NT-32]';`,
    );
    this.addSql(`comment on column "notice"."position" is 'Order of sending';`);
    this.addSql(`comment on column "notice"."id" is '通知编号';`);
    this.addSql(`comment on column "notice"."about" is 'OBJECTION 异议, REPAIR 信用修复, DELETION 删除';`);
    this.addSql(`comment on column "notice"."case_id" is 'Id of the objection, application or request';`);
    this.addSql(`comment on column "notice"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(
      `comment on column "notice"."recipient" is '被通知方: SUBJECT 信息主体, PROVIDER 信息提供单位, CENTER 工作机构, AUTHORITY 主管部门';`,
    );
    this.addSql(`comment on column "notice"."unit" is '被通知单位: 统一社会信用代码';`);
    this.addSql(`comment on column "notice"."kind" is '通知事项';`);
    this.addSql(`comment on column "notice"."due_on" is '到期日';`);
    this.addSql(`comment on column "notice"."zh" is '通知内容';`);
    this.addSql(`comment on column "notice"."en" is '通知内容, in English';`);
    this.addSql(`comment on column "notice"."sent_at" is '通知时间';`);
    this.addSql(`create index "notice_subject" on "notice" ("subject_id", "position");`);
    this.addSql(`create index "notice_unit" on "notice" ("unit", "position");`);
    this.addSql(`create index "notice_case" on "notice" ("case_id");`);
  }
}
