import { GRADES_ZH, SUBJECT_KINDS_ZH } from '../../../policy/terms.ts';
import type { CertifiedField, ReportDocument, ReportEntry, ReportPart } from '../document.ts';
import { KINDS_ZH, LOOK_BASES_ZH, OUTCOMES_ZH } from './words.ts';

/** A node of pdfmake's; its own types would bring the browser's into the whole project. */
type Content = Record<string, unknown>;
type TableCell = Content;

export interface ToPrint {
  document: ReportDocument;
  digest: string;
  /** Where number and digest are verified: an address, or null where the operator names none. */
  verifyAt: string | null;
}

/** Lines of a table that part rows, and no others. */
const RULED = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => '#c8cdd4',
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

const NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八'];

const GREY = '#5b6570';

const row = (label: string, value: string): TableCell[] => [{ text: label, color: GREY }, { text: value }];

/** In points, as wide as the page: a column that is as wide as it needs to be would let a long number run off the paper. */
const WIDTHS = [110, 372];
const LOOK_WIDTHS = [78, 48, 170, 170];

/** Letters of a digest are read one by one. */
const spelled = (text: string, fontSize: number): Content => ({
  text,
  fontSize,
  fontFeatures: { liga: false },
});

const table = (rows: TableCell[][]): Content => ({
  // Rows break across pages: pdfmake cuts off one that is kept together and longer than a page.
  table: { widths: WIDTHS, body: rows },
  layout: RULED,
  margin: [0, 2, 0, 10],
});

/** A row for what has a value, and none for what has not. */
const given = (label: string, value: string | null): TableCell[][] =>
  value === null ? [] : [row(label, value)];

const disputeOf = ({ dispute }: ReportEntry): string | null =>
  dispute && `信息主体有异议（自 ${dispute.since} 起）${dispute.note ? `：${dispute.note}` : ''}`;

const changeOf = ({ at, reason, by }: ReportEntry['changes'][number]): string =>
  `${at.slice(0, 10)} ${reason ?? '按后续报送更新'}${by ? `（${by.name}）` : ''}`;

function entryTable(entry: ReportEntry, number: number): Content {
  const head: TableCell[] = [
    {
      text: `${number}. ${entry.title ?? entry.itemName}`,
      colSpan: 2,
      bold: true,
      fillColor: '#f4f6f8',
    },
    {},
  ];
  return table([
    head,
    ...given('文号', entry.documentNumber),
    ...given('认定日期', entry.determinedOn),
    ...(entry.determinedOn === null ? given('形成日期', entry.formedOn) : []),
    ...given('终止日期', entry.endedOn),
    ...given('失信程度', entry.grade && (GRADES_ZH[entry.grade as keyof typeof GRADES_ZH] ?? entry.grade)),
    ...entry.values.map(({ label, value }) => row(label, value)),
    row('目录事项', entry.itemName),
    row('信息提供单位', entry.provider.name),
    ...given('查询期限', entry.visibleUntil),
    ...(entry.selfDeclared ? [row('说明', '自主申报，未经核实')] : []),
    ...given('异议标注', disputeOf(entry)),
    ...given('变动理由', entry.changes.length > 0 ? entry.changes.map(changeOf).join('\n') : null),
  ]);
}

/** What of a part is not in the report: never left to be taken for nothing. */
function notIncluded({ items, openItems, closedFields }: ReportPart): string | null {
  const missing = [
    ...(openItems < items
      ? [`目录事项 ${items} 项，其中 ${items - openItems} 项未对查询人开放，不含在本报告内`]
      : []),
    ...(closedFields.length > 0 ? [`以下内容未对查询人开放：${closedFields.join('、')}`] : []),
  ];
  return missing.length > 0 ? `${missing.join('；')}。` : null;
}

/** Far below a page, however it is broken into lines. */
const SHORT = 600;

const lengthOf = ({ title, facts }: { title: string; facts: readonly string[] }): number =>
  title.length + facts.reduce((sum, text) => sum + text.length + 40, 0);

