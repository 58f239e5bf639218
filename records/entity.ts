import { defineEntity, p } from '@mikro-orm/core';
import { changeTriggers } from './changes/triggers.ts';
import { type RecordColumn, type RecordKind, archiveTable, snakeCase } from './kind.ts';

const ownProperty = (c: RecordColumn) => {
  const base = {
    text: () => p.text(),
    date: () => p.date(),
    decimal: () => p.decimal('string').precision(20).scale(2),
    int: () => p.integer(),
    boolean: () => p.boolean(),
    uuid: () => p.uuid(),
  }[c.type]();
  return base.nullable().fieldName(c.column).comment(c.comment);
};

const properties = (kind: RecordKind) => ({
  subjectId: p.uuid().primary().comment('信息主体: pseudonymous id (keyed hash of the code)'),
  id: p.uuid().primary().comment('Opaque id that follows from the fact'),
  itemId: p.integer().comment('目录事项: number of the catalogue item'),
  jurisdiction: p.string().length(6).comment('适用地区: GB/T 2260 division code'),
  provider: p.string().length(18).comment('信息提供单位: 统一社会信用代码'),
  documentNumber: p.text().nullable().comment('文号'),
  title: p.text().nullable().comment('名称'),
  formedOn: p.date().nullable().comment('信息形成日期'),
  determinedOn: p.date().nullable().comment('认定日期'),
  endedOn: p.date().nullable().comment('终止日期; null while it lasts'),
  effectiveOn: p.date().comment('Day that orders answers: 认定日期, else 形成日期, else 归集日期'),
  grade: p.string().length(8).nullable().comment('失信程度: MINOR 轻微, GENERAL 一般, SEVERE 严重'),
  visibleUntil: p.date().nullable().comment('查询期限届满日: last day shown; null: no term running'),
  publicUntil: p
    .date()
    .nullable()
    .comment(
      'Last day shown to the public: 公示截止期, or sooner while a provider owes an answer; null: no limit',
    ),
  archivedAt: p.datetime().nullable().comment('转档时间: kept for the archive alone from then on'),
  revokedAt: p.datetime().nullable().comment('撤销时间: shown to nobody from then on'),
  dispute: p.json<object>().nullable().comment('异议标注: since, by, stage, note'),
  selfDeclared: p.boolean().default(false).comment('自主申报'),
  late: p.boolean().default(false).comment('逾期报送: submitted after its due date [ZD-11]'),
  sources: p.array().comment('数据来源: routes by which the fact arrived'),
  revision: p.integer().default(1).comment('版本'),
  digest: p.uuid().comment('Hash of the content, to tell a repetition from a change'),
  collectedAt: p.datetime().defaultRaw('now()').comment('归集时间'),
  ...Object.fromEntries(kind.columns.map((c) => [c.field, ownProperty(c)])),
});

/** Indexes on the fields by which records are looked up. */
const lookups = (kind: RecordKind, table: string) =>
  kind.lookups.map(snakeCase).map((column) => ({
    name: `${table}_${column}`,
    expression: `create index ${table}_${column} on ${table} (${column})`,
  }));

/**
 * The table of a record kind. Its key begins with the subject, so that tables can be distributed by subject, and a second index serves
 * pages in the order of answers. A subject is known here by its pseudonymous id alone.
 */
export const recordEntity = (kind: RecordKind) =>
  defineEntity({
    name: kind.type,
    tableName: kind.table,
    comment: kind.comment,
    indexes: [
      { name: `${kind.table}_page`, properties: ['subjectId', 'effectiveOn', 'id'] },
      ...lookups(kind, kind.table),
    ],
    triggers: changeTriggers(kind),
    properties: properties(kind),
  });

/**
 * 档案: where records of the kind go when their term is over. The same columns, so that a row moves as it is: as JSON it would take four
 * times as long (docs/decisions/0016).
 */
export const archiveEntity = (kind: RecordKind) =>
  defineEntity({
    name: `${kind.type}Archive`,
    tableName: archiveTable(kind),
    comment: `转档信息: past their term, for the keeper of the archive alone [SH-27]: ${kind.comment}`,
    indexes: lookups(kind, archiveTable(kind)),
    properties: properties(kind),
  });
