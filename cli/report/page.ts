import { bars } from './charts.ts';
import type { Count, Fulfilment, Quality, Report, Row } from './query.ts';

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

const ROW: readonly Column<Row>[] = [
  { zh: '名称', en: 'name', cell: ({ name }) => text(name), isText: true },
  { zh: '法人', en: 'organizations', cell: ({ organizations }) => number(organizations) },
  { zh: '同比', en: 'growth', cell: ({ organizationsGrowth }) => percent(organizationsGrowth) },
  { zh: '排名', en: 'rank', cell: ({ organizationsRank }) => String(organizationsRank ?? NONE) },
  { zh: '自然人', en: 'natural persons', cell: ({ persons }) => number(persons) },
  { zh: '同比', en: 'growth', cell: ({ personsGrowth }) => percent(personsGrowth) },
  { zh: '排名', en: 'rank', cell: ({ personsRank }) => String(personsRank ?? NONE) },
];
const COUNT: readonly Column<Count>[] = [
  { zh: '名称', en: 'name', cell: ({ name }) => text(name), isText: true },
  { zh: '数量', en: 'count', cell: ({ count }) => number(count) },
];
const FULFILMENT: readonly Column<Fulfilment>[] = [
  { zh: '排名', en: 'rank', cell: ({ rank }) => String(rank) },
  { zh: '单位', en: 'unit', cell: ({ unit }) => text(unit.name), isText: true },
  { zh: '落实', en: 'fulfilled', cell: ({ fulfilled }) => number(fulfilled) },
  { zh: '填报', en: 'listed', cell: ({ listed }) => number(listed) },
  { zh: '落实率', en: 'rate', cell: ({ rate }) => percent(rate) },
];
const QUALITY: readonly Column<Quality>[] = [
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
const block = (zh: string, en: string, rows: readonly Row[], chart?: 'upright' | 'lying'): string =>
  plain(zh, en, `${chart ? bars(rows, chart === 'upright') : ''}${table(rows, ROW)}`);
const one = (row: Row | null): Row[] => (row ? [row] : []);

const part = (zh: string, en: string, blocks: readonly string[] | null): string =>
  `<article>${heading(2, zh, en)}${blocks?.join('\n') ?? '<p class="none">数据暂不可用 its agency did not answer</p>'}</article>`;

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
  plain('应用清单落实情况', 'fulfilment of the application list', table(c.fulfilment, FULFILMENT)),
  plain('拒绝的查询', 'refused queries', table(c.refused, COUNT)),
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
    part('三清单', 'the three lists', report.catalogue && catalogue(report.catalogue)),
    part('归集情况', 'collection', report.collection && collection(report.collection)),
    part('应用情况', 'use', report.queries && queries(report.queries)),
    part('异议处理情况', 'objections', report.objections && objections(report.objections)),
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
