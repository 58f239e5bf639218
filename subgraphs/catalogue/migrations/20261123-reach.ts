import { Migration } from '@mikro-orm/migrations';

/** What was published before opened every record of its items to districts, and goes on doing so. */
export class Reach extends Migration {
  override up(): void {
    this.addSql(`alter table "matter_version" add "reach" varchar(8) not null default 'CITY';`);
    this.addSql(`alter table "matter_version" alter column "reach" set default 'DISTRICT';`);
    this.addSql(
      `comment on column "matter_version"."reach" is '数据范围: what a district’s credential sees, DISTRICT 本区 or CITY 全市 [SP-sub]';`,
    );
  }
}
