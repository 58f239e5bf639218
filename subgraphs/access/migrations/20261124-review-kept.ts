import { Migration } from '@mikro-orm/migrations';

/** Of subjects by day only those stay that a review tells of: one in thousands. */
export class ReviewKept extends Migration {
  override up(): void {
    this.addSql(`alter table "review_counted" add column "newest" date null;`);
    this.addSql(
      `comment on column "review_counted"."newest" is 'Newest day that is counted: days before it are in review_subject';`,
    );
    this.addSql(`update review_counted set newest = (select max(day) from review_day);`);
    this.addSql(`drop index review_subject_famous;`);
    this.addSql(
      `delete from review_subject where cardinality(units) < 5 or day >= (select newest from review_counted);`,
    );
    // Writes the table anew: what was deleted takes no room.
    this.addSql(`alter table "review_subject" alter column "units" type int using cardinality(units);`);
    this.addSql(
      `comment on table "review_subject" is '日志审查统计: subjects that unusually many units looked at, by day [SH-31]';`,
    );
    this.addSql(`comment on column "review_subject"."units" is '查询单位数';`);
  }
}
