import { Migration } from '@mikro-orm/migrations';

export class RepairWindows extends Migration {
  override up(): void {
    this.addSql(`alter table "repair_application" drop column "public_until";`);
    this.addSql(`alter table "repair_application" add column "window_unit" varchar(18) null;`);
    this.addSql(
      `comment on column "repair_application"."window_unit" is '受理窗口所属单位: 统一社会信用代码; null: its subject filed it';`,
    );
  }
}
