import { Migration } from '@mikro-orm/migrations';

export class Initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "measure_task" ("id" uuid not null, "ordinal" bigserial, "subject_id" uuid not null, "about_person" boolean not null, "record_type" text not null, "record_id" uuid not null, "item_id" int not null, "jurisdiction" varchar(6) not null, "revision" int not null, "grade" varchar(8) null, "initiator" varchar(18) not null, "unit" varchar(18) not null, "measure" text not null, "basis" jsonb not null, "reason" text not null, "determined_on" date not null, "due_on" date null, "due_provisional" boolean not null default false, "record_until" date null, "term_until" date null, "disputed" boolean not null, "outcome" text null, "outcome_on" date null, "reported_on" date null, "note" text null, "closed_as" text null, "closed_because" text null, "closed_on" date null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "measure_task" is '联合奖惩任务: one measure on one record, for one implementing unit [PD-12]';`,
    );
    this.addSql(`comment on column "measure_task"."id" is 'Opaque id';`);
    this.addSql(`comment on column "measure_task"."ordinal" is 'Order of determination';`);
    this.addSql(`comment on column "measure_task"."subject_id" is '信息主体: pseudonymous id';`);
    this.addSql(
      `comment on column "measure_task"."about_person" is 'Whether the subject is a natural person';`,
    );
    this.addSql(
      `comment on column "measure_task"."record_type" is 'GraphQL type of the record that it is based on';`,
    );
    this.addSql(`comment on column "measure_task"."record_id" is 'Id of that record';`);
    this.addSql(`comment on column "measure_task"."item_id" is '目录事项 of the record, by its number';`);
    this.addSql(`comment on column "measure_task"."jurisdiction" is '适用地区: the record’s';`);
    this.addSql(
      `comment on column "measure_task"."revision" is 'Revision of the record that it was determined on, or that upheld it';`,
    );
    this.addSql(
      `comment on column "measure_task"."grade" is '失信程度 of the record; null for an incentive';`,
    );
    this.addSql(`comment on column "measure_task"."initiator" is '发起单位: 统一社会信用代码';`);
    this.addSql(`comment on column "measure_task"."unit" is '实施单位: 统一社会信用代码';`);
    this.addSql(`comment on column "measure_task"."measure" is '措施编码';`);
    this.addSql(
      `comment on column "measure_task"."basis" is '措施内容及依据, as the list had it on the day of determination';`,
    );
    this.addSql(`comment on column "measure_task"."reason" is '认定理由';`);
    this.addSql(`comment on column "measure_task"."determined_on" is '认定日期';`);
    this.addSql(`comment on column "measure_task"."due_on" is '反馈截止日; null where none is set';`);
    this.addSql(
      `comment on column "measure_task"."due_provisional" is 'Whether the due date counts days of a year not arranged yet';`,
    );
    this.addSql(
      `comment on column "measure_task"."record_until" is '查询期限 of the record: last day; null: none is running';`,
    );
    this.addSql(
      `comment on column "measure_task"."term_until" is '措施期限: last day; null where the list sets no term';`,
    );
    this.addSql(`comment on column "measure_task"."disputed" is '异议标注: whether the record is disputed';`);
    this.addSql(
      `comment on column "measure_task"."outcome" is '反馈结果: EXECUTED 已执行, NOT_APPLICABLE 不适用, DECLINED 不执行';`,
    );
    this.addSql(
      `comment on column "measure_task"."outcome_on" is '执行日期, or day on which it was found not applicable';`,
    );
    this.addSql(`comment on column "measure_task"."reported_on" is '反馈日期';`);
    this.addSql(`comment on column "measure_task"."note" is '反馈说明';`);
    this.addSql(
      `comment on column "measure_task"."closed_as" is 'WITHDRAWN 撤销 or LAPSED 失效, by what became of the record';`,
    );
    this.addSql(
      `comment on column "measure_task"."closed_because" is 'What became of the record, such as CORRECTED';`,
    );
    this.addSql(`comment on column "measure_task"."closed_on" is '撤销或失效日期';`);
    this.addSql(
      `create unique index measure_task_once on measure_task (record_id, measure, unit) where closed_as is null;`,
    );
    this.addSql(
      `create index measure_task_waiting on measure_task (coalesce(due_on, 'infinity'::date), ordinal) where closed_as is null and outcome is null;`,
    );
    this.addSql(`create index "measure_task_unit" on "measure_task" ("unit", "determined_on");`);
    this.addSql(`create index "measure_task_initiator" on "measure_task" ("initiator", "determined_on");`);
    this.addSql(`create index "measure_task_subject" on "measure_task" ("subject_id", "ordinal");`);
    this.addSql(`create index "measure_task_determined" on "measure_task" ("determined_on");`);
    this.addSql(
      `create table "order_applied" ("id" uuid not null, "applied_at" timestamptz not null default now(), "outcome" text not null, primary key ("id"));`,
    );
    this.addSql(
      `comment on table "order_applied" is '已执行指令: orders that were carried out here, so that a repetition changes nothing';`,
    );
    this.addSql(`comment on column "order_applied"."id" is '指令编号';`);
    this.addSql(`comment on column "order_applied"."applied_at" is '执行时间';`);
    this.addSql(`comment on column "order_applied"."outcome" is 'DONE, or why there was nothing to do';`);
    this.addSql(
      `create table "scope_item" ("scope" int not null, "item_id" int not null, primary key ("scope", "item_id"));`,
    );
    this.addSql(
      `comment on table "scope_item" is '目录快照: items that each scope opens (0 社会公开·法人, -3 社会公开·自然人, else the number of a matter 应用事项)';`,
    );
    this.addSql(
      `comment on column "scope_item"."scope" is '0: public about organizations; -3: public about natural persons; else the number of a matter';`,
    );
    this.addSql(`comment on column "scope_item"."item_id" is '目录事项: number of the catalogue item';`);
    this.addSql(`create table "scope_revision" ("id" serial primary key, "revision" bigint not null);`);
    this.addSql(
      `comment on table "scope_revision" is '目录版本: revision of the catalogue that scope_item follows';`,
    );
    this.addSql(`comment on column "scope_revision"."id" is 'Always 1';`);
    this.addSql(`comment on column "scope_revision"."revision" is '目录修订号';`);
  }
}
