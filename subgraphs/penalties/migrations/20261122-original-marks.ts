import { Migration } from '@mikro-orm/migrations';

export class OriginalMarks extends Migration {
  override up(): void {
    this.addSql(
      `create table "original_mark" ("original_type" text not null, "original_record" uuid not null, "dispute" jsonb not null, primary key ("original_type", "original_record"));`,
    );
    this.addSql(
      `comment on table "original_mark" is '原记录的异议标注: marks of organizations’ records that entries of responsible persons follow [NT-29, SR-28]';`,
    );
    this.addSql(
      `comment on column "original_mark"."original_type" is '原记录类型: GraphQL type of the organization’s record';`,
    );
    this.addSql(
      `comment on column "original_mark"."original_record" is '原记录: id of the organization’s record';`,
    );
    this.addSql(`comment on column "original_mark"."dispute" is '异议标注: since, by, stage, note';`);
  }
}
