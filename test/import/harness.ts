import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { citizenIdOf, usccOf } from '../../policy/identifiers/code.ts';
import type { RecordSink, SubjectInput, SubjectRefusal, SubjectSink } from '../../records/delivery.ts';
import type { RecordInput } from '../../records/recordInput.ts';
import type { Layout } from '../../records/import/layout.ts';
import type { Row, Rows } from '../../records/import/reading/row.ts';
import type {
  QuarantinedRow,
  ReceiptCounts,
  ReceiptMeta,
  ReceiptStore,
  RejectedRow,
} from '../../records/import/receipts.ts';
import { Packs } from '../../policy/packs/packs.ts';
import { WorkingCalendar } from '../../policy/workingDays.ts';
import { type Submission, importRows } from '../../records/import/submission.ts';
import { layouts as honors } from '../../subgraphs/honors/layouts.ts';
import { layouts as judicial } from '../../subgraphs/judicial/layouts.ts';
import { layouts as penalties } from '../../subgraphs/penalties/layouts.ts';
import { layouts as registration } from '../../subgraphs/registration/layouts.ts';

export const TODAY = '2026-03-01';
export const layouts = [...registration, ...penalties, ...judicial, ...honors];

export function layoutOf(name: string): Layout {
  const found = layouts.find((layout) => layout.name === name);
  if (!found) throw new Error(`no layout ${name}`);
  return found;
}

/** A valid unified code of an enterprise, the same for the same number. */
export const firm = (n: number): string => usccOf(`91310116MA${String(n).padStart(7, '0')}`);

/** A valid identity number, born on 1980-01-01. */
export const person = (n = 1): string => citizenIdOf(`31011619800101${String(n).padStart(3, '0')}`);

export const UNIT = usccOf('11310116002463456');

/** Sinks that keep in memory what they are given, and hold the same fact once, as an agency does. */
export class Center implements SubjectSink, RecordSink, ReceiptStore {
  readonly subjects = new Map<string, SubjectInput>();
  readonly records: RecordInput[] = [];
  readonly rejected: RejectedRow[] = [];
  readonly quarantined: QuarantinedRow[] = [];
  meta: ReceiptMeta | null = null;
  finished: ReceiptCounts | null = null;
  refuse: (subject: SubjectInput) => Omit<SubjectRefusal, 'position'> | null = () => null;
  readonly #onFile = new Map<string, string>();

  register(subjects: readonly SubjectInput[]) {
    const refusals = subjects.flatMap((subject, position) => {
      const no = this.refuse(subject);
      if (!no) this.subjects.set(subject.code, subject);
      return no ? [{ position, ...no }] : [];
    });
    return Promise.resolve({ ids: subjects.map((s) => `id:${s.code}`), refusals });
  }

  deliver(recordType: string, records: readonly RecordInput[]) {
    const result = {
      accepted: 0,
      duplicates: 0,
      differing: [] as number[],
      revoked: [],
      known: [] as number[],
    };
    for (const [at, record] of records.entries()) {
      const fact = JSON.stringify([recordType, record.subjectId, record.documentNumber, record.determinedOn]);
      const content = JSON.stringify([record.title, record.own]);
      const known = this.#onFile.get(fact);
      if (known === undefined) {
        this.#onFile.set(fact, content);
        this.records.push(record);
        result.accepted++;
      } else {
        result.known.push(at);
        if (known === content) result.duplicates++;
        else result.differing.push(at);
      }
    }
    return Promise.resolve(result);
  }

  listed() {
    return Promise.resolve([]);
  }

  withdraw() {
    return Promise.resolve(0);
  }

  start(meta: ReceiptMeta) {
    this.meta = meta;
    return Promise.resolve('receipt-1');
  }

  addRejects(_id: string, rejects: readonly RejectedRow[]) {
    this.rejected.push(...rejects);
    return Promise.resolve();
  }

  addQuarantined(_id: string, rows: readonly QuarantinedRow[]) {
    this.quarantined.push(...rows);
    return Promise.resolve();
  }

  given() {
    return Promise.resolve(new Set<string>());
  }

  closeRejects() {
    return Promise.resolve();
  }

  finish(_id: string, counts: ReceiptCounts) {
    this.finished = { ...counts };
    return Promise.resolve();
  }
}

export function submission(
  layout: Layout,
  rows: Rows,
  center: Center,
  more: Partial<Submission> = {},
): Submission {
  const item = {
    id: 7,
    code: '310116-01',
    name: '目录事项',
    class: 'SUPERVISION',
    tier: 'PUBLIC',
    jurisdiction: '310116',
    provider: UNIT,
    dataStandard: layout.name,
    recordType: layout.recordType,
    aboutPersons: false,
    negative: true,
    grade: 'GENERAL',
    updateCycle: '每月',
    since: '2016-03-01',
    inForce: true,
  } as const;
  return {
    layout,
    items: { organizations: item, persons: { ...item, id: 8, code: '310116-02', aboutPersons: true } },
    provider: UNIT,
    jurisdiction: '310116',
    source: 'file.csv',
    rows,
    packs: new Packs(),
    calendar: new WorkingCalendar(),
    today: TODAY,
    subjects: center,
    sink: center,
    receipts: center,
    consents: center,
    ...more,
  };
}

export const importInto = (center: Center, layout: string, rows: Rows, more: Partial<Submission> = {}) =>
  importRows(submission(layoutOf(layout), rows, center, more));

/** Rows as a reader gives them, numbered as lines of a file. */
export async function* table(header: readonly string[], ...rows: readonly string[][]): AsyncGenerator<Row> {
  yield { line: 1, cells: [...header] };
  for (const [at, cells] of rows.entries()) yield { line: at + 2, cells };
}

/** A table of one row, by column name. */
export const one = (values: Readonly<Record<string, string>>) =>
  table(Object.keys(values), Object.values(values));

export const csv = (rows: readonly (readonly string[])[], lineBreak = '\n'): string =>
  rows
    .map((cells) => cells.map((c) => (/[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(','))
    .join(lineBreak) + lineBreak;

/** Runs with the path of a file of this content, and removes it. */
export async function withFile<T>(
  content: string | Uint8Array,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A row of penalty-2018 that is in order. */
export const penalty = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  行政相对人名称: '上海示例贸易有限公司',
  行政相对人类别: '法人及非法人组织',
  '行政相对人代码_1（统一社会信用代码）': firm(1),
  '行政相对人代码_2（工商注册号）': '',
  '行政相对人代码_3（组织机构代码）': '',
  法定代表人: '张三',
  证件类型: '',
  证件号码: '',
  行政处罚决定书文号: '沪金市监罚〔2024〕第18号',
  违法行为类型: '虚假宣传',
  违法事实: '当事人在网页上作虚假宣传',
  处罚依据: '《中华人民共和国反不正当竞争法》第二十条',
  处罚类别: '罚款',
  处罚内容: '罚款人民币2000元',
  '罚款金额（万元）': '0.2',
  '没收违法所得、没收非法财物的金额（万元）': '',
  处罚决定日期: '2024/03/05',
  处罚有效期: '2099/12/31',
  公示截止期: '',
  处罚机关: '金山区市场监督管理局',
  处罚机关统一社会信用代码: UNIT,
  数据来源单位: '金山区市场监督管理局',
  数据来源单位统一社会信用代码: UNIT,
  备注: '',
  ...more,
});

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
