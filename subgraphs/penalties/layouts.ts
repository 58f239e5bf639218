import { amountsInText } from '../../policy/money.ts';
import { choice, grade, pastDate, text, untilDate, wanAmount } from '../../records/import/cells.ts';
import { fault } from '../../records/import/fault.ts';
import type { Column, Draft, Layout } from '../../records/import/layout.ts';
import { counterpart2015, counterpart2018, subjectColumns } from '../../records/import/subjectColumns.ts';

const PROCEDURE: Column = {
  header: '处罚程序',
  code: 'CF_CFCX',
  also: ['适用程序', '执法程序'],
  cell: choice([
    { value: 'GENERAL', term: '一般程序' },
    { value: 'GENERAL', term: '普通程序' },
    { value: 'SUMMARY', term: '简易程序' },
  ]),
  to: 'own.procedure',
};
const DEGREE: Column = { header: '失信程度', also: ['失信严重程度', '严重程度'], cell: grade, to: 'grade' };

/**
 * The conduct that a decision punishes is over on the day of the decision, unless the file says otherwise.
 */
function endsWithDecision(draft: Draft): void {
  draft.endedOn ??= draft.determinedOn;
}

/** 行政处罚, double publicity (双公示), 2018 edition. Source: PD-13. */
const penalty2018: Layout = {
  name: 'penalty-2018',
  title: { zh: '行政处罚（双公示 2018 版）', en: 'administrative penalties, double publicity, 2018 edition' },
  recordType: 'AdministrativePenalty',
  columns: [
    ...counterpart2018('CF', 'own.legalRepresentative'),
    { header: '行政处罚决定书文号', code: 'CF_WSH', required: true, cell: text(128), to: 'documentNumber' },
    { header: '违法行为类型', code: 'CF_WFXW', required: true, cell: text(2000), to: 'own.violationType' },
    { header: '违法事实', code: 'CF_SY', required: true, cell: text(2000), to: 'own.facts' },
    { header: '处罚依据', code: 'CF_YJ', required: true, cell: text(2048), to: 'own.basis' },
    { header: '处罚类别', code: 'CF_CFLB', required: true, cell: text(255), to: 'own.penaltyType' },
    { header: '处罚内容', code: 'CF_NR', required: true, cell: text(4000), to: 'own.content' },
    { header: '罚款金额（万元）', code: 'CF_NR_FK', cell: wanAmount, to: 'own.fineAmount' },
    {
      header: '没收违法所得、没收非法财物的金额（万元）',
      code: 'CF_NR_WFFF',
      also: ['没收金额（万元）'],
      cell: wanAmount,
      to: 'own.confiscatedAmount',
    },
    { header: '暂扣或吊销证照名称及编号', code: 'CF_NR_ZKDX', cell: text(200), to: 'own.licenceWithdrawn' },
    {
      header: '处罚决定日期',
      code: 'CF_JDRQ',
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    { header: '处罚有效期', code: 'CF_YXQ', required: true, cell: untilDate, to: 'own.validUntil' },
    {
      header: '公示截止期',
      code: 'CF_GSJZQ',
      also: ['公示截止日期'],
      cell: untilDate,
      to: 'own.publicityUntil',
    },
    { header: '处罚机关', code: 'CF_CFJG', required: true, cell: text(255), to: 'own.authority' },
    { header: '处罚机关统一社会信用代码', code: 'CF_CFJGDM', required: true, cell: text(18) },
    { header: '数据来源单位', code: 'CF_SJLY', required: true, cell: text(200) },
    {
      header: '数据来源单位统一社会信用代码',
      code: 'CF_SJLYDM',
      required: true,
      cell: text(18),
      to: 'note.source',
    },
    { header: '备注', code: 'BZ', cell: text(512), to: 'own.remarks' },
    PROCEDURE,
    DEGREE,
  ],
  complete(draft) {
    draft.title = draft.own.violationType as string | null;
    endsWithDecision(draft);
    return null;
  },
};

/** 行政处罚, first edition (2015): no column for amounts, which stand in the words of 处罚结果. */
const penalty2015: Layout = {
  name: 'penalty-2015',
  title: { zh: '行政处罚（双公示第一版）', en: 'administrative penalties, double publicity, first edition' },
  recordType: 'AdministrativePenalty',
  columns: [
    ...counterpart2015('CF', 'own.legalRepresentative'),
    { header: '行政处罚决定书文号', code: 'CF_WSH', required: true, cell: text(128), to: 'documentNumber' },
    { header: '处罚名称', code: 'CF_CFMC', also: ['案件名称'], cell: text(256), to: 'note.name' },
    { header: '处罚类别1', code: 'CF_CFLB1', also: ['处罚类别'], cell: text(255), to: 'note.type1' },
    { header: '处罚类别2', code: 'CF_CFLB2', cell: text(255), to: 'note.type2' },
    { header: '处罚事由', code: 'CF_SY', cell: text(2048), to: 'own.facts' },
    { header: '处罚依据', code: 'CF_YJ', cell: text(2048), to: 'own.basis' },
    { header: '处罚结果', code: 'CF_JG', required: true, cell: text(4000), to: 'own.content' },
    {
      header: '处罚决定日期',
      code: 'CF_JDRQ',
      required: true,
      cell: pastDate,
      to: ['determinedOn', 'formedOn'],
    },
    { header: '处罚机关', code: 'CF_XZJG', required: true, cell: text(255), to: 'own.authority' },
    { header: '当前状态', code: 'CF_ZT', cell: text(50), to: 'own.state' },
    { header: '地方编码', code: 'DFBM', cell: text(50) },
    { header: '时间戳', code: 'SJC', also: ['数据更新时间戳'], cell: text(50) },
    { header: '备注', code: 'BZ', cell: text(512), to: 'own.remarks' },
    PROCEDURE,
    DEGREE,
  ],
  complete(draft) {
    const { own, notes } = draft;
    const types = [notes.type1, notes.type2].filter((type) => typeof type === 'string');
    own.penaltyType = types.length > 0 ? types.join('；') : null;
    own.violationType = notes.name ?? null;
    draft.title = (notes.name ?? own.facts ?? own.penaltyType) as string | null;
    const { fine, confiscated } = amountsInText(String(own.content ?? ''));
    own.fineAmount = fine;
    own.confiscatedAmount = confiscated;
    endsWithDecision(draft);
    return null;
  },
};

/** 经营异常名录 and 严重违法失信企业名单 come in one form: listing, reason and authority, then the same of the removal. */
const listing = (name: string, recordType: string, title: Layout['title']): Layout => ({
  name,
  title,
  recordType,
  columns: [
    ...subjectColumns('企业名称'),
    {
      header: '注册号',
      also: ['工商注册号'],
      cell: text(50),
      to: ['subject.registrationNumber', 'own.registrationNumber'],
    },
    { header: '列入日期', required: true, cell: pastDate, to: ['determinedOn', 'formedOn'] },
    {
      header: '列入原因',
      also: ['列入经营异常名录原因', '列入事由'],
      required: recordType === 'SevereListing' ? 'COLUMN' : true,
      cell: text(2000),
      to: ['own.reason', 'title'],
    },
    {
      header: '作出决定机关（列入）',
      also: ['列入决定机关', '列入机关', '作出列入决定机关'],
      required: true,
      cell: text(255),
      to: 'own.authority',
    },
    { header: '移出日期', cell: pastDate, to: 'endedOn' },
    {
      header: '移出原因',
      also: ['移出经营异常名录原因', '移出事由'],
      cell: text(2000),
      to: 'own.removalReason',
    },
    {
      header: '作出决定机关（移出）',
      also: ['移出决定机关', '移出机关', '作出移出决定机关'],
      cell: text(255),
      to: 'own.removalAuthority',
    },
    { header: '文号', also: ['决定书文号', '列入决定书文号'], cell: text(128), to: 'documentNumber' },
    DEGREE,
  ],
  complete({ determinedOn, endedOn }) {
    if (determinedOn === null || endedOn === null || determinedOn <= endedOn) return null;
    return fault(
      'DATE_ORDER',
      '移出日期',
      `移出日期 ${endedOn} 早于列入日期 ${determinedOn}`,
      `removed on ${endedOn}, before it was listed on ${determinedOn}`,
    );
  },
});

export const layouts: Layout[] = [
  penalty2018,
  penalty2015,
  listing('abnormal', 'AbnormalListing', { zh: '经营异常名录', en: 'list of abnormal operations' }),
  listing('severe', 'SevereListing', {
    zh: '严重违法失信企业名单',
    en: 'list of seriously dishonest enterprises',
  }),
];
