import { Migration } from '@mikro-orm/migrations';

/** Nobody changes an entry, not even the application that the database is made for [SH-31]. */
const APPEND_ONLY = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_app') then
    revoke update, delete, truncate on journal_entry, public_look from access_app;
  end if;
end $$`;

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "journal_entry" ("seq" bigserial primary key, "id" uuid not null, "at" timestamptz not null, "officer_id" text null, "officer" text null, "unit" text null, "role" text null, "channel" text not null, "matter" text null, "case_number" text null, "note" text null, "operation" text not null, "subjects" uuid[] not null, "items" text[] not null, "counts" int[] not null, "outcome" text not null);`,
    );
    this.addSql(
      `comment on table "journal_entry" is '查询日志: one entry a query, committed before its answer left [SH-19, ZD-25]';`,
    );
    this.addSql(`comment on column "journal_entry"."seq" is 'Order of writing';`);
    this.addSql(`comment on column "journal_entry"."id" is 'Receipt number that the answer names';`);
    this.addSql(`comment on column "journal_entry"."at" is '查询时间';`);
    this.addSql(`comment on column "journal_entry"."officer_id" is 'Subject of the token';`);
    this.addSql(`comment on column "journal_entry"."officer" is '查询人员姓名';`);
    this.addSql(`comment on column "journal_entry"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(`comment on column "journal_entry"."role" is '角色; null: the public';`);
    this.addSql(`comment on column "journal_entry"."channel" is '查询渠道';`);
    this.addSql(`comment on column "journal_entry"."matter" is '用途: 应用事项编码';`);
    this.addSql(`comment on column "journal_entry"."case_number" is '案件编号';`);
    this.addSql(`comment on column "journal_entry"."note" is '说明';`);
    this.addSql(`comment on column "journal_entry"."operation" is 'Name of the operation, or its hash';`);
    this.addSql(
      `comment on column "journal_entry"."subjects" is '查询对象: pseudonymous ids of subjects that the answer told of';`,
    );
    this.addSql(`comment on column "journal_entry"."items" is '查询内容: codes of the items disclosed';`);
    this.addSql(
      `comment on column "journal_entry"."counts" is 'Records disclosed of each item, in the same order';`,
    );
    this.addSql(`comment on column "journal_entry"."outcome" is 'ANSWERED, or the code of the refusal';`);
    this.addSql(`create index "journal_entry_id" on "journal_entry" ("id");`);
    this.addSql(`create index journal_entry_subjects on journal_entry using gin (subjects);`);
    this.addSql(`create index "journal_entry_unit" on "journal_entry" ("unit", "seq");`);
    this.addSql(
      `create table "public_look" ("seq" bigserial primary key, "at" timestamptz not null default now(), "channel" text not null, "looks" bigint not null);`,
    );
    this.addSql(`comment on table "public_look" is '社会查询计数: public looks at organizations';`);
    this.addSql(`comment on column "public_look"."seq" is 'Order of writing';`);
    this.addSql(`comment on column "public_look"."at" is 'End of the seconds counted';`);
    this.addSql(`comment on column "public_look"."channel" is '查询渠道';`);
    this.addSql(`comment on column "public_look"."looks" is '查询次数';`);
    this.addSql(APPEND_ONLY);
  }
}
