import { Migration } from '@mikro-orm/migrations';

/** The journal's role counts nothing. */
const RIGHTS = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_journal') then
    revoke all on journal_day, journal_counted from access_journal;
  end if;
end $$`;

export class Report extends Migration {
  override up(): void {
    // Of entries written before it is not known: what they told of counts as organizations. Without a default, or their leaves would change.
    this.addSql(`alter table "journal_entry" add "persons" int null;`);
    this.addSql(`comment on column "journal_entry"."persons" is '查询对象中的自然人数';`);
    this.addSql(
      `create table "journal_day" ("day" date not null, "unit" text not null, "role" text not null, "channel" text not null, "matter" text not null, "kind" text not null, "batch" boolean not null, "outcome" text not null, "entries" bigint not null, "organizations" bigint not null, "persons" bigint not null, primary key ("day", "unit", "role", "channel", "matter", "kind", "batch", "outcome"));`,
    );
    this.addSql(
      `comment on table "journal_day" is '查询统计: entries of the journal by day and what reports count by [SP-stat]';`,
    );
    this.addSql(`comment on column "journal_day"."day" is '查询日期, Asia/Shanghai';`);
    this.addSql(`comment on column "journal_day"."unit" is '查询单位: 统一社会信用代码';`);
    this.addSql(`comment on column "journal_day"."role" is '角色';`);
    this.addSql(`comment on column "journal_day"."channel" is '查询渠道';`);
    this.addSql(`comment on column "journal_day"."matter" is '应用事项编码';`);
    this.addSql(`comment on column "journal_day"."kind" is '应用事项类型, as of when it was counted';`);
    this.addSql(`comment on column "journal_day"."batch" is '批量查询: of more than one subject';`);
    this.addSql(`comment on column "journal_day"."outcome" is 'ANSWERED, or the code of the refusal';`);
    this.addSql(`comment on column "journal_day"."entries" is '日志条数';`);
    this.addSql(
      `comment on column "journal_day"."organizations" is '查询法人和非法人组织次数: organizations that entries told of';`,
    );
    this.addSql(
      `comment on column "journal_day"."persons" is '查询自然人次数: natural persons that entries told of';`,
    );
    this.addSql(
      `create table "journal_counted" ("id" serial primary key, "seq" bigint not null, "look_seq" bigint not null);`,
    );
    this.addSql(
      `comment on table "journal_counted" is '统计进度: up to which entries the journal is in journal_day';`,
    );
    this.addSql(`comment on column "journal_counted"."id" is 'Always 1';`);
    this.addSql(
      `comment on column "journal_counted"."seq" is 'Last entry of journal_entry that is counted';`,
    );
    this.addSql(
      `comment on column "journal_counted"."look_seq" is 'Last row of public_look that is counted';`,
    );
    this.addSql('insert into journal_counted (id, seq, look_seq) values (1, 0, 0);');
    this.addSql(RIGHTS);
  }
}
