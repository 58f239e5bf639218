import { Migration } from '@mikro-orm/migrations';

export class Rule extends Migration {
  override up(): void {
    this.addSql(`alter table "matter_version" add "rule" jsonb null;`);
    this.addSql(
      `comment on column "matter_version"."rule" is '信用状况核查规则: clauses of negative records that must be absent; null: all in scope [SP-check]';`,
    );
  }
}
