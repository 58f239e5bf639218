import { Migration } from '@mikro-orm/migrations';

export class EvidenceTable extends Migration {
  override up(): void {
    this.addSql(
      `create table "evidence" ("digest" varchar(64) not null, "owner" varchar(36) not null, "size" int not null, "content_type" text null, "sealed_name" bytea null, "content" bytea not null, "stored_at" timestamptz not null default now(), primary key ("digest", "owner"));`,
    );
    // Ciphertext does not shrink: it is stored out of line as it is.
    this.addSql(`alter table "evidence" alter column "content" set storage external;`);
    this.addSql(`comment on table "evidence" is '证明材料: files given with objections and applications';`);
    this.addSql(`comment on column "evidence"."digest" is 'SHA-256 of the file, in hex';`);
    this.addSql(
      `comment on column "evidence"."owner" is '提交人: pseudonymous id of a subject, or 统一社会信用代码 of a unit';`,
    );
    this.addSql(`comment on column "evidence"."size" is 'Bytes';`);
    this.addSql(`comment on column "evidence"."content_type" is 'Type as who gave it said';`);
    this.addSql(`comment on column "evidence"."sealed_name" is '文件名, sealed: it may name a person';`);
    this.addSql(`comment on column "evidence"."content" is 'The file, sealed';`);
    this.addSql(`comment on column "evidence"."stored_at" is '提交时间';`);
    this.addSql(`create index "evidence_owner" on "evidence" ("owner", "stored_at");`);
  }
}
