import { Migration } from '@mikro-orm/migrations';

const COMMENTS: Record<string, Record<string, string>> = {
  webhook: {
    '': '推送地址: where a recipient is told of changes, and how far it acknowledged them [SP-push]',
    unit: '接收单位: 统一社会信用代码',
    version: 'Another one whenever it is recorded anew: what was sent before counts no more',
    matter: '应用事项编码 whose scope it is told of',
    public_only: 'Whether it is a credit service agency’s: public items alone',
    url: '推送地址',
    secret: '签名密钥, sealed',
    position: 'Changes up to this place are acknowledged, or not for this recipient',
    acknowledged_at: '最近确认时间',
    attempts: '连续失败次数',
    failing_since: '失败起始时间; null: it does not fail',
    next_try: '下次推送时间; null: at once',
    last_error: 'Why the last try failed',
    recorded_by: '登记单位: the center’s unit',
    recorded_at: '登记时间',
  },
  withdrawn_word: {
    '': '权限取消通报: units whose access was withdrawn, as gateways last told it; one row [SH-34]',
    id: 'Always 1',
    revision: 'Revision of accounts and withdrawals',
    units: '统一社会信用代码 of the units',
    told_at: '通报时间',
  },
};

export class Push extends Migration {
  override up(): void {
    this.addSql(
      `create table "webhook" ("unit" varchar(18) not null, "version" uuid not null, "matter" text not null, "public_only" boolean not null, "url" text not null, "secret" bytea not null, "position" bigint not null, "acknowledged_at" timestamptz null, "attempts" int not null default 0, "failing_since" timestamptz null, "next_try" timestamptz null, "last_error" text null, "recorded_by" varchar(18) not null, "recorded_at" timestamptz not null default now(), primary key ("unit"));`,
    );
    this.addSql(
      `create table "withdrawn_word" ("id" int not null, "revision" bigint not null, "units" text[] not null, "told_at" timestamptz not null, primary key ("id"));`,
    );
    for (const [table, columns] of Object.entries(COMMENTS))
      for (const [column, comment] of Object.entries(columns))
        this.addSql(
          `comment on ${column ? `column "${table}"."${column}"` : `table "${table}"`} is '${comment}';`,
        );
  }
}
