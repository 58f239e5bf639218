import { Migration } from '@mikro-orm/migrations';

/** Leaves, tiles and checkpoints are added by the journal's role and changed by nobody [SH-31]. */
const APPEND_ONLY = `do $$ begin
  if exists (select from pg_roles where rolname = 'access_app') then
    revoke insert, update, delete, truncate on journal_leaf, journal_tile, journal_checkpoint from access_app;
  end if;
end $$`;

export class Sealing extends Migration {
  override up(): void {
    this.addSql(
      `create table "journal_leaf" ("index" bigint not null, "seq" bigint not null, "hash" bytea not null, primary key ("index"));`,
    );
    this.addSql(
      `comment on table "journal_leaf" is '日志封存: leaves of the tree over the journal (RFC 6962) [SH-31]';`,
    );
    this.addSql(`comment on column "journal_leaf"."index" is 'Place in the tree, from 0';`);
    this.addSql(`comment on column "journal_leaf"."seq" is 'Entry of the journal';`);
    this.addSql(`comment on column "journal_leaf"."hash" is 'Leaf hash of the entry’s content';`);
    this.addSql(`alter table "journal_leaf" add constraint "journal_leaf_seq_unique" unique ("seq");`);
    this.addSql(
      `create table "journal_tile" ("level" int not null, "index" bigint not null, "hash" bytea not null, primary key ("level", "index"));`,
    );
    this.addSql(
      `comment on table "journal_tile" is '日志封存: complete subtrees of 2^8, 2^16, 2^24 … leaves [SH-31]';`,
    );
    this.addSql(`comment on column "journal_tile"."level" is '8, 16, 24 …: the subtree has 2^level leaves';`);
    this.addSql(
      `comment on column "journal_tile"."index" is 'Place among the subtrees of its level, from 0';`,
    );
    this.addSql(`comment on column "journal_tile"."hash" is 'Node hash';`);
    this.addSql(
      `create table "journal_checkpoint" ("size" bigint not null, "at" timestamptz not null, "note" text not null, primary key ("size"));`,
    );
    this.addSql(
      `comment on table "journal_checkpoint" is '日志检查点: signed roots of the tree (C2SP tlog-checkpoint) [SH-31]';`,
    );
    this.addSql(`comment on column "journal_checkpoint"."size" is 'Leaves';`);
    this.addSql(`comment on column "journal_checkpoint"."at" is '封存时间';`);
    this.addSql(`comment on column "journal_checkpoint"."note" is 'Signed note: name, size and root';`);
    this.addSql(`create index journal_entry_at on journal_entry using brin (at);`);
    this.addSql(APPEND_ONLY);
  }
}
