import { Migration } from '@mikro-orm/migrations';
import { publicAfterOf } from '../../../records/changes/migration.ts';

export class PublicAfter extends Migration {
  override up(): void {
    for (const text of publicAfterOf('change')) this.addSql(text);
  }
}
