import { Migration } from '@mikro-orm/migrations';
import type { MigrationObject } from '@mikro-orm/postgresql';
import { snakeCase } from '../kind.ts';
import { changeTriggers } from './triggers.ts';

/** What became of a row, from what it was (`o`) and is (`n`); null: nothing that concerns who keeps a copy. */
const CHANGE = `case
  when o.revoked_at is null and n.revoked_at is not null then 'REVOKED'
  when o.archived_at is null and n.archived_at is not null then 'ARCHIVED'
  when n.revoked_at is not null or n.archived_at is not null then null
  when o.revoked_at is not null or o.archived_at is not null then 'ADDED'
  when o.revision <> n.revision then case when o.collected_at <> n.collected_at then 'RENEWED' else 'CORRECTED' end
  when o.dispute is distinct from n.dispute then case when n.dispute is null then 'UNMARKED' else 'MARKED' end
  when coalesce(n.public_until, 'infinity') < coalesce(o.public_until, 'infinity') then 'WITHHELD'
  when coalesce(n.public_until, 'infinity') > coalesce(o.public_until, 'infinity') then 'LIFTED'
  when o.visible_until is distinct from n.visible_until then 'TERM'
end`;

/** The later of a date before and after; null is later than any. What is gone was last what it was before. */
const later = (column: string): string =>
  `case when c.change in ('REVOKED', 'ARCHIVED') then o.${column}
     when o.${column} is not null and n.${column} is not null then greatest(o.${column}, n.${column}) end`;

const COLUMNS =
  'record_type, subject_id, record_id, item_id, jurisdiction, provider, change, visible_until, shown_until, public_until';

/**
 * What comes back from the archive to be looked at has its old moment of collection: it is not new. Joins are as the planner likes: a
 * delivery switches off those that its own small tables do not want, and without them rows before and after would be compared each with each.
 */
const functions = (publicAfter: boolean): string[] => {
  const columns = publicAfter ? `${COLUMNS}, public_after` : COLUMNS;
  const after = publicAfter ? ', n.public_until' : '';
  return [
    `create or replace function log_added() returns trigger language plpgsql set enable_hashjoin = on as $log$ begin
  insert into record_change (${columns})
  select tg_argv[0], n.subject_id, n.id, n.item_id, n.jurisdiction, n.provider, 'ADDED', n.visible_until, n.visible_until, n.public_until${after}
  from new_rows n where n.collected_at = now() and n.revoked_at is null and n.archived_at is null;
  return null;
end $log$;`,
    `create or replace function log_changed() returns trigger language plpgsql set enable_hashjoin = on as $log$ begin
  insert into record_change (${columns})
  select tg_argv[0], n.subject_id, n.id, n.item_id, n.jurisdiction, n.provider, c.change, n.visible_until,
    ${later('visible_until')}, ${later('public_until')}${after}
  from old_rows o join new_rows n using (subject_id, id) cross join lateral (select ${CHANGE} as change) c
  where c.change is not null;
  return null;
end $log$;`,
  ];
};

/** The log of changes of an agency. Once released it is never edited: a change is a new migration. */
export class ChangeLog extends Migration {
  override up(): void {
    this.addSql(
      `create table "record_change" ("txid" xid8 not null default pg_current_xact_id(), "position" bigserial, "record_type" text not null, "subject_id" uuid not null, "record_id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "provider" varchar(18) not null, "change" text not null, "visible_until" date null, "shown_until" date null, "public_until" date null, "at" timestamptz not null default now(), primary key ("txid", "position"));`,
    );
    this.addSql(
      `comment on table "record_change" is '变更日志: what happened to records kept here, until it was taken in by 信息共享 [SP-push]';`,
    );
    this.addSql(
      `comment on column "record_change"."position" is 'Order of writing; of one record, of its changes';`,
    );
    this.addSql(
      `comment on column "record_change"."txid" is 'The transaction, by which is told what was committed since';`,
    );
    this.addSql(`comment on column "record_change"."record_type" is 'GraphQL type of the record';`);
    this.addSql(`comment on column "record_change"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(`comment on column "record_change"."record_id" is 'Id of the record';`);
    this.addSql(`comment on column "record_change"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`comment on column "record_change"."jurisdiction" is '适用地区: GB/T 2260 division code';`);
    this.addSql(`comment on column "record_change"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "record_change"."change" is '变更类型: ADDED, RENEWED, CORRECTED, MARKED, UNMARKED, WITHHELD, LIFTED, TERM, ARCHIVED, REVOKED';`,
    );
    this.addSql(
      `comment on column "record_change"."visible_until" is '查询期限届满日 after the change; null: no term running';`,
    );
    this.addSql(
      `comment on column "record_change"."shown_until" is 'Last day on which it could be shown before or after the change; null: no limit';`,
    );
    this.addSql(
      `comment on column "record_change"."public_until" is 'Last day on which it was public before or after the change; null: no limit';`,
    );
    this.addSql(`comment on column "record_change"."at" is '变更时间';`);
    this.addSql(
      `create table "record_change_kept" ("id" int not null, "collected" text null, "removed" xid8 null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "record_change_kept" is '变更日志的保留: what of it was taken in, and what is no longer kept; one row';`,
    );
    this.addSql(`comment on column "record_change_kept"."id" is 'Always 1';`);
    this.addSql(
      `comment on column "record_change_kept"."collected" is 'Snapshot up to which it was taken in; null: nothing was';`,
    );
    this.addSql(
      `comment on column "record_change_kept"."removed" is 'Newest transaction whose changes were removed; null: none';`,
    );
    this.addSql(`insert into "record_change_kept" ("id") values (1);`);
    for (const text of functions(false)) this.addSql(text);
  }
}

/** How long a record is public after a change: until then only how long it had been before or after it was known. */
export class PublicAfter extends Migration {
  override up(): void {
    for (const text of publicAfterOf('record_change')) this.addSql(text);
    for (const text of functions(true)) this.addSql(text);
  }
}

/** The log is read on by position. */
export class ByPosition extends Migration {
  override up(): void {
    this.addSql(`create index "record_change_position" on "record_change" ("position");`);
  }
}

/** The column in a table of changes. What was logged before is taken to be public for as long as it could be, but for what was withheld. */
export const publicAfterOf = (table: string): string[] => [
  `alter table "${table}" add column "public_after" date null;`,
  `comment on column "${table}"."public_after" is 'Last day on which it is public after the change; null: no limit';`,
  `update "${table}" set public_after = case change when 'WITHHELD' then at::date - 1 else public_until end;`,
];

/** Gives the tables of these record types their triggers; a type that comes later has them in its own first migration. */
export const logged = (...types: string[]): MigrationObject['class'] =>
  class extends Migration {
    override up(): void {
      for (const type of types)
        for (const { expression } of changeTriggers({ type, table: snakeCase(type) }))
          this.addSql(expression);
    }
  };
