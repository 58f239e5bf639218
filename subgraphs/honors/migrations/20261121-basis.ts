import { Migration } from '@mikro-orm/migrations';

export class Basis extends Migration {
  override up(): void {
    this.addSql(`alter table "red_listing" add column "basis" text null`);
    this.addSql(`comment on column "red_listing"."basis" is '认定依据: the ground of the entry'`);
  }
}
