import { Migration } from '@mikro-orm/migrations';

/** The journal's role and the sealer's count nothing. */
const rightsOf = (role: string): string => `do $$ begin
  if exists (select from pg_roles where rolname = '${role}') then
    revoke all on review_day, review_subject, review_counted from ${role};
  end if;
end $$`;

export class ReviewRollUp extends Migration {
  override up(): void {
    this.addSql(
      `create table "review_day" ("day" date not null, "unit" text not null, "officer" text not null, "matter" text not null, "first_seq" bigint not null, "last_seq" bigint not null, "subjects" bigint not null, "looks" bigint not null, "caseless" bigint not null, "last_caseless_seq" bigint null, "outside" bigint not null, "last_outside_seq" bigint null, primary key ("day", "unit", "officer", "matter"));`,
    );
    this.addSql(
      `comment on table "review_day" is '日志审查统计: looks of units by day, officer and matter [SH-31]';`,
    );
    this.addSql(`comment on column "review_day"."day" is '查询日期, Asia/Shanghai';`);
    this.addSql(`comment on column "review_day"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(`comment on column "review_day"."officer" is '查询人员: subject of the token, else 姓名';`);
    this.addSql(`comment on column "review_day"."matter" is '应用事项编码';`);
    this.addSql(
      `comment on column "review_day"."first_seq" is 'First entry of the journal that is counted here';`,
    );
    this.addSql(`comment on column "review_day"."last_seq" is 'Last entry';`);
    this.addSql(`comment on column "review_day"."subjects" is '查询主体次数';`);
    this.addSql(`comment on column "review_day"."looks" is '查询次数';`);
    this.addSql(`comment on column "review_day"."caseless" is '未写案件编号的查询次数';`);
    this.addSql(`comment on column "review_day"."last_caseless_seq" is 'Last entry without 案件编号';`);
    this.addSql(
      `comment on column "review_day"."outside" is '非工作时间的查询次数: by the clock, whatever the day';`,
    );
    this.addSql(`comment on column "review_day"."last_outside_seq" is 'Last entry outside working hours';`);
    this.addSql(
      `create table "review_subject" ("day" date not null, "subject_id" uuid not null, "units" text[] not null, "last_seq" bigint not null, primary key ("day", "subject_id"));`,
    );
    this.addSql(
      `comment on table "review_subject" is '日志审查统计: units that looked at a subject, by day [SH-31]';`,
    );
    this.addSql(`comment on column "review_subject"."day" is '查询日期, Asia/Shanghai';`);
    this.addSql(`comment on column "review_subject"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "review_subject"."units" is '查询单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "review_subject"."last_seq" is 'Last entry of the journal that told of it';`,
    );
    this.addSql(`create index review_subject_famous on review_subject (day) where cardinality(units) >= 5;`);
    this.addSql(`create table "review_counted" ("id" serial primary key, "seq" bigint not null);`);
    this.addSql(
      `comment on table "review_counted" is '审查统计进度: up to which entry the journal is in review_day and review_subject';`,
    );
    this.addSql(`comment on column "review_counted"."id" is 'Always 1';`);
    this.addSql(`comment on column "review_counted"."seq" is 'Last entry of journal_entry that is counted';`);
    this.addSql('insert into review_counted (id, seq) values (1, 0);');
    this.addSql(
      `create index journal_leaf_sample on journal_leaf (seq) where ((get_byte(hash, 0) * 256 + get_byte(hash, 1)) % 512) = 0;`,
    );
    for (const role of ['access_journal', 'journal_sealer']) this.addSql(rightsOf(role));
  }
}
