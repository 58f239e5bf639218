import { Migration } from '@mikro-orm/migrations';

const COMMENTS = {
  unit: '接收单位: 统一社会信用代码',
  day: '推送日期',
  way: '推送方式: PUSHED, acknowledged by its webhook; READ, by `changes`',
  organizations: '法人和非法人组织信息条数',
  persons: '自然人信息条数',
};

export class Given extends Migration {
  override up(): void {
    this.addSql(
      `create table "given_day" ("unit" varchar(18) not null, "day" date not null, "way" text not null, "organizations" int not null, "persons" int not null, primary key ("unit", "day", "way"));`,
    );
    this.addSql(
      `comment on table "given_day" is '数据推送统计: records of whose changes a recipient was told, by day [SP-stat, SP-push]';`,
    );
    for (const [column, comment] of Object.entries(COMMENTS))
      this.addSql(`comment on column "given_day"."${column}" is '${comment}';`);
  }
}
