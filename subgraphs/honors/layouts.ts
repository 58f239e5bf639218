import { pastDate, text, year } from '../../records/import/cells.ts';
import type { Layout } from '../../records/import/layout.ts';
import { subjectColumns } from '../../records/import/subjectColumns.ts';

const LIST = 'A级纳税人';

/** 纳税信用 A 级纳税人: one listing a year of evaluation; it comes into being with the end of that year. */
const taxpayerA: Layout = {
  name: 'taxpayer-a',
  title: { zh: '纳税信用A级纳税人', en: 'taxpayers of credit grade A' },
  recordType: 'RedListing',
  columns: [
    ...subjectColumns('纳税人名称'),
    { header: '纳税人识别号', cell: text(20), to: ['subject.taxpayerNumber', 'own.taxpayerNumber'] },
    { header: '评价年度', also: ['年度'], required: true, cell: year, to: 'own.year' },
    { header: '认定单位', also: ['认定机关', '主管税务机关'], cell: text(255), to: 'own.authority' },
    { header: '认定依据', also: ['列入依据', '列入事由'], cell: text(2000), to: 'own.basis' },
  ],
  complete(draft) {
    draft.own.listName = LIST;
    if (typeof draft.own.year === 'number') {
      draft.title = `${draft.own.year} 年度${LIST}`;
      draft.formedOn = `${draft.own.year}-12-31`;
      draft.own.basis ??= `${draft.own.year} 年度纳税信用评价为 A 级`;
    }
    return null;
  },
};

/** 表彰奖励 */
const honor: Layout = {
  name: 'honor',
  title: { zh: '表彰奖励', en: 'honors and awards' },
  recordType: 'Honor',
  columns: [
    ...subjectColumns('获奖主体名称', '获得者名称', '获奖单位', '获奖者', '姓名'),
    { header: '荣誉名称', required: true, cell: text(500), to: ['own.honorName', 'title'] },
    { header: '级别', also: ['荣誉级别'], cell: text(50), to: 'own.level' },
    {
      header: '授予单位',
      also: ['授予机关', '认定机关'],
      required: true,
      cell: text(255),
      to: 'own.grantedBy',
    },
    {
      header: '授予日期',
      also: ['认定日期'],
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    { header: '文号', also: ['文件编号'], cell: text(128), to: 'documentNumber' },
  ],
};

export const layouts: Layout[] = [taxpayerA, honor];
