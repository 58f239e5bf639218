import { parseCapital } from '../../policy/money.ts';
import { pastDate, text, untilDate } from '../../records/import/cells.ts';
import { type Fault, fault, quoted } from '../../records/import/fault.ts';
import type { Draft, Layout } from '../../records/import/layout.ts';
import { counterpart2015, counterpart2018, subjectColumns } from '../../records/import/subjectColumns.ts';

/** 登记注册基本信息, as published. Capital is text such as "50(万元人民币)"; 地区 and 所在省份 are in the address already. */
const enterprise: Layout = {
  name: 'enterprise',
  title: { zh: '企业登记注册基本信息', en: 'registration of enterprises' },
  recordType: 'Registration',
  registers: true,
  columns: [
    ...subjectColumns('企业名称'),
    {
      header: '注册日期',
      also: ['成立日期'],
      required: true,
      cell: pastDate,
      to: ['formedOn', 'own.establishedOn'],
    },
    { header: '企业类型', also: ['主体类型'], cell: text(200), to: 'own.enterpriseType' },
    { header: '注册资金', also: ['注册资本'], cell: text(100), to: 'note.capital' },
    { header: '法定代表人', also: ['法定代表人或负责人'], cell: text(200), to: 'own.legalRepresentative' },
    { header: '经营范围', cell: text(8000), to: 'own.businessScope' },
    { header: '所在省份', also: ['省份'], cell: text(50) },
    { header: '地区', cell: text(100) },
    { header: '注册地址', also: ['住所'], cell: text(500), to: 'own.address' },
    { header: '登记机关', cell: text(255), to: 'own.authority' },
  ],
  complete({ own, notes }) {
    own.registeredCapital = null;
    own.capitalCurrency = null;
    if (typeof notes.capital !== 'string') return null;
    const capital = parseCapital(notes.capital);
    if (!capital) {
      const shown = quoted(notes.capital);
      return fault(
        'AMOUNT_INVALID',
        '注册资金',
        `注册资金“${shown}”无法辨认`,
        `the capital "${shown}" cannot be read`,
      );
    }
    own.registeredCapital = capital.amount;
    own.capitalCurrency = capital.currency;
    return null;
  },
};

function termInOrder({ own }: Draft): Fault | null {
  const { validFrom, validUntil } = own;
  if (typeof validFrom !== 'string' || typeof validUntil !== 'string' || validFrom <= validUntil) return null;
  return fault(
    'DATE_ORDER',
    '有效期至',
    `有效期至 ${validUntil} 早于有效期自 ${validFrom}`,
    `valid until ${validUntil}, before it begins on ${validFrom}`,
  );
}

