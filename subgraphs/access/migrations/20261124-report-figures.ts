import { Migration } from '@mikro-orm/migrations';

/** The journal's role and the sealer's read no figures and keep none. */
const rightsOf = (role: string): string => `do $$ begin
  if exists (select from pg_roles where rolname = '${role}') then
    revoke all on journal_month_figures from ${role};
  end if;
end $$`;

export class ReportFigures extends Migration {
  override up(): void {
    this.addSql(
      `create table "journal_month_figures" ("part" text not null, "month" date not null, "revision" bigint not null, "ground" text not null, "figures" text not null, primary key ("part", "month"));`,
    );
    this.addSql(
      `comment on table "journal_month_figures" is '月度统计结果: what months that are over come to, and what of it is told; derived, worked out anew where it is missing [SP-stat]';`,
    );
    this.addSql(
      `comment on column "journal_month_figures"."part" is '统计部分: table of the sums by month that it is of';`,
    );
    this.addSql(
      `comment on column "journal_month_figures"."month" is '查询月份: its first day, Asia/Shanghai';`,
    );
    this.addSql(
      `comment on column "journal_month_figures"."revision" is 'Of journal_month_counted: it holds for no other';`,
    );
    this.addSql(
      `comment on column "journal_month_figures"."ground" is 'Digest of the rules and of the places of units that it was worked out by: it holds for no other';`,
    );
    this.addSql(
      `comment on column "journal_month_figures"."figures" is '法人和非法人组织、自然人次数 by table and row, as JSON; what is withheld is not in it';`,
    );
    for (const role of ['access_journal', 'journal_sealer']) this.addSql(rightsOf(role));
  }
}
