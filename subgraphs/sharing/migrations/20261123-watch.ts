import { Migration } from '@mikro-orm/migrations';

const COMMENTS: Record<string, Record<string, string>> = {
  scope_item: {
    '': '目录快照: items that each scope opens (0 社会公开·法人, -3 社会公开·自然人, else the number of a matter 应用事项)',
    scope: '0: public about organizations; -3: public about natural persons; else the number of a matter',
    item_id: '目录事项: number of the catalogue item',
  },
  scope_revision: {
    '': '目录版本: revision of the catalogue that scope_item follows',
    id: 'Always 1',
    revision: '目录修订号',
  },
  watch_list: {
    '': '监测名单: subjects that a unit watches for one of its matters [SP-watch]',
    id: '名单编号',
    ordinal: 'Order of creation',
    unit: '查询单位: 统一社会信用代码',
    matter_id: '应用事项: its number, which is that of its scope',
    matter: '应用事项编码',
    name: '名单名称',
    public_only: 'Whether it is a credit service agency’s: public items alone',
    created_at: '创建时间',
  },
  watched: {
    '': '监测对象: subjects on watch lists [SP-watch]',
    subject_id: '信息主体: pseudonymous id',
    list_id: '名单编号',
    person: 'Whether it was named by the code of a natural person',
    since: '列入时间',
  },
  alert: {
    '': '预警: a change of a record of a watched subject, inside the scope of the list’s matter [SP-watch]',
    list_id: '名单编号',
    seq: 'Place of the change in the order of changes',
    id: '预警编号',
    subject_id: '信息主体: pseudonymous id',
    person: 'Whether the subject is a natural person',
    item_id: '目录事项: number of the catalogue item',
    record_type: 'GraphQL type of the record',
    record_id: 'Id of the record',
    jurisdiction: '适用地区: the record’s',
    change: '变更类型: ADDED, CORRECTED, ARCHIVED and so on',
    visible_until: '查询期限届满日 of the record as of its newest change; null: none is running',
    public_until: 'Last day on which the record is public, as of its newest change; null: no limit',
    at: '变更时间',
    raised_at: '预警时间',
    read_at: '阅读时间',
  },
};

export class Watch extends Migration {
  override up(): void {
    this.addSql(
      `create table "scope_item" ("scope" int not null, "item_id" int not null, primary key ("scope", "item_id"));`,
    );
    this.addSql(
      `create table "scope_revision" ("id" serial, "revision" bigint not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "watch_list" ("id" uuid not null, "ordinal" bigserial, "unit" varchar(18) not null, "matter_id" int not null, "matter" text not null, "name" text not null, "public_only" boolean not null, "created_at" timestamptz not null default now(), primary key ("id"));`,
    );
    this.addSql(
      `alter table "watch_list" add constraint "watch_list_name" unique ("unit", "matter_id", "name");`,
    );
    this.addSql(
      `create table "watched" ("subject_id" uuid not null, "list_id" uuid not null, "person" boolean not null, "since" timestamptz not null default now(), primary key ("subject_id", "list_id"));`,
    );
    this.addSql(`create index "watched_list" on "watched" ("list_id");`);
    this.addSql(
      `create table "alert" ("list_id" uuid not null, "seq" bigint not null, "id" uuid not null default uuidv7(), "subject_id" uuid not null, "person" boolean not null, "item_id" int not null, "record_type" text not null, "record_id" uuid not null, "jurisdiction" varchar(6) not null, "change" text not null, "visible_until" date null, "public_until" date null, "at" timestamptz not null, "raised_at" timestamptz not null default now(), "read_at" timestamptz null, primary key ("list_id", "seq"));`,
    );
    this.addSql(`create unique index alert_id on alert (id);`);
    this.addSql(`create index "alert_record" on "alert" ("record_id");`);
    for (const [table, columns] of Object.entries(COMMENTS))
      for (const [column, comment] of Object.entries(columns))
        this.addSql(
          `comment on ${column ? `column "${table}"."${column}"` : `table "${table}"`} is '${comment}';`,
        );
  }
}