/** 行政许可, double publicity (双公示), 2018 edition. Source: PD-13. */
const permit2018: Layout = {
  name: 'permit-2018',
  title: { zh: '行政许可（双公示 2018 版）', en: 'administrative permits, double publicity, 2018 edition' },
  recordType: 'Permit',
  columns: [
    ...counterpart2018('XK'),
    {
      header: '行政许可决定文书名称',
      code: 'XK_XKWS',
      required: true,
      cell: text(64),
      to: ['own.documentName', 'title'],
    },
    {
      header: '行政许可决定文书号',
      code: 'XK_WSH',
      also: ['行政许可决定书文号'],
      required: true,
      cell: text(128),
      to: 'documentNumber',
    },
    { header: '许可类别', code: 'XK_XKLB', required: true, cell: text(256), to: 'own.permitType' },
    { header: '许可证书名称', code: 'XK_XKZS', cell: text(128), to: 'own.certificateName' },
    { header: '许可编号', code: 'XK_XKBH', cell: text(128), to: 'own.certificateNumber' },
    { header: '许可内容', code: 'XK_NR', required: true, cell: text(4000), to: 'own.content' },
    {
      header: '许可决定日期',
      code: 'XK_JDRQ',
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    { header: '有效期自', code: 'XK_YXQZ', cell: untilDate, to: 'own.validFrom' },
    { header: '有效期至', code: 'XK_YXQZI', also: ['XK_YXQZHI'], cell: untilDate, to: 'own.validUntil' },
    { header: '许可机关', code: 'XK_XKJG', required: true, cell: text(255), to: 'own.authority' },
    { header: '许可机关统一社会信用代码', code: 'XK_XKJGDM', cell: text(18) },
    { header: '当前状态', code: 'XK_ZT', cell: text(50), to: 'own.state' },
    { header: '数据来源单位', code: 'XK_LYDW', cell: text(200) },
    { header: '数据来源单位统一社会信用代码', code: 'XK_LYDWDM', cell: text(18) },
    { header: '备注', code: 'BZ', cell: text(512), to: 'own.remarks' },
  ],
  complete: termInOrder,
};

/** 行政许可, first edition (2015). */
const permit2015: Layout = {
  name: 'permit-2015',
  title: { zh: '行政许可（双公示第一版）', en: 'administrative permits, double publicity, first edition' },
  recordType: 'Permit',
  columns: [
    ...counterpart2015('XK'),
    {
      header: '行政许可决定书文号',
      code: 'XK_WSH',
      also: ['行政许可决定文书号'],
      required: true,
      cell: text(128),
      to: 'documentNumber',
    },
    {
      header: '项目名称',
      code: 'XK_XMMC',
      also: ['许可名称'],
      cell: text(256),
      to: ['own.documentName', 'title'],
    },
    { header: '审批类别', code: 'XK_SPLB', also: ['许可类别'], cell: text(256), to: 'own.permitType' },
    { header: '许可内容', code: 'XK_NR', required: true, cell: text(4000), to: 'own.content' },
    {
      header: '许可决定日期',
      code: 'XK_JDRQ',
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    {
      header: '许可截止期',
      code: 'XK_JZQ',
      also: ['许可截止日期', '有效期至'],
      cell: untilDate,
      to: 'own.validUntil',
    },
    { header: '许可机关', code: 'XK_XZJG', required: true, cell: text(255), to: 'own.authority' },
    { header: '当前状态', code: 'XK_ZT', cell: text(50), to: 'own.state' },
    { header: '地方编码', code: 'DFBM', cell: text(50) },
    { header: '时间戳', code: 'SJC', also: ['数据更新时间戳'], cell: text(50) },
    { header: '备注', code: 'BZ', cell: text(512), to: 'own.remarks' },
  ],
};

/** 信用承诺 and how it was kept. */
const commitment: Layout = {
  name: 'commitment',
  title: { zh: '信用承诺', en: 'credit commitments' },
  recordType: 'Commitment',
  columns: [
    ...subjectColumns('承诺主体名称', '承诺人名称', '承诺主体', '承诺人'),
    { header: '承诺类型', required: true, cell: text(255), to: ['own.commitmentType', 'title'] },
    { header: '承诺事由', required: true, cell: text(2000), to: 'own.reason' },
    {
      header: '做出承诺日期',
      also: ['作出承诺日期', '承诺日期'],
      required: true,
      cell: pastDate,
      to: ['formedOn', 'determinedOn'],
    },
    { header: '承诺受理单位', also: ['受理单位'], cell: text(255), to: 'own.acceptedBy' },
    { header: '承诺履约状态', also: ['履约状态'], cell: text(100), to: 'own.fulfilment' },
    { header: '文号', cell: text(128), to: 'documentNumber' },
  ],
};

/** 信用评价 */
const evaluation: Layout = {
  name: 'evaluation',
  title: { zh: '信用评价', en: 'credit evaluations' },
  recordType: 'Evaluation',
  columns: [
    ...subjectColumns('评定主体名称', '被评定主体名称', '被评价主体名称'),
    {
      header: '评定内容',
      also: ['评价内容'],
      required: true,
      cell: text(2000),
      to: ['own.subjectMatter', 'title'],
    },
    { header: '等级', also: ['评定等级', '评价等级'], required: true, cell: text(50), to: 'own.rating' },
    {
      header: '评定时间',
      also: ['评定日期', '评价日期', '评价时间'],
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    { header: '评定单位', also: ['评价单位'], required: true, cell: text(255), to: 'own.evaluator' },
    { header: '文号', cell: text(128), to: 'documentNumber' },
  ],
};

export const layouts: Layout[] = [enterprise, permit2018, permit2015, commitment, evaluation];
