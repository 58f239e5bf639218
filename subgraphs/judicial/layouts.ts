import { grade, pastDate, text } from '../../records/import/cells.ts';
import type { Layout } from '../../records/import/layout.ts';
import { subjectColumns } from '../../records/import/subjectColumns.ts';

/** 失信被执行人: lasts until the court ends it, so a record comes in without an end. */
const enforcement: Layout = {
  name: 'enforcement',
  title: { zh: '失信被执行人', en: 'persons in breach of judgments (dishonest judgment debtors)' },
  recordType: 'Enforcement',
  columns: [
    ...subjectColumns('被执行人名称', '被执行人姓名/名称', '被执行人姓名', '被执行人'),
    {
      header: '法定代表人或负责人',
      also: ['法定代表人或负责人姓名', '法定代表人'],
      cell: text(200),
      to: 'own.legalRepresentative',
    },
    { header: '执行法院', required: true, cell: text(255), to: 'own.court' },
    { header: '省份', also: ['地域名称'], cell: text(50), to: 'own.province' },
    { header: '执行依据文号', cell: text(255), to: 'own.basisNumber' },
    {
      header: '立案时间',
      also: ['立案日期'],
      required: true,
      cell: pastDate,
      to: ['formedOn', 'own.filedOn'],
    },
    { header: '案号', required: true, cell: text(128), to: ['documentNumber', 'own.caseNumber'] },
    { header: '做出执行依据单位', also: ['作出执行依据单位'], cell: text(255), to: 'own.basisAuthority' },
    { header: '生效法律文书确定的义务', cell: text(4000), to: 'own.duty' },
    { header: '被执行人的履行情况', cell: text(2000), to: 'own.fulfilment' },
    {
      header: '失信被执行人行为具体情形',
      also: ['失信行为具体情形'],
      cell: text(2000),
      to: ['own.conduct', 'title'],
    },
    {
      header: '发布时间',
      also: ['发布日期'],
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'own.publishedOn'],
    },
    { header: '已履行部分', cell: text(2000), to: 'own.fulfilledPart' },
    { header: '未履行部分', cell: text(2000), to: 'own.unfulfilledPart' },
    { header: '失信程度', also: ['失信严重程度'], cell: grade, to: 'grade' },
  ],
};

export const layouts: Layout[] = [enforcement];
