import { bars } from './charts.ts';
import type { ReportCount, ReportFulfilment, ReportQuality, ReportRow } from '../../records/report/row.ts';
import type { PersonDays, Report } from './query.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (raw: string): string => raw.replace(/[&<>"']/g, (letter) => ESCAPES[letter] as string);

const NONE = '—';
const WITHHELD = '<span title="不予公布 withheld">＊</span>';
const number = (n: number | null): string => (n === null ? WITHHELD : n.toLocaleString('en-US'));
/** What is told of a figure that is withheld in part. */
const atLeast = (n: number | null, told: number): string =>
  n === null && told > 0 ? `≥ ${number(told)}${WITHHELD}` : number(n);
const percent = (part: number | null): string => (part === null ? NONE : `${(part * 100).toFixed(2)}%`);

type Cell = string;
interface Column<R> {
  zh: string;
  en: string;
  cell: (row: R) => Cell;
  isText?: boolean;
}

function table<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  if (rows.length === 0) return '<p class="none">无 none</p>';
  const head = columns.map(({ zh, en }) => `<th scope="col">${zh}<small>${en}</small></th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${columns.map(({ cell, isText }) => `<td${isText ? '' : ' class="n"'}>${cell(row)}</td>`).join('')}</tr>`,
  );
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

const ROW: readonly Column<ReportRow>[] = [
  { zh: '名称', en: 'name', cell: ({ name }) => text(name), isText: true },
  { zh: '法人', en: 'organizations', cell: ({ organizations }) => number(organizations) },
  { zh: '同比', en: 'growth', cell: ({ organizationsGrowth }) => percent(organizationsGrowth) },
  { zh: '排名', en: 'rank', cell: ({ organizationsRank }) => String(organizationsRank ?? NONE) },
  { zh: '累计', en: 'total', cell: ({ organizationsTotal }) => number(organizationsTotal) },
  {
    zh: '自然人',
    en: 'natural persons',
    cell: ({ persons, personsAtLeast }) => atLeast(persons, personsAtLeast),
  },
  { zh: '同比', en: 'growth', cell: ({ personsGrowth }) => percent(personsGrowth) },
  { zh: '排名', en: 'rank', cell: ({ personsRank }) => String(personsRank ?? NONE) },
  {
    zh: '累计',
    en: 'total',
    cell: ({ personsTotal, personsTotalAtLeast }) => atLeast(personsTotal, personsTotalAtLeast),
  },
];
const COUNT: readonly Column<ReportCount>[] = [
  { zh: '名称', en: 'name', cell: ({ name }) => text(name), isText: true },
  { zh: '数量', en: 'count', cell: ({ count }) => number(count) },
];
const FULFILMENT: readonly Column<ReportFulfilment>[] = [
  { zh: '排名', en: 'rank', cell: ({ rank }) => String(rank) },
  { zh: '单位', en: 'unit', cell: ({ unit }) => text(unit.name), isText: true },
  { zh: '落实', en: 'fulfilled', cell: ({ fulfilled }) => number(fulfilled) },
  { zh: '填报', en: 'listed', cell: ({ listed }) => number(listed) },
  { zh: '落实率', en: 'rate', cell: ({ rate }) => percent(rate) },
];
const QUALITY: readonly Column<ReportQuality>[] = [
  { zh: '单位', en: 'unit', cell: ({ unit }) => text(unit.name), isText: true },
  { zh: '关联率', en: 'link rate', cell: ({ linkRate }) => percent(linkRate) },
  { zh: '批次', en: 'batches', cell: ({ batches }) => number(batches) },
  { zh: '收到', en: 'received', cell: ({ received }) => number(received) },
  { zh: '退回', en: 'sent back', cell: ({ rejected }) => number(rejected) },
  { zh: '逾期', en: 'late', cell: ({ late }) => number(late) },
];

const heading = (level: 2 | 3, zh: string, en: string): string =>
  `<h${level}>${zh}<small>${en}</small></h${level}>`;
