import { Migration } from '@mikro-orm/migrations';

/**
 * Who writes entries does not seal them, and the other way round: neither can make an entry and its leaf [SH-31]. A role that is not there
 * yet is made before the migrations run, by whoever provisions the databases.
 */
const RIGHTS = `do $$ begin
  if exists (select from pg_roles where rolname = 'journal_sealer') then
    grant select on journal_entry, journal_leaf, journal_tile, journal_checkpoint to journal_sealer;
    grant insert on journal_leaf, journal_tile, journal_checkpoint to journal_sealer;
  end if;
  if exists (select from pg_roles where rolname = 'access_journal') then
    revoke insert on journal_leaf, journal_tile, journal_checkpoint from access_journal;
  end if;
end $$`;

export class Sealer extends Migration {
  override up(): void {
    this.addSql(RIGHTS);
  }
}
