import { Migration } from '@mikro-orm/migrations';

/**
 * What an import pays for each change: indexes that nothing reads go, and what is in the order of time anyway has one that costs nothing. That a
 * change is taken in once is settled by the place in its agency's log, which moves in the same transaction. What became of a record later is
 * found by its id; what is new is not looked for.
 */
export class Follow extends Migration {
  override up(): void {
    for (const name of ['change_subject', 'change_once', 'change_taken'])
      this.addSql(`drop index "${name}";`);
    this.addSql('create index change_taken on change using brin (taken_at);');
    this.addSql(`create index change_later on change (record_id, seq) where change <> 'ADDED';`);
  }
}