const plain = (zh: string, en: string, content: string): string =>
  `<section>${heading(3, zh, en)}${content}</section>`;
const block = (zh: string, en: string, rows: readonly ReportRow[], chart?: 'upright' | 'lying'): string =>
  plain(zh, en, `${chart ? bars(rows, chart === 'upright') : ''}${table(rows, ROW)}`);
const one = (row: ReportRow | null): ReportRow[] => (row ? [row] : []);

const daysOf = (part: object): string => {
  if (!('personsFrom' in part)) return '';
  const { personsFrom, personsTo } = part as PersonDays;
  return personsFrom === null
    ? '<p class="none">自然人数据在整月（年）结束后公布 natural persons are counted once the month, or the year, is over</p>'
    : `<p class="none">自然人 natural persons: ${text(personsFrom)} — ${text(personsTo ?? '')}</p>`;
};

const part = <P extends object>(
  zh: string,
  en: string,
  found: P | null,
  blocks: (found: P) => readonly string[],
): string =>
  `<article>${heading(2, zh, en)}${found ? `${daysOf(found)}${blocks(found).join('\n')}` : '<p class="none">数据暂不可用 its agency did not answer</p>'}</article>`;

const catalogue = (c: NonNullable<Report['catalogue']>): string[] => [
  block('数据清单', 'data list', one(c.items)),
  plain('数据清单编制单位', 'units that compiled it', table(c.units, COUNT)),
  block('信息事项类别', 'items by class', c.itemsByClass, 'lying'),
  block('信息事项公开属性', 'items by disclosure', c.itemsByTier),
  block('各类单位信息事项', 'items by kind of unit', c.itemsByUnitKind, 'lying'),
  block('各单位信息事项', 'items by unit', c.itemsByUnit, 'lying'),
  block('双公示信息事项', 'items of double publicity', c.itemsOfDoublePublicity),
  plain('行为清单', 'behaviour list', table(c.behaviours, COUNT)),
  plain('行为清单级别', 'behaviours by level', table(c.behavioursByLevel, COUNT)),
  plain('行为清单编制单位', 'units that compiled it', table(c.behaviourUnits, COUNT)),
  block('应用清单', 'application list', one(c.matters)),
  plain('应用清单编制单位', 'units that compiled it', table(c.matterUnits, COUNT)),
  block('应用事项类型', 'matters by purpose', c.mattersByPurpose, 'lying'),
  block('各类单位应用事项', 'matters by kind of unit', c.mattersByUnitKind),
  block('各单位应用事项', 'matters by unit', c.mattersByUnit),
];

const collection = (c: NonNullable<Report['collection']>): string[] => [
  block('归集数据量', 'records collected', one(c.total)),
  block('月度归集量', 'by month', c.byMonth, 'upright'),
  block('年度归集量', 'by year', c.byYear),
  block('信息类别', 'by class', c.byClass, 'lying'),
  block('历年各类归集量', 'by year and class', c.byYearAndClass),
  block('各单位归集量', 'by unit', c.byUnit, 'lying'),
  block('双公示数据', 'double publicity', c.doublePublicity),
  block('各单位双公示数据', 'double publicity by unit', c.doublePublicityByUnit),
  plain('数据提供质量', 'quality of what was submitted', table(c.quality, QUALITY)),
  plain('数据清单落实情况', 'fulfilment of the data list', table(c.fulfilment, FULFILMENT)),
];

