import { Migration } from '@mikro-orm/migrations';

export class Report extends Migration {
  override up(): void {
    this.addSql(
      `create table "batch_item" ("batch_id" uuid not null, "item" text not null, "accepted" int not null, primary key ("batch_id", "item"));`,
    );
    this.addSql(`comment on table "batch_item" is '各批次按事项的入库条数, for statistics [SP-stat]';`);
    this.addSql(`comment on column "batch_item"."batch_id" is 'Receipt number';`);
    this.addSql(`comment on column "batch_item"."item" is '目录事项编码';`);
    this.addSql(`comment on column "batch_item"."accepted" is '入库条数';`);
    this.addSql(`create index "batch_received_on" on "batch" ("received_on");`);
    // Of batches from before that had items for organizations and for persons, it is not known which record was whose.
    this.addSql(
      `insert into "batch_item" ("batch_id", "item", "accepted") select "id", "items"[1], "accepted" from "batch" where cardinality("items") = 1 and "accepted" > 0;`,
    );
  }
}
