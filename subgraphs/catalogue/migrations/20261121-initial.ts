import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(`create table "catalogue_revision" (
      "id" int not null,
      "revision" bigint not null,
      primary key ("id"))`);
    this.addSql(
      `comment on table "catalogue_revision" is '目录版本号: how often the catalogue has changed; one row'`,
    );
    this.addSql(`comment on column "catalogue_revision"."id" is 'Always 1'`);
    this.addSql(`comment on column "catalogue_revision"."revision" is 'Grows by one with every change'`);
    this.addSql(`create table "unit" (
      "code" varchar(18) not null,
      "name" text not null,
      "kind" varchar(24) not null,
      "jurisdiction" varchar(6) not null,
      "search_key" text not null,
      "search_grams" text[] not null,
      primary key ("code"))`);
    this.addSql(`comment on table "unit" is '单位: units that provide or query information'`);
    this.addSql(`comment on column "unit"."code" is '统一社会信用代码'`);
    this.addSql(`comment on column "unit"."name" is '单位名称'`);
    this.addSql(`comment on column "unit"."kind" is '单位类型, seven as in the 2016 report'`);
    this.addSql(`comment on column "unit"."jurisdiction" is '所在地区: GB/T 2260 division code'`);
    this.addSql(
      `comment on column "unit"."search_key" is 'Name and code in the form in which text is compared'`,
    );
    this.addSql(`comment on column "unit"."search_grams" is 'Pairs of letters of the search key'`);
    this.addSql(
      `create index unit_search on unit using gin (search_grams) with (gin_pending_list_limit = 256)`,
    );
    this.addSql(`create index "unit_kind" on "unit" ("kind", "code")`);
    this.addSql(`create table "behaviour" (
      "code" varchar(64) not null,
      "name" text not null,
      "unit" varchar(18) not null,
      "effect" varchar(16) not null,
      "grade" varchar(8) null,
      "national" boolean not null,
      "basis" text null,
      "valid_from" date not null,
      "valid_to" date null,
      "search_key" text not null,
      "search_grams" text[] not null,
      primary key ("code"))`);
    this.addSql(`comment on table "behaviour" is '行为清单: graded conduct, punished or rewarded [SH-17]'`);
    this.addSql(`comment on column "behaviour"."code" is '行为编码'`);
    this.addSql(`comment on column "behaviour"."name" is '行为名称'`);
    this.addSql(`comment on column "behaviour"."unit" is '认定单位: 统一社会信用代码'`);
    this.addSql(`comment on column "behaviour"."effect" is 'PUNISHMENT 惩戒, INCENTIVE 激励'`);
    this.addSql(
      `comment on column "behaviour"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重; null: an incentive'`,
    );
    this.addSql(`comment on column "behaviour"."national" is '国家级 (true) or 市级'`);
    this.addSql(`comment on column "behaviour"."basis" is '依据'`);
    this.addSql(`comment on column "behaviour"."valid_from" is 'First day in force'`);
    this.addSql(`comment on column "behaviour"."valid_to" is 'Last day in force; null: none set'`);
    this.addSql(
      `comment on column "behaviour"."search_key" is 'Name and code in the form in which text is compared'`,
    );
    this.addSql(`comment on column "behaviour"."search_grams" is 'Pairs of letters of the search key'`);
    this.addSql(
      `create index behaviour_search on behaviour using gin (search_grams) with (gin_pending_list_limit = 256)`,
    );
    this.addSql(`create table "item" (
      "id" serial primary key,
      "code" varchar(64) not null)`);
    this.addSql(
      `comment on table "item" is '目录事项: the number that records of an item carry, the same through all its versions'`,
    );
    this.addSql(`comment on column "item"."id" is 'Number of the item'`);
    this.addSql(`comment on column "item"."code" is '事项编码'`);
    this.addSql(`alter table "item" add constraint "item_code" unique ("code")`);
    this.addSql(`create table "item_version" (
      "item_id" int not null,
      "version" int not null,
      "code" varchar(64) not null,
      "name" text not null,
      "class" varchar(16) not null,
      "tier" varchar(16) not null,
      "jurisdiction" varchar(6) not null,
      "provider" varchar(18) not null,
      "data_standard" varchar(32) not null,
      "record_type" varchar(64) not null,
      "about_persons" boolean not null,
      "negative" boolean not null,
      "grade" varchar(8) null,
      "validity_period" varchar(16) null,
      "update_cycle" text not null,
      "use_scope" text null,
      "valid_from" date not null,
      "valid_to" date null,
      "search_key" text not null,
      "search_grams" text[] not null,
      "published_at" timestamptz not null default now(),
      primary key ("item_id", "version"))`);
    this.addSql(
      `comment on table "item_version" is '数据清单: what holds of an item from a day to a day [JS-9, SH-15, NT-8]'`,
    );
    this.addSql(`comment on column "item_version"."item_id" is 'Number of the item'`);
    this.addSql(
      `comment on column "item_version"."version" is '版本: 1 for the first, in the order of publication'`,
    );
    this.addSql(`comment on column "item_version"."code" is '事项编码'`);
    this.addSql(`comment on column "item_version"."name" is '事项名称'`);
    this.addSql(`comment on column "item_version"."class" is '信息类别, eight as in the 2016 report'`);
    this.addSql(
      `comment on column "item_version"."tier" is '公开属性: PUBLIC 社会公开, SHARED 政府共享, AUTHORIZED 授权查询'`,
    );
    this.addSql(`comment on column "item_version"."jurisdiction" is '适用地区: GB/T 2260 division code'`);
    this.addSql(`comment on column "item_version"."provider" is '提供单位: 统一社会信用代码'`);
    this.addSql(
      `comment on column "item_version"."data_standard" is '数据标准: layout of its records, or graphql'`,
    );
    this.addSql(`comment on column "item_version"."record_type" is 'GraphQL type of its records'`);
    this.addSql(
      `comment on column "item_version"."about_persons" is 'True: about 自然人; false: about 法人和非法人组织'`,
    );
    this.addSql(`comment on column "item_version"."negative" is '失信信息'`);
    this.addSql(
      `comment on column "item_version"."grade" is '失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重; null: records carry their own'`,
    );
    this.addSql(
      `comment on column "item_version"."validity_period" is '有效期限: ISO 8601 period; null: the jurisdiction decides'`,
    );
    this.addSql(`comment on column "item_version"."update_cycle" is '更新周期'`);
    this.addSql(`comment on column "item_version"."use_scope" is '使用范围'`);
    this.addSql(`comment on column "item_version"."valid_from" is 'First day in force'`);
    this.addSql(
      `comment on column "item_version"."valid_to" is 'Last day in force; null: none set; before the first day: replaced before it came into force'`,
    );
    this.addSql(
      `comment on column "item_version"."search_key" is 'Name and code in the form in which text is compared'`,
    );
    this.addSql(`comment on column "item_version"."search_grams" is 'Pairs of letters of the search key'`);
    this.addSql(`comment on column "item_version"."published_at" is '发布时间'`);
    this.addSql(`create index "item_version_code" on "item_version" ("code", "valid_from")`);
    this.addSql(`create index "item_version_place" on "item_version" ("jurisdiction", "code")`);
    this.addSql(`create index "item_version_provider" on "item_version" ("provider", "code")`);
    this.addSql(`create index "item_version_class" on "item_version" ("class", "code")`);
    this.addSql(
      `create index item_version_search on item_version using gin (search_grams) with (gin_pending_list_limit = 256)`,
    );
    this.addSql(`create table "matter" (
      "id" serial primary key,
      "code" varchar(64) not null)`);
    this.addSql(
      `comment on table "matter" is '应用事项: the number that scopes carry, the same through all versions of a matter'`,
    );
    this.addSql(`comment on column "matter"."id" is 'Number of the matter'`);
    this.addSql(`comment on column "matter"."code" is '事项编码'`);
    this.addSql(`alter table "matter" add constraint "matter_code" unique ("code")`);
    this.addSql(`create table "matter_version" (
      "matter_id" int not null,
      "version" int not null,
      "code" varchar(64) not null,
      "name" text not null,
      "unit" varchar(18) not null,
      "kind" varchar(32) not null,
      "about_persons" boolean not null,
      "basis" text null,
      "valid_from" date not null,
      "valid_to" date null,
      "search_key" text not null,
      "search_grams" text[] not null,
      "published_at" timestamptz not null default now(),
      primary key ("matter_id", "version"))`);
    this.addSql(
      `comment on table "matter_version" is '应用清单: what holds of a matter from a day to a day [SH-18]'`,
    );
    this.addSql(`comment on column "matter_version"."matter_id" is 'Number of the matter'`);
    this.addSql(
      `comment on column "matter_version"."version" is '版本: 1 for the first, in the order of publication'`,
    );
    this.addSql(`comment on column "matter_version"."code" is '事项编码'`);
    this.addSql(`comment on column "matter_version"."name" is '事项名称'`);
    this.addSql(`comment on column "matter_version"."unit" is '应用单位: 统一社会信用代码'`);
    this.addSql(`comment on column "matter_version"."kind" is '应用事项类型, eight as in the 2016 report'`);
    this.addSql(
      `comment on column "matter_version"."about_persons" is 'True: the matter concerns natural persons'`,
    );
    this.addSql(`comment on column "matter_version"."basis" is '法律依据'`);
    this.addSql(`comment on column "matter_version"."valid_from" is 'First day in force'`);
    this.addSql(
      `comment on column "matter_version"."valid_to" is 'Last day in force; null: none set; before the first day: replaced before it came into force'`,
    );
    this.addSql(
      `comment on column "matter_version"."search_key" is 'Name and code in the form in which text is compared'`,
    );
    this.addSql(`comment on column "matter_version"."search_grams" is 'Pairs of letters of the search key'`);
    this.addSql(`comment on column "matter_version"."published_at" is '发布时间'`);
    this.addSql(`create index "matter_version_code" on "matter_version" ("code", "valid_from")`);
    this.addSql(`create index "matter_version_unit" on "matter_version" ("unit", "code")`);
    this.addSql(
      `create index matter_version_search on matter_version using gin (search_grams) with (gin_pending_list_limit = 256)`,
    );
    this.addSql(`create table "matter_scope" (
      "matter_id" int not null,
      "version" int not null,
      "item_id" int not null,
      primary key ("matter_id", "version", "item_id"))`);
    this.addSql(`comment on table "matter_scope" is '信息范围: items that a version of a matter opens'`);
    this.addSql(`comment on column "matter_scope"."matter_id" is 'Number and version of the matter'`);
    this.addSql(`comment on column "matter_scope"."version" is 'Number and version of the matter'`);
    this.addSql(`comment on column "matter_scope"."item_id" is 'Number of the item'`);
    this.addSql(
      `alter table "behaviour" add constraint "behaviour_unit_foreign" foreign key ("unit") references "unit" ("code")`,
    );
    this.addSql(
      `alter table "item_version" add constraint "item_version_item_id_foreign" foreign key ("item_id") references "item" ("id")`,
    );
    this.addSql(
      `alter table "item_version" add constraint "item_version_provider_foreign" foreign key ("provider") references "unit" ("code")`,
    );
    this.addSql(
      `alter table "matter_version" add constraint "matter_version_matter_id_foreign" foreign key ("matter_id") references "matter" ("id")`,
    );
    this.addSql(
      `alter table "matter_version" add constraint "matter_version_unit_foreign" foreign key ("unit") references "unit" ("code")`,
    );
    this.addSql(
      `alter table "matter_scope" add constraint "matter_scope_matter_id_version_foreign" foreign key ("matter_id", "version") references "matter_version" ("matter_id", "version") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "matter_scope" add constraint "matter_scope_item_id_foreign" foreign key ("item_id") references "item" ("id") on update cascade on delete cascade`,
    );
    this.addSql(`insert into "catalogue_revision" ("id", "revision") values (1, 0)`);
  }
}