const queries = (c: NonNullable<Report['queries']>): string[] => [
  block('查询量', 'queries', one(c.total)),
  block('月度查询量', 'by month', c.byMonth, 'upright'),
  block('查询渠道', 'by channel', c.byChannel, 'lying'),
  block('各渠道月度查询量', 'by month and channel', c.byMonthAndChannel),
  block('查询用途', 'by purpose', c.byPurpose, 'lying'),
  block('查询主体', 'by who queries', c.byRole),
  block('各单位查询量', 'by unit', c.byUnit, 'lying'),
  block('各单位月度查询量', 'by unit and month', c.byUnitAndMonth),
  block('各地区查询量', 'by place of the unit', c.byJurisdiction),
  block('各应用事项查询量', 'by matter', c.byMatter),
  block('查询方式', 'single and batch', c.byMode),
  block('各提供单位信息使用量', 'uses of information by providing unit', c.usesByProvider, 'lying'),
  block('各提供单位信息使用量（按用途）', 'by providing unit and purpose', c.usesByProviderAndPurpose),
  plain('应用清单落实情况', 'fulfilment of the application list', table(c.fulfilment, FULFILMENT)),
  plain('拒绝的查询', 'refused queries', table(c.refused, COUNT)),
];

const sharing = (c: NonNullable<Report['sharing']>): string[] => [
  block('推送量', 'records pushed', one(c.pushed)),
  block('月度推送量', 'by month', c.pushedByMonth, 'upright'),
  block('各接收单位推送量', 'by recipient', c.pushedByUnit, 'lying'),
  block('读取量', 'records read by recipients', one(c.read)),
  block('月度读取量', 'by month', c.readByMonth, 'upright'),
  block('各接收单位读取量', 'by recipient', c.readByUnit, 'lying'),
];

const measures = (c: NonNullable<Report['measures']>): string[] => [
  block('联合奖惩认定', 'determined', one(c.determined)),
  block('联合激励和联合惩戒', 'by kind', c.determinedByKind),
  block('月度认定', 'determined by month', c.determinedByMonth, 'upright'),
  block('各项措施', 'by measure', c.determinedByMeasure),
  block('发起部门', 'by initiating unit', c.initiating, 'lying'),
  block('实施部门', 'by implementing unit', c.implementing, 'lying'),
  block('已执行', 'executed, by implementing unit', c.executedByUnit),
  block('认定和反馈情况', 'by what happened', c.byEvent),
  block('月度案例', 'by month and what happened', c.byMonthAndEvent),
  plain(
    '发起部门联合奖惩措施事项',
    'different measures of initiating units',
    table(c.measuresOfInitiators, COUNT),
  ),
  plain(
    '实施部门联合奖惩措施事项',
    'different measures of implementing units',
    table(c.measuresOfImplementers, COUNT),
  ),
];

const checks = (c: NonNullable<Report['checks']>): string[] => [
  block('核查主体', 'subjects checked', one(c.checked)),
  block('核查结果', 'by result', c.byResult),
  block('各应用事项核查结果', 'by matter and result', c.byMatterAndResult),
  block('月度核查量', 'by month', c.checkedByMonth),
  block('各单位核查量', 'by unit', c.checkedByUnit),
  block('各应用事项核查量', 'by matter', c.checkedByMatter),
  plain('月度任务', 'jobs by month', table(c.jobsByMonth, COUNT)),
  plain('各单位任务', 'jobs by unit', table(c.jobsByUnit, COUNT)),
];

const authorizations = (c: NonNullable<Report['authorizations']>): string[] => [
  block('授权', 'authorizations', one(c.granted)),
  block('月度授权', 'by month', c.grantedByMonth),
  block('授权方式', 'by method', c.grantedByMethod),
  block('被授权单位', 'by unit', c.grantedByUnit),
  block('撤销授权', 'revoked', one(c.revoked)),
];

const accounts = (c: NonNullable<Report['accounts']>): string[] => [
  plain(
    '账号开通',
    'accounts',
    table(
      [
        { key: '1', name: '本期开通 opened', count: c.opened },
        { key: '2', name: '累计开通 opened, total', count: c.openedTotal },
        { key: '3', name: '开通单位 units', count: c.openedTotalByUnit.length },
        { key: '4', name: '本期停用 suspended', count: c.suspended },
        { key: '5', name: '停用中 suspended today', count: c.suspendedTotal },
      ],
      COUNT,
    ),
  ),
  plain('各单位累计开通', 'opened, total, by unit', table(c.openedTotalByUnit, COUNT)),
  plain('月度开通', 'opened by month', table(c.openedByMonth, COUNT)),
];

