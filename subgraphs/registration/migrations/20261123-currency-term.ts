import { Migration } from '@mikro-orm/migrations';

export class CurrencyTerm extends Migration {
  override up(): void {
    for (const table of ['registration', 'registration_archive']) {
      this.addSql(
        `comment on column "${table}"."capital_currency" is '币种: ISO 4217 code of the currency';`,
      );
    }
  }
}
