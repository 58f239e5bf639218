import { Migration } from '@mikro-orm/migrations';

/** The journal's role reaches none of it. */
const RIGHTS = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_journal') then
    revoke all on fact_try, grantee, batch_job, batch_slice from access_journal;
  end if;
end $$`;

const COMMENTS: Record<string, Record<string, string>> = {
  fact_try: {
    '': '数据核验次数 of a caller, a subject and a day [JS-12]',
    unit: '查询单位: 统一社会信用代码',
    officer: '账号: subject of the token',
    subject_id: '信息主体: pseudonymous id',
    day: '日期',
    tries: '次数',
  },
  grantee: {
    '': '信用服务机构批量查询条件 [ZD-29]',
    unit: '单位: 统一社会信用代码',
    licence: '营业执照或者资质证书编号',
    licence_until: '资质有效期止: last day',
    agreement: '保密协议编号',
    agreement_until: '保密协议有效期止: last day',
    approval: '批准文号',
    approval_until: '批准有效期止: last day',
    recorded_by: '登记单位: the center’s unit',
    recorded_at: '登记时间',
  },
  batch_job: {
    '': '批量核查任务 [SH-20b]',
    id: '任务编号',
    unit: '查询单位: 统一社会信用代码',
    asked: '查询人和用途: caller and purpose, as for any look',
    matter: '应用事项编码',
    state: '状态: LOADING, QUEUED, RUNNING, DONE, CANCELLED, STOPPED',
    reason: '中止原因',
    total: '核查总数',
    done: '已核查',
    passed: '通过',
    failed: '未通过',
    unknown: '无法判定',
    created_at: '提交时间',
    ended_at: '结束时间',
    claimed_by: 'The worker that has it',
    claimed_until: 'Until when it is believed to be alive',
  },
  batch_slice: {
    '': '批量核查任务的分段 [SH-20b]',
    job_id: '任务编号',
    number: '段号, from 0',
    rows: 'Lines with the subject’s pseudonymous id, or why there is none; codes of persons hidden',
    results: '核查结果, in the order of the rows',
    entry: '查询日志: the entry that tells of it, before it is in the journal',
    logged_at: 'When its entry was in the journal; results are given out from then on',
  },
};

export class Checks extends Migration {
  override up(): void {
    this.addSql(
      `create table "fact_try" ("unit" text not null, "officer" text not null, "subject_id" uuid not null, "day" date not null, "tries" int not null, primary key ("unit", "officer", "subject_id", "day"));`,
    );
    this.addSql(
      `create table "grantee" ("unit" text not null, "licence" text null, "licence_until" date null, "agreement" text null, "agreement_until" date null, "approval" text null, "approval_until" date null, "recorded_by" text not null, "recorded_at" timestamptz not null default now(), primary key ("unit"));`,
    );
    this.addSql(
      `create table "batch_job" ("id" uuid not null, "unit" text not null, "asked" jsonb not null, "matter" text not null, "state" text not null, "reason" text null, "total" int not null, "done" int not null default 0, "passed" int not null default 0, "failed" int not null default 0, "unknown" int not null default 0, "created_at" timestamptz not null default now(), "ended_at" timestamptz null, "claimed_by" uuid null, "claimed_until" timestamptz null, primary key ("id"));`,
    );
    this.addSql(
      `create index batch_job_open on batch_job (created_at) where state in ('QUEUED', 'RUNNING');`,
    );
    this.addSql(
      `create table "batch_slice" ("job_id" uuid not null, "number" int not null, "rows" jsonb not null, "results" jsonb null, "entry" jsonb null, "logged_at" timestamptz null, primary key ("job_id", "number"));`,
    );
    for (const [table, columns] of Object.entries(COMMENTS))
      for (const [column, comment] of Object.entries(columns))
        this.addSql(
          `comment on ${column ? `column "${table}"."${column}"` : `table "${table}"`} is '${comment}';`,
        );
    this.addSql(RIGHTS);
  }
}
