import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "batch" ("id" uuid not null, "layout" text not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "items" text[] not null, "source" text not null, "header" text[] not null, "unknown_columns" text[] not null, "started_at" timestamptz not null default now(), "finished_at" timestamptz null, "received" int not null default 0, "accepted" int not null default 0, "duplicates" int not null default 0, "rejected" int not null default 0, "quarantined" int not null default 0, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "batch" is '归集批次及其回执: one submission and what became of it [ZD-19]';`,
    );
    this.addSql(`comment on column "batch"."id" is 'Receipt number';`);
    this.addSql(`comment on column "batch"."layout" is '数据标准: layout of the rows';`);
    this.addSql(`comment on column "batch"."jurisdiction" is '适用地区';`);
    this.addSql(`comment on column "batch"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "batch"."items" is '目录事项编码';`);
    this.addSql(`comment on column "batch"."source" is 'File name, or submitRecords';`);
    this.addSql(`comment on column "batch"."header" is 'The header as it was sent';`);
    this.addSql(`comment on column "batch"."unknown_columns" is 'Columns that the layout does not know';`);
    this.addSql(`comment on column "batch"."started_at" is '开始时间';`);
    this.addSql(
      `comment on column "batch"."finished_at" is '完成时间; null while it runs or if it broke off';`,
    );
    this.addSql(`comment on column "batch"."received" is '收到条数';`);
    this.addSql(`comment on column "batch"."accepted" is '入库条数';`);
    this.addSql(`comment on column "batch"."duplicates" is '重复条数';`);
    this.addSql(`comment on column "batch"."rejected" is '退回条数';`);
    this.addSql(`comment on column "batch"."quarantined" is '待人工处理条数';`);
    this.addSql(`create index "batch_provider" on "batch" ("provider", "started_at");`);
    this.addSql(
      `create table "reject" ("batch_id" uuid not null, "ordinal" int not null, "line" int not null, "column_name" text null, "rule" text not null, "reason" text not null, "sealed_row" bytea not null, primary key ("batch_id", "ordinal"));`,
    );
    this.addSql(`comment on table "reject" is '退回的行及其理由';`);
    this.addSql(`comment on column "reject"."batch_id" is 'Receipt number';`);
    this.addSql(`comment on column "reject"."ordinal" is 'Order in the batch';`);
    this.addSql(`comment on column "reject"."line" is '行号';`);
    this.addSql(`comment on column "reject"."column_name" is '列名; null: the row as a whole';`);
    this.addSql(`comment on column "reject"."rule" is '规则';`);
    this.addSql(`comment on column "reject"."reason" is '理由';`);
    this.addSql(
      `comment on column "reject"."sealed_row" is 'The row as it was sent, sealed: it may hold identity numbers';`,
    );
  }
}
