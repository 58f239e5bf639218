import { Migration } from '@mikro-orm/migrations';

export class Procedure extends Migration {
  override up(): void {
    this.addSql(`alter table "administrative_penalty" add "procedure" text null;`);
    this.addSql(
      `comment on column "administrative_penalty"."procedure" is '处罚程序: general or summary; null where the decision does not say [SH-12]';`,
    );
  }
}