const repairs = (c: NonNullable<Report['repairs']>): string[] => [
  block('修复申请', 'applications for repair', one(c.applied)),
  block('修复办结', 'closed', one(c.closed)),
  block('修复结果', 'by result', c.closedByResult),
  block('月度修复申请', 'applications by month', c.appliedByMonth),
  block('月度修复办结', 'closed by month', c.closedByMonth),
  block('各单位修复申请', 'applications by unit', c.appliedByUnit),
  block('各单位修复办结', 'closed by unit', c.closedByUnit),
  block('删除要求', 'deletions asked for', one(c.deletionsRequested)),
  block('删除', 'deletions', one(c.deletionsExecuted)),
  block('月度删除', 'deletions by month', c.deletionsExecutedByMonth),
  block('各单位删除', 'deletions by unit', c.deletionsExecutedByUnit),
];

const objections = (c: NonNullable<Report['objections']>): string[] => [
  block('异议申请', 'objections filed', one(c.filed)),
  block('异议办结', 'objections closed', one(c.closed)),
  block('处理结果', 'by result', c.closedByResult),
  block('异议标注', 'records marked', one(c.marked)),
  block('月度申请', 'filed by month', c.filedByMonth, 'upright'),
  block('月度办结', 'closed by month', c.closedByMonth),
  block('各单位被提异议', 'filed, by unit', c.filedByUnit),
  block('各单位办结', 'closed, by unit', c.closedByUnit),
];

const STYLE = `
body { max-width: 960px; margin: 2rem auto; padding: 0 1rem; font: 15px/1.6 sans-serif; color: #222; background: #fff }
small { margin-left: .6em; font-weight: normal; font-size: .75em; color: #666 }
h1 { border-bottom: 3px solid #1f5fa8 } h2 { margin-top: 3rem; border-bottom: 1px solid #1f5fa8 }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 } th, td { border-bottom: 1px solid #ddd; padding: .25rem .5rem; text-align: left }
th small { display: block; margin: 0 } .n { text-align: right; font-variant-numeric: tabular-nums } .none { color: #666 }
svg { max-width: 100%; height: auto } section { break-inside: avoid }`;

/** The report as one page that needs nothing else: no script, no font, no picture from anywhere. */
export function reportPage(report: Report): string {
  const { from, to, jurisdiction } = report;
  const title = `运行情况报告 ${from} — ${to}${jurisdiction ? ` ${jurisdiction}` : ''}`;
  const parts = [
    part('三清单', 'the three lists', report.catalogue, catalogue),
    part('归集情况', 'collection', report.collection, collection),
    part('数据推送情况', 'records given to other platforms', report.sharing, sharing),
    part('联合奖惩情况', 'joint measures', report.measures, measures),
    part('应用情况', 'use', report.queries, queries),
    part('批量核查情况', 'batch checks', report.checks, checks),
    part('授权情况', 'authorizations', report.authorizations, authorizations),
    part('账号开通情况', 'accounts', report.accounts, accounts),
    part('异议处理情况', 'objections', report.objections, objections),
    part('信用修复和信息删除情况', 'repairs and deletions', report.repairs, repairs),
  ];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>运行情况报告<small>operating report</small></h1>
<p>${text(from)} — ${text(to)}${jurisdiction ? ` · ${text(jurisdiction)}` : ''}</p>
<p class="none">＊ 涉及自然人不足 5 人，或者可以由其推算的，不予公布。 withheld: fewer than five natural persons, or what could be worked out from it.
同比：与上一个相同长度的期间相比。 Growth is against the period before, of the same length.</p>
${parts.join('\n')}
</body>
</html>
`;
}
