import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "change" ("seq" bigint not null, "agency" text not null, "position" bigint null, "record_type" text not null, "subject_id" uuid null, "record_id" uuid null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "change" text not null, "visible_until" date null, "shown_until" date null, "public_until" date null, "at" timestamptz not null, "taken_at" timestamptz not null default now(), primary key ("seq"));`,
    );
    this.addSql(
      `comment on table "change" is '信息变更: changes of records and of items’ disclosure, in one order [SP-push]';`,
    );
    this.addSql(`comment on column "change"."seq" is 'Place in the order, without gaps';`);
    this.addSql(
      `comment on column "change"."agency" is 'Subgraph that keeps the record; \`catalogue\` for a change of disclosure';`,
    );
    this.addSql(
      `comment on column "change"."position" is 'Place in the agency’s own log; null: of the catalogue';`,
    );
    this.addSql(`comment on column "change"."record_type" is 'GraphQL type of the record';`);
    this.addSql(`comment on column "change"."subject_id" is '信息主体: pseudonymous id; null: of an item';`);
    this.addSql(`comment on column "change"."record_id" is 'Id of the record; null: of an item';`);
    this.addSql(`comment on column "change"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "change"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "change"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "change"."change" is '变更类型: ADDED, CORRECTED, ARCHIVED and so on, or DISCLOSURE';`,
    );
    this.addSql(
      `comment on column "change"."visible_until" is '查询期限届满日 after the change; null: no term running';`,
    );
    this.addSql(
      `comment on column "change"."shown_until" is 'Last day on which the record could be shown before or after the change; null: no limit';`,
    );
    this.addSql(
      `comment on column "change"."public_until" is 'Last day on which it was public before or after the change; null: no limit';`,
    );
    this.addSql(`comment on column "change"."at" is '变更时间';`);
    this.addSql(`comment on column "change"."taken_at" is '汇入时间';`);
    this.addSql(`create index "change_item" on "change" ("item_id", "seq");`);
    this.addSql(`create index "change_subject" on "change" ("subject_id", "seq");`);
    this.addSql(`create index "change_taken" on "change" ("taken_at");`);
    this.addSql(`create unique index change_once on change (agency, position) where position is not null;`);
    this.addSql(
      `create table "change_head" ("id" int not null, "last_seq" bigint not null, "cut_seq" bigint not null, "catalogue_version" bigint not null, primary key ("id"));`,
    );
    this.addSql(
      `insert into "change_head" ("id", "last_seq", "cut_seq", "catalogue_version") values (1, 0, 0, -1);`,
    );
    this.addSql(
      `comment on table "change_head" is '变更序列: its end, and how much of its beginning is gone; one row';`,
    );
    this.addSql(`comment on column "change_head"."id" is 'Always 1';`);
    this.addSql(`comment on column "change_head"."last_seq" is 'Place of the newest change';`);
    this.addSql(
      `comment on column "change_head"."cut_seq" is 'Changes up to this place are no longer kept, or were missed';`,
    );
    this.addSql(
      `comment on column "change_head"."catalogue_version" is 'Version of the catalogue that disclosed_item follows';`,
    );
    this.addSql(
      `create table "change_source" ("agency" text not null, "place" text not null, "collected_at" timestamptz not null default now(), primary key ("agency"));`,
    );
    this.addSql(`comment on table "change_source" is '汇入进度: how far each agency’s log was taken in';`);
    this.addSql(`comment on column "change_source"."agency" is 'Name of the subgraph';`);
    this.addSql(
      `comment on column "change_source"."place" is 'Place in its log, as the agency gave it out';`,
    );
    this.addSql(`comment on column "change_source"."collected_at" is '汇入时间';`);
    this.addSql(
      `create table "disclosed_item" ("item_id" int not null, "tier" text not null, "in_force" boolean not null, primary key ("item_id"));`,
    );
    this.addSql(`comment on table "disclosed_item" is '事项披露方式: as last seen in the catalogue';`);
    this.addSql(`comment on column "disclosed_item"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "disclosed_item"."tier" is '公开属性: PUBLIC, SHARED, AUTHORIZED';`);
    this.addSql(`comment on column "disclosed_item"."in_force" is '是否有效';`);
    this.addSql(
      `create table "recipient" ("unit" varchar(18) not null, "jurisdictions" text[] not null, "classes" text[] null, "items" text[] null, "recorded_by" varchar(18) not null, "recorded_at" timestamptz not null default now(), "withdrawn_at" timestamptz null, primary key ("unit"));`,
    );
    this.addSql(
      `comment on table "recipient" is '信息共享接收单位 and the records whose changes it is given [SP-push]';`,
    );
    this.addSql(`comment on column "recipient"."unit" is '接收单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "recipient"."jurisdictions" is '接收地区: division codes; what is under each is among it';`,
    );
    this.addSql(`comment on column "recipient"."classes" is '信息类别; null: all';`);
    this.addSql(`comment on column "recipient"."items" is '事项编码; null: all';`);
    this.addSql(`comment on column "recipient"."recorded_by" is '登记单位: the center’s unit';`);
    this.addSql(`comment on column "recipient"."recorded_at" is '登记时间';`);
    this.addSql(`comment on column "recipient"."withdrawn_at" is '取消时间; null: it is given changes';`);
  }
}
