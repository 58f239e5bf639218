import { Migration } from '@mikro-orm/migrations';

export class PropertyDispute extends Migration {
  override up(): void {
    this.addSql(`alter table "judgment" add "property_dispute" boolean null;`);
    this.addSql(
      `comment on column "judgment"."property_dispute" is '涉及财产纠纷: whether it was a dispute over property; null where the court does not say [SH-13]';`,
    );
  }
}
