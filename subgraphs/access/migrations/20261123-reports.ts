import { Migration } from '@mikro-orm/migrations';

/** The journal's role reaches none of it. */
const RIGHTS = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_journal') then
    revoke all on credit_report from access_journal;
  end if;
end $$`;

const COMMENTS: Record<string, string> = {
  '': '信用报告: what was given out, by number and digest [SR-29b, JS-19, JS-20]',
  number: '报告编号',
  seq: 'Order of making',
  digest: 'SHA-256 of the report as canonical JSON, in hex',
  kind: '报告种类: STANDARD, NO_VIOLATION, FINANCE',
  subject_id: '信息主体: pseudonymous id',
  unit: '查询单位: 统一社会信用代码; null: the subject itself',
  matter: '应用事项编码',
  authorization_id: '授权编号 under which it was made',
  agreed_purpose: '约定的查询用途',
  series: 'What a later report has in common with the one it supersedes, hashed',
  made_on: '出具日期',
  made_at: '出具时间',
  entry_id: '查询日志: the entry that tells of it',
  free_year: 'Calendar year of which it is a free one; null: not counted',
  content: 'The report as canonical JSON, sealed; null: erased',
  content_until: 'Last day on which its content is given out again',
};

export class Reports extends Migration {
  override up(): void {
    this.addSql(
      `create table "credit_report" ("number" text not null, "seq" bigserial, "digest" varchar(64) not null, "kind" text not null, "subject_id" uuid not null, "unit" text null, "matter" text null, "authorization_id" uuid null, "agreed_purpose" text null, "series" varchar(64) not null, "made_on" date not null, "made_at" timestamptz not null default now(), "entry_id" uuid not null, "free_year" int null, "content" bytea null, "content_until" date not null, primary key ("number"));`,
    );
    this.addSql('create index "credit_report_series" on "credit_report" ("series", "seq");');
    this.addSql(
      'create index credit_report_free on credit_report (subject_id, free_year) where free_year is not null;',
    );
    this.addSql(
      'create index credit_report_kept on credit_report (content_until) where content is not null;',
    );
    for (const [column, comment] of Object.entries(COMMENTS))
      this.addSql(
        `comment on ${column ? `column "credit_report"."${column}"` : 'table "credit_report"'} is '${comment}';`,
      );
    this.addSql(RIGHTS);
  }
}
