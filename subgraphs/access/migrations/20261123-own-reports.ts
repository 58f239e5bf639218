import { Migration } from '@mikro-orm/migrations';

export class OwnReports extends Migration {
  override up(): void {
    this.addSql(`create index credit_report_own on credit_report (subject_id, seq) where unit is null;`);
  }
}
