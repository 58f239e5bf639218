import { Migration } from '@mikro-orm/migrations';

export class Timeliness extends Migration {
  override up(): void {
    this.addSql(
      `create table "batch_timeliness" ("batch_id" uuid not null, "source" varchar(16) not null, "on_time" int not null, "late" int not null, primary key ("batch_id", "source"));`,
    );
    this.addSql(
      `comment on table "batch_timeliness" is '报送及时性: records of a batch by the provision that set their due date';`,
    );
    this.addSql(`comment on column "batch_timeliness"."batch_id" is 'Receipt number';`);
    this.addSql(`comment on column "batch_timeliness"."source" is '条款编号, such as ZD-11';`);
    this.addSql(`comment on column "batch_timeliness"."on_time" is '按期条数';`);
    this.addSql(`comment on column "batch_timeliness"."late" is '逾期条数';`);
    this.addSql(
      `create table "submitted_item" ("provider" varchar(18) not null, "item" text not null, "last_on" date not null, primary key ("provider", "item"));`,
    );
    this.addSql(`comment on table "submitted_item" is '各事项最近一次报送, for reminders';`);
    this.addSql(`comment on column "submitted_item"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "submitted_item"."item" is '目录事项编码';`);
    this.addSql(
      `comment on column "submitted_item"."last_on" is '最近报送日期; a batch without rows counts: there was nothing to report';`,
    );
    this.addSql(
      `alter table "batch" add "received_on" date null, add "due_on" date null, add "due_provisional" boolean not null default false, add "late" int not null default 0, add "unlinked" int not null default 0, add "settled" int not null default 0;`,
    );
    this.addSql(
      `comment on column "batch"."received_on" is '收到日期, by which due dates count; null until it is finished';`,
    );
    this.addSql(`comment on column "batch"."due_on" is '比对整合到期日 [ZD-19]; null where none is set';`);
    this.addSql(
      `comment on column "batch"."due_provisional" is 'Whether the due date counts days of a year not arranged yet';`,
    );
    this.addSql(`comment on column "batch"."late" is '逾期报送条数';`);
    this.addSql(`comment on column "batch"."unlinked" is '无有效代码而未能关联的条数 [SP-link]';`);
    this.addSql(`comment on column "batch"."settled" is '退回后已重新报送的条数';`);
    this.addSql(`create index "batch_received" on "batch" ("provider", "received_on");`);
    this.addSql(`create index batch_open on batch (provider) where rejected > settled;`);
    this.addSql(`alter table "reject" add "settled_by" uuid null;`);
    this.addSql(
      `comment on column "reject"."settled_by" is '重新报送的回执: receipt of the batch in which the row came again';`,
    );
    this.addSql(`create index "reject_rule" on "reject" ("batch_id", "rule");`);
    // Batches from before.
    this.addSql(
      `update "batch" set "received_on" = ("started_at" at time zone 'Asia/Shanghai')::date, "unlinked" = (select count(*) from "reject" where "batch_id" = "id" and "rule" in ('SUBJECT_CODE_MISSING', 'SUBJECT_CODE_INVALID')) where "finished_at" is not null;`,
    );
    this.addSql(
      `insert into "submitted_item" ("provider", "item", "last_on") select "provider", "item", max("received_on") from "batch", unnest("items") as "item" where "received_on" is not null group by "provider", "item";`,
    );
  }
}
