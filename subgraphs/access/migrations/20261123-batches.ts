import { Migration } from '@mikro-orm/migrations';

/** Jobs from before kept what the records hit said: they are not carried over. */
export class Batches extends Migration {
  override up(): void {
    this.addSql('delete from batch_slice;');
    this.addSql('delete from batch_job;');
    this.addSql('alter table "batch_slice" rename column "entry" to "entries";');
    this.addSql(
      `comment on column "batch_slice"."entries" is '查询日志: the entries that tell of it, before they are in the journal';`,
    );
    this.addSql(
      `comment on column "batch_slice"."results" is '核查结果, in the order of the rows; of records that were hit their ids alone';`,
    );
    this.addSql(
      `comment on column "batch_slice"."logged_at" is 'When its entries were in the journal; results are given out from then on';`,
    );
    this.addSql('create index "batch_job_unit" on "batch_job" ("unit", "created_at", "id");');
  }
}
