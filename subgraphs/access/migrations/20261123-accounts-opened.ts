import { Migration } from '@mikro-orm/migrations';

/** Of accounts from before it is not known when they were opened: no later than their last change. */
export class AccountsOpened extends Migration {
  override up(): void {
    this.addSql('alter table "officer_account" add "opened_at" timestamptz not null default now();');
    this.addSql(`comment on column "officer_account"."opened_at" is '开通时间';`);
    this.addSql('update officer_account set opened_at = changed_at;');
  }
}
