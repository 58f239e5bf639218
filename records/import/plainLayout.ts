import type { RecordColumn, RecordKind } from '../kind.ts';
import {
  type CellKind,
  amount,
  choice,
  grade,
  pastDate,
  recordReference,
  text,
  untilDate,
  wholeNumber,
  yesNo,
} from './cells.ts';
import type { Column, Layout } from './layout.ts';
import { subjectColumns } from './subjectColumns.ts';

const LONGEST = 4000;

const CELLS: Record<RecordColumn['type'], CellKind> = {
  text: text(LONGEST),
  date: untilDate,
  decimal: amount,
  int: wholeNumber,
  boolean: yesNo,
  uuid: recordReference,
};

/** The official term that a description begins with: 欠缴金额 of “欠缴金额, 元”. */
export const termOf = (comment: string): string => comment.split(/[,，;；:：(（[]/)[0]?.trim() || comment;

const kebab = (type: string): string => type.replace(/(?!^)[A-Z]/g, (c) => `-${c}`).toLowerCase();

const COMMON: Column[] = [
  { header: '文号', code: 'documentNumber', also: ['文书号'], cell: text(128), to: 'documentNumber' },
  { header: '标题', code: 'title', cell: text(500), to: 'title' },
  { header: '形成日期', code: 'formedOn', cell: pastDate, to: 'formedOn' },
  { header: '认定日期', code: 'determinedOn', also: ['决定日期'], cell: pastDate, to: 'determinedOn' },
  { header: '终止日期', code: 'endedOn', cell: untilDate, to: 'endedOn' },
  { header: '失信程度', code: 'grade', cell: grade, to: 'grade' },
];

/**
 * The layout of a kind of record for which the field has no data standard of its own (数据标准 `graphql` in the catalogue): the subject,
 * what all records have, and a column for each of its own fields by official term or field name. It follows from the SDL, so that every
 * type can be imported from the day it is there [JS-11].
 */
export function plainLayout(kind: RecordKind): Layout {
  const term = termOf(kind.comment);
  const taken = new Set(COMMON.map((c) => c.header));
  return {
    name: kebab(kind.type),
    title: { zh: term, en: kind.type },
    recordType: kind.type,
    plain: true,
    columns: [
      ...subjectColumns('主体名称'),
      ...COMMON,
      ...kind.columns.map((c): Column => {
        const header = termOf(c.comment);
        return {
          header: taken.has(header) ? `${term}${header}` : header,
          code: c.field,
          cell: c.values ? choice(c.values) : CELLS[c.type],
          to: `own.${c.field}`,
        };
      }),
    ],
  };
}
