import { Migration } from '@mikro-orm/migrations';

export class Gate extends Migration {
  override up(): void {
    this.addSql(
      `create table "consent" ("id" uuid not null, "subject_id" uuid not null, "provider" varchar(18) not null, "contents" text[] not null, "document_digest" varchar(64) not null, "valid_from" date not null, "valid_until" date not null, "recorded_by" text not null, "recorded_at" timestamptz not null default now(), "withdrawn_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`comment on table "consent" is '自然人书面同意归集的凭据 [ZD-17]';`);
    this.addSql(`comment on column "consent"."id" is 'Opaque id';`);
    this.addSql(`comment on column "consent"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "consent"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(`comment on column "consent"."contents" is '同意归集的信息内容';`);
    this.addSql(`comment on column "consent"."document_digest" is '书面同意文件的 SHA-256';`);
    this.addSql(`comment on column "consent"."valid_from" is '有效期起';`);
    this.addSql(`comment on column "consent"."valid_until" is '有效期止';`);
    this.addSql(`comment on column "consent"."recorded_by" is '登记人';`);
    this.addSql(`comment on column "consent"."recorded_at" is '登记时间';`);
    this.addSql(`comment on column "consent"."withdrawn_at" is '撤回时间';`);
    this.addSql(`create index "consent_subject" on "consent" ("subject_id", "provider");`);
    this.addSql(
      `create table "quarantined" ("id" uuid not null, "ordinal" bigserial, "batch_id" uuid not null, "line" int not null, "column_name" text null, "content" varchar(24) not null, "word" text not null, "sealed_row" bytea null, "state" varchar(8) not null default 'PENDING', "quarantined_at" timestamptz not null default now(), "decided_at" timestamptz null, "decided_by" text null, "reason" text null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "quarantined" is '待核查的行: free text that may carry what must not be collected [SH-14]';`,
    );
    this.addSql(`comment on column "quarantined"."id" is 'Opaque id';`);
    this.addSql(`comment on column "quarantined"."ordinal" is 'Order of arrival';`);
    this.addSql(`comment on column "quarantined"."batch_id" is 'Receipt number';`);
    this.addSql(`comment on column "quarantined"."line" is '行号';`);
    this.addSql(`comment on column "quarantined"."column_name" is '列名';`);
    this.addSql(`comment on column "quarantined"."content" is '信息内容 that the text seems to speak of';`);
    this.addSql(`comment on column "quarantined"."word" is 'The word by which it was recognized';`);
    this.addSql(
      `comment on column "quarantined"."sealed_row" is 'The row as it was sent, sealed; gone once it is decided';`,
    );
    this.addSql(
      `comment on column "quarantined"."state" is 'PENDING 待核查, RELEASED 予以归集, REFUSED 不予归集';`,
    );
    this.addSql(`comment on column "quarantined"."quarantined_at" is '待核查起始时间';`);
    this.addSql(`comment on column "quarantined"."decided_at" is '决定时间';`);
    this.addSql(`comment on column "quarantined"."decided_by" is '决定人';`);
    this.addSql(`comment on column "quarantined"."reason" is '决定理由';`);
    this.addSql(`create index "quarantined_queue" on "quarantined" ("state", "ordinal");`);
    this.addSql(
      `alter table "batch" add "secrecy_reviewed_by" text null, add "secrecy_reviewed_on" date null;`,
    );
    this.addSql(
      `comment on column "batch"."secrecy_reviewed_by" is '保密审查人, as the provider attested [ZD-18]';`,
    );
    this.addSql(`comment on column "batch"."secrecy_reviewed_on" is '保密审查日期';`);
  }
}