/** A heading on the page of what it stands over. What may not fit on one page is left to run on: pdfmake would cut it off. */
const headed = (headings: Content[], first: Content, isShort: boolean): Content[] =>
  isShort ? [{ stack: [...headings, first], unbreakable: true }] : [...headings, first];

const entriesContent = (headings: Content[], entries: readonly ReportEntry[]): Content[] => {
  const [first, ...rest] = entries;
  if (!first) return headings;
  const facts = [
    ...first.values.flatMap(({ label, value }) => [label, value]),
    ...first.changes.map(({ reason }) => reason ?? ''),
  ];
  const isShort = lengthOf({ title: first.title ?? first.itemName, facts }) < SHORT;
  return [
    ...headed(headings, entryTable(first, 1), isShort),
    ...rest.map((entry, i) => entryTable(entry, i + 2)),
  ];
};

function partContent(headings: Content[], part: ReportPart): Content[] {
  const missing = notIncluded(part);
  const over = [
    ...headings,
    { text: `${part.title}（${part.entries.length} 条）`, style: 'part' },
    ...(missing ? [{ text: missing, style: 'missing' }] : []),
  ];
  if (part.entries.length > 0) return entriesContent(over, part.entries);
  const empty = part.openItems > 0 ? '在开放的范围内无在查询期限内的记录。' : '未对查询人开放，不作说明。';
  return headed(over, { text: empty, style: 'empty' }, true);
}

function sectionContent({ number, title, parts }: ReportDocument['sections'][number]): Content[] {
  const heading = { text: `${NUMERALS[number]}、${title.zh}`, style: 'section' };
  const isEmpty = (part: ReportPart) => part.entries.length === 0 && notIncluded(part) === null;
  const empty = parts.filter(isEmpty).map((part) => part.title);
  const nothing =
    parts.length === 0 ? '本报告范围内未设此类目录事项。' : `${empty.join('；')}：无在查询期限内的记录。`;
  const [first, ...rest] = parts.filter((part) => !isEmpty(part));
  const last = empty.length > 0 || parts.length === 0 ? { text: nothing, style: 'empty' } : null;
  if (!first) return headed([heading], last as Content, true);
  return [
    ...partContent([heading], first),
    ...rest.flatMap((part) => partContent([], part)),
    ...(last ? [last] : []),
  ];
}

function fieldContent({ unit, outcome, items, closedItems, entries }: CertifiedField): Content[] {
  const outcomes = table([
    row('结论', `${OUTCOMES_ZH[outcome]}${entries.length > 0 ? `（${entries.length} 条）` : ''}`),
    ...given('查询的目录事项', items.length > 0 ? items.join('、') : null),
    ...given('未开放的目录事项', closedItems.length > 0 ? closedItems.join('、') : null),
  ]);
  return [
    ...headed([{ text: unit.name, style: 'part' }], outcomes, items.length + closedItems.length < SHORT / 30),
    ...entries.map((entry, i) => entryTable(entry, i + 1)),
  ];
}

const certificateContent = (certificate: NonNullable<ReportDocument['certificate']>): Content[] => [
  { text: '有无违法违规记录情况', style: 'section' },
  table([row('查询期间', `${certificate.from} 至 ${certificate.to}`)]),
  ...certificate.fields.flatMap(fieldContent),
];

const looksContent = ({ total, entries }: NonNullable<ReportDocument['looks']>): Content[] => [
  { text: '附：信用信息查询记录', style: 'section' },
  {
    text: `共 ${total} 次${total > entries.length ? `，列出最近 ${entries.length} 次` : ''}。依法暂不告知的除外。`,
    style: 'empty',
  },
  ...(entries.length > 0
    ? [
        {
          table: {
            headerRows: 1,
            widths: LOOK_WIDTHS,
            body: [
              ['时间', '事由', '查询单位和用途', '查询内容'].map((text) => ({ text, bold: true })),
              ...entries.map(({ at, basis, unit, purpose, items }) => [
                { text: SHANGHAI.format(new Date(at)) },
                { text: LOOK_BASES_ZH[basis] ?? basis },
                { text: [unit?.name, purpose].filter(Boolean).join('：') || '—' },
                { text: items.length > 0 ? items.join('、') : '—' },
              ]),
            ],
          },
          layout: RULED,
          fontSize: 8,
        },
      ]
    : []),
];

