import { Migration } from '@mikro-orm/migrations';

export class Lists extends Migration {
  override up(): void {
    this.addSql(`create table "credit_list" (
      "id" serial primary key,
      "code" varchar(64) not null)`);
    this.addSql(
      `comment on table "credit_list" is '名单: the number of a red list or a list of the severely dishonest, the same through all its versions'`,
    );
    this.addSql(`comment on column "credit_list"."id" is 'Number of the list'`);
    this.addSql(`comment on column "credit_list"."code" is '名单编码'`);
    this.addSql(`alter table "credit_list" add constraint "credit_list_code" unique ("code")`);
    this.addSql(`create table "credit_list_version" (
      "credit_list_id" int not null,
      "version" int not null,
      "code" varchar(64) not null,
      "name" text not null,
      "kind" varchar(8) not null,
      "jurisdiction" varchar(6) not null,
      "unit" varchar(18) not null,
      "item_id" int not null,
      "criteria" text not null,
      "remedy" text null,
      "exit" text null,
      "valid_from" date not null,
      "valid_to" date null,
      "published_at" timestamptz not null default now(),
      primary key ("credit_list_id", "version"))`);
    this.addSql(
      `comment on table "credit_list_version" is '名单及其认定标准、救济途径、退出条件 from a day to a day [SH-24, SR-20]'`,
    );
    this.addSql(`comment on column "credit_list_version"."credit_list_id" is 'Number of the list'`);
    this.addSql(
      `comment on column "credit_list_version"."version" is '版本: 1 for the first, in the order of publication'`,
    );
    this.addSql(`comment on column "credit_list_version"."code" is '名单编码'`);
    this.addSql(`comment on column "credit_list_version"."name" is '名单名称'`);
    this.addSql(`comment on column "credit_list_version"."kind" is 'RED 守信红名单, SEVERE 严重失信名单'`);
    this.addSql(
      `comment on column "credit_list_version"."jurisdiction" is '适用地区: GB/T 2260 division code'`,
    );
    this.addSql(`comment on column "credit_list_version"."unit" is '认定单位: 统一社会信用代码'`);
    this.addSql(
      `comment on column "credit_list_version"."item_id" is '目录事项 under which its entries are collected'`,
    );
    this.addSql(`comment on column "credit_list_version"."criteria" is '认定标准'`);
    this.addSql(`comment on column "credit_list_version"."remedy" is '救济途径'`);
    this.addSql(`comment on column "credit_list_version"."exit" is '退出条件'`);
    this.addSql(`comment on column "credit_list_version"."valid_from" is 'First day in force'`);
    this.addSql(
      `comment on column "credit_list_version"."valid_to" is 'Last day in force; null: none set; before the first day: replaced before it came into force'`,
    );
    this.addSql(`comment on column "credit_list_version"."published_at" is '发布时间'`);
    this.addSql(`create index "credit_list_version_code" on "credit_list_version" ("code", "valid_from")`);
    this.addSql(`create index "credit_list_version_place" on "credit_list_version" ("jurisdiction", "code")`);
    this.addSql(
      `alter table "credit_list_version" add constraint "credit_list_version_credit_list_id_foreign" foreign key ("credit_list_id") references "credit_list" ("id")`,
    );
    this.addSql(
      `alter table "credit_list_version" add constraint "credit_list_version_unit_foreign" foreign key ("unit") references "unit" ("code")`,
    );
    this.addSql(
      `alter table "credit_list_version" add constraint "credit_list_version_item_id_foreign" foreign key ("item_id") references "item" ("id")`,
    );
  }
}
