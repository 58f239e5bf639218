import { Migration } from '@mikro-orm/migrations';

/** The journal's role and the sealer's count nothing. */
const rightsOf = (role: string): string => `do $$ begin
  if exists (select from pg_roles where rolname = '${role}') then
    revoke all on journal_month, journal_use_day, journal_use_month, journal_month_counted from ${role};
  end if;
end $$`;

const USE = `"unit" text not null, "provider" text not null, "kind" text not null, "organizations" bigint not null, "persons" bigint not null`;

export class ReportMonths extends Migration {
  override up(): void {
    this.addSql(
      `create table "journal_month" ("month" date not null, "unit" text not null, "role" text not null, "channel" text not null, "matter" text not null, "kind" text not null, "batch" boolean not null, "outcome" text not null, "entries" bigint not null, "organizations" bigint not null, "persons" bigint not null, primary key ("month", "unit", "role", "channel", "matter", "kind", "batch", "outcome"));`,
    );
    this.addSql(
      `comment on table "journal_month" is '查询统计: entries of the journal by month and what reports count by [SP-stat]';`,
    );
    this.addSql(`comment on column "journal_month"."month" is '查询月份: its first day, Asia/Shanghai';`);
    this.addSql(`comment on column "journal_month"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(`comment on column "journal_month"."role" is '角色';`);
    this.addSql(`comment on column "journal_month"."channel" is '查询渠道';`);
    this.addSql(`comment on column "journal_month"."matter" is '应用事项编码';`);
    this.addSql(`comment on column "journal_month"."kind" is '应用事项类型, as of when it was counted';`);
    this.addSql(`comment on column "journal_month"."batch" is '批量查询: of more than one subject';`);
    this.addSql(`comment on column "journal_month"."outcome" is 'ANSWERED, or the code of the refusal';`);
    this.addSql(`comment on column "journal_month"."entries" is '日志条数';`);
    this.addSql(
      `comment on column "journal_month"."organizations" is '查询法人和非法人组织次数: organizations that entries told of';`,
    );
    this.addSql(
      `comment on column "journal_month"."persons" is '查询自然人次数: natural persons that entries told of';`,
    );
    this.addSql(
      `insert into journal_month (month, unit, role, channel, matter, kind, batch, outcome, entries, organizations, persons)
       select date_trunc('month', day)::date, unit, role, channel, matter, kind, batch, outcome, sum(entries), sum(organizations), sum(persons)
       from journal_day group by 1, 2, 3, 4, 5, 6, 7, 8;`,
    );
    this.uses('journal_use_day', 'day', '查询日期, Asia/Shanghai');
    this.uses('journal_use_month', 'month', '查询月份: its first day, Asia/Shanghai');
    this.addSql(
      `create table "journal_month_counted" ("month" date not null, "revision" bigint not null, primary key ("month"));`,
    );
    this.addSql(
      `comment on table "journal_month_counted" is '统计进度: months of the journal, and how often something was added to one';`,
    );
    this.addSql(
      `comment on column "journal_month_counted"."month" is '查询月份: its first day, Asia/Shanghai';`,
    );
    this.addSql(`comment on column "journal_month_counted"."revision" is 'Grows with whatever is added';`);
    this.addSql(
      `insert into journal_month_counted (month, revision) select distinct month, 1 from journal_month;`,
    );
    // Who provided an item says the catalogue, which is another database: uses are counted from the beginning of the journal by the application.
    this.addSql(`alter table "journal_counted" add column "use_seq" bigint not null default 0;`);
    this.addSql(`alter table "journal_counted" alter column "use_seq" drop default;`);
    this.addSql(
      `comment on column "journal_counted"."use_seq" is 'Last entry of journal_entry that is counted in journal_use_day';`,
    );
    for (const role of ['access_journal', 'journal_sealer']) this.addSql(rightsOf(role));
  }

  private uses(table: string, when: 'day' | 'month', comment: string): void {
    this.addSql(
      `create table "${table}" ("${when}" date not null, ${USE}, primary key ("${when}", "unit", "provider", "kind"));`,
    );
    this.addSql(
      `comment on table "${table}" is '信息应用统计: uses of information by ${when} and who provided it [SP-measures]';`,
    );
    this.addSql(`comment on column "${table}"."${when}" is '${comment}';`);
    this.addSql(`comment on column "${table}"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "${table}"."provider" is '信息提供单位 of the items told of, as of when it was counted';`,
    );
    this.addSql(`comment on column "${table}"."kind" is '应用事项类型, as of when it was counted';`);
    this.addSql(`comment on column "${table}"."organizations" is '应用法人和非法人组织信息次数';`);
    this.addSql(`comment on column "${table}"."persons" is '应用自然人信息次数';`);
  }
}