const SHANGHAI = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** By hand, or by the code: the address with number and digest in it is too long to be read. */
const verification = ({ document, digest, verifyAt }: ToPrint): Content[] => [
  table([
    row('报告编号', document.number),
    [{ text: '摘要 SHA-256', color: GREY }, spelled(digest, 8)],
    verifyAt === null
      ? row('查验', '在出具本报告的平台凭编号和摘要查验：/reports/verify，或者 GraphQL 的 verifyReport')
      : [
          { text: '查验', color: GREY },
          {
            columns: [
              {
                text: `扫描二维码，或者在 ${verifyAt.replace(/\?.*/, '')} 凭编号和摘要查验（number=…&digest=…）`,
                link: verifyAt,
              },
              { qr: verifyAt, fit: 84, width: 92, alignment: 'right' },
            ],
          },
        ],
  ]),
];
/** The report as pdfmake prints it: the published layout, number and digest on every page. */
export function definitionOf(toPrint: ToPrint): Content {
  const { document, digest } = toPrint;
  const { number, kind, madeOn, subject, asker, notes, sections, certificate, looks } = document;
  const title = KINDS_ZH[kind];
  return {
    pageSize: 'A4',
    pageMargins: [48, 56, 48, 60],
    language: 'zh-CN',
    // The same report is the same file, to the byte: nothing in it is of the moment of printing.
    info: {
      title: `${title} ${number}`,
      subject: `SHA-256 ${digest}`,
      keywords: `${number} ${digest}`,
      creationDate: new Date(`${madeOn}T00:00:00+08:00`),
      modDate: new Date(`${madeOn}T00:00:00+08:00`),
    },
    defaultStyle: { font: 'NotoSansSC', fontSize: 9, lineHeight: 1.25 },
    styles: {
      title: { fontSize: 18, bold: true, alignment: 'center', margin: [0, 0, 0, 4] },
      subtitle: { fontSize: 9, color: GREY, alignment: 'center', margin: [0, 0, 0, 14] },
      section: { fontSize: 12, bold: true, margin: [0, 12, 0, 6], color: '#12395b' },
      part: { fontSize: 10, bold: true, margin: [0, 6, 0, 3] },
      missing: { color: '#8a4b08', margin: [0, 0, 0, 4] },
      empty: { color: GREY, margin: [0, 0, 0, 6] },
    },
    header: (page: number) => ({
      text: page === 1 ? '' : `${title}　${number}`,
      color: GREY,
      fontSize: 8,
      margin: [48, 26, 48, 0],
    }),
    footer: (page: number, pages: number) => ({
      columns: [
        { ...spelled(`编号 ${number}\nSHA-256 ${digest}`, 7), color: GREY },
        { text: `${page} / ${pages}`, alignment: 'right', fontSize: 8, color: GREY, width: 60 },
      ],
      margin: [48, 14, 48, 0],
    }),
    content: [
      { text: title, style: 'title' },
      { text: 'Public Credit Information Report', style: 'subtitle' },
      table([
        row('信息主体', subject.name),
        row(subject.kind === 'NATURAL_PERSON' ? '身份证号' : '统一社会信用代码', subject.code),
        row('主体类别', SUBJECT_KINDS_ZH[subject.kind as keyof typeof SUBJECT_KINDS_ZH] ?? subject.kind),
        row('查询单位', asker ? asker.unit.name : '信息主体本人'),
        ...given('用途', asker && asker.purpose),
        row('出具日期', madeOn),
      ]),
      ...verification(toPrint),
      { text: '报告说明', style: 'section' },
      { ol: notes.map(({ zh }) => zh), margin: [0, 0, 0, 6] },
      ...sections.flatMap(sectionContent),
      ...(certificate ? certificateContent(certificate) : []),
      ...(looks ? looksContent(looks) : []),
    ],
  };
}
