import { Migration } from '@mikro-orm/migrations';

/** The same two tables in every part that gives and takes orders. Once released it is never edited: a change is a new migration. */
export class Orders extends Migration {
  override up(): void {
    this.addSql(
      `create table "order_applied" ("id" uuid not null, "applied_at" timestamptz not null default now(), "outcome" text not null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "order_applied" is '已执行指令: orders that were carried out here, so that a repetition changes nothing';`,
    );
    this.addSql(`comment on column "order_applied"."id" is '指令编号';`);
    this.addSql(`comment on column "order_applied"."applied_at" is '执行时间';`);
    this.addSql(`comment on column "order_applied"."outcome" is 'DONE, or why there was nothing to do';`);
    this.addSql(
      `create table "order_outbox" ("seq" bigserial primary key, "id" uuid not null, "recipient" text not null, "record_type" text not null, "subject_id" uuid not null, "record_id" uuid not null, "action" jsonb not null, "created_at" timestamptz not null default now(), "applied_at" timestamptz null, "attempts" int not null default 0, "last_error" text null);`,
    );
    this.addSql(
      `comment on table "order_outbox" is '指令发件箱: orders about records to other parts, each carried out once and in order';`,
    );
    this.addSql(`comment on column "order_outbox"."seq" is 'Order of writing';`);
    this.addSql(
      `comment on column "order_outbox"."id" is 'By which whoever carries it out knows a repetition';`,
    );
    this.addSql(
      `comment on column "order_outbox"."recipient" is 'Name of the subgraph that carries it out';`,
    );
    this.addSql(`comment on column "order_outbox"."record_type" is 'GraphQL type of the record';`);
    this.addSql(`comment on column "order_outbox"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "order_outbox"."record_id" is 'Id of the record';`);
    this.addSql(`comment on column "order_outbox"."action" is '指令内容';`);
    this.addSql(`comment on column "order_outbox"."created_at" is '指令时间';`);
    this.addSql(
      `comment on column "order_outbox"."applied_at" is '执行时间; null: still to be carried out';`,
    );
    this.addSql(`comment on column "order_outbox"."attempts" is 'Times it was tried';`);
    this.addSql(`comment on column "order_outbox"."last_error" is 'Why it failed last';`);
    this.addSql(
      `create index order_outbox_open on order_outbox (recipient, record_id, seq) where applied_at is null;`,
    );
  }
}
