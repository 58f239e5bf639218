import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CronExpressionParser } from 'cron-parser';
import { GraphQLError } from 'graphql';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem } from '../../../platform/problem.ts';
import { isDate } from '../../../policy/dates.ts';
import type { Message } from '../../../policy/message.ts';
import { matchHeader } from '../../../records/import/header.ts';
import type { Layout } from '../../../records/import/layout.ts';

/** Zone in which `every` is read and dates of the unit's database are, unless the mapping names another. */
export const SHANGHAI = 'Asia/Shanghai';

/** Rows that one receipt covers at most. */
export const MAX_BATCH = 50_000;

const must = (zh: string, en: string) => ({ error: `${zh} / ${en}` });

const matching = (pattern: RegExp, zh: string, en: string) =>
  z.string(must(zh, en)).regex(pattern, must(zh, en));

const whole = (from: number, to: number) =>
  z
    .int(must(`应为 ${from} 至 ${to} 的整数`, `must be an integer from ${from} to ${to}`))
    .min(from, must(`不小于 ${from}`, `must be ${from} or more`))
    .max(to, must(`不大于 ${to}`, `must be ${to} or less`));

const words = z.string(must('应为文字', 'must be text')).trim().min(1, must('不得为空', 'must not be empty'));
/** Five fields: pg-boss looks once a minute, so that seconds would promise too much. */
const CRON = /^\s*(?:\S+\s+){4}\S+\s*$/;

const isCron = (text: string): boolean => {
  try {
    CronExpressionParser.parse(text, { tz: SHANGHAI });
    return CRON.test(text);
  } catch {
    return false;
  }
};

const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

const mappingFile = z.strictObject({
  /** Names the connector in receipts, records' sources (`pull:<name>`) and the schedule. */
  name: matching(
    /^[a-z][a-z0-9-]{0,62}$/,
    '应为小写字母、数字与连字符',
    'must be lower-case letters, digits and hyphens',
  ),
  /** Environment variable with the URL of the unit's database. The URL itself holds a password and is no file's. */
  source: matching(
    /^[A-Z][A-Z0-9_]*$/,
    '应为环境变量名，数据库地址不得写在文件里',
    "must name an environment variable; the database's address does not belong in the file",
  ),
  layout: words,
  jurisdiction: matching(
    /^\d{6}$/,
    '应为加引号的行政区划代码，如 "310116"',
    'must be a division code in quotes, such as "310116"',
  ),
  /** 统一社会信用代码 of the unit whose rows these are. */
  provider: matching(/^[0-9A-Z]{18}$/, '应为统一社会信用代码', 'must be a unified social credit code'),
  /** 事项编码, where the unit has several items in the layout. */
  item: words.nullable().default(null),
  query: z.strictObject({
    /** Table or view, `name` or `schema.name`, as it is written in the database. */
    from: matching(/^[^.\0]+(?:\.[^.\0]+)?$/, '应为表或视图名', 'must name a table or view'),
    /** Column of the table: column of the layout, by Chinese name or field code. */
    columns: z
      .record(z.string(), words)
      .refine(
        (columns) => Object.keys(columns).length > 0,
        must('至少一列', 'must have one column at least'),
      ),
  }),
  watermark: z.strictObject({
    /** Timestamp or whole number that grows with every change of a row. */
    column: words,
    /** Unique: tells rows of the same watermark apart. */
    key: words,
    /** Rows younger than this wait for the next run: a transaction that began before them may still commit. */
    lagSeconds: whole(0, 86_400).default(30),
  }),
  /** Zone of the unit's timestamps that carry none. */
  timeZone: words.refine(isZone, must('没有这个时区', 'no such time zone')).default(SHANGHAI),
  /** When it runs: a cron expression of five fields. */
  every: words.refine(
    isCron,
    must('应为五段 cron 表达式，如 "0 * * * *"', 'must be a cron expression of five fields, as "0 * * * *"'),
  ),
  batch: whole(1, MAX_BATCH).default(MAX_BATCH),
  /** 保密审查: the unit's standing attestation for what the query gives [ZD-18]. */
  secrecyReview: z
    .strictObject({
      reviewedBy: words,
      reviewedOn: words.refine(isDate, must('应为日期 YYYY-MM-DD', 'must be a day, YYYY-MM-DD')),
    })
    .nullable()
    .default(null),
});

/** A connector as its mapping file has it. */
export type Mapping = z.infer<typeof mappingFile>;

/** Faults of a mapping file, each `key: what is wrong`. */
const problem = (file: string, faults: readonly { key: string; reason: Message }[]): Problem => {
  const lines = (language: 'zh' | 'en', colon: string) =>
    faults.map(({ key, reason }) => `\n  ${file}${colon}${key}${colon}${reason[language]}`).join('');
  return new Problem({
    zh: `连接器映射有误：${lines('zh', '：')}`,
    en: `the connector's mapping does not fit:${lines('en', ': ')}`,
  });
};

const single = (file: string, key: string, zh: string, en: string): Problem =>
  problem(file, [{ key, reason: { zh, en } }]);

/** Zod's own words are English; those of ours are in both languages. The value is never told: it may be a password. */
function reasonOf(issue: z.core.$ZodIssue): Message {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return { zh: `没有这样的键：${keys}`, en: `no such key: ${keys}` };
  }
  const [zh = '', en = zh] = issue.message.split(' / ');
  return { zh, en };
}

/**
 * Reads a connector's mapping file and checks it against the layouts.
 * @throws Problem naming the file and every key that does not fit.
 */
export function readMapping(path: string, layouts: ReadonlyMap<string, Layout>): Mapping {
  const file = basename(path);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    throw single(file, '(file)', '不是可读的 YAML', 'cannot be read as YAML');
  }
  const read = mappingFile.safeParse(content);
  if (!read.success) {
    throw problem(
      file,
      read.error.issues.map((issue) => ({ key: issue.path.join('.') || '(file)', reason: reasonOf(issue) })),
    );
  }
  checkLayout(file, read.data, layouts);
  return read.data;
}

function checkLayout(file: string, mapping: Mapping, layouts: ReadonlyMap<string, Layout>): void {
  const layout = layouts.get(mapping.layout);
  if (!layout) {
    const there = [...layouts.keys()].sort().join(', ');
    throw single(file, 'layout', `没有这个数据标准；可用：${there}`, `no such layout; there are ${there}`);
  }
  const { columns } = mapping.query;
  const { key } = mapping.watermark;
  try {
    const { unknown, cells } = matchHeader(layout, Object.values(columns));
    const keyCell = Object.keys(columns).indexOf(key);
    const taken = layout.columns.find((_, at) => keyCell !== -1 && cells[at] === keyCell);
    // Positions are kept in clear, and codes of subjects nowhere but in registration.
    if ([taken?.to ?? []].flat().some((place) => place.startsWith('subject.')))
      throw single(
        file,
        'watermark.key',
        `“${key}”指明主体，请用行的主键`,
        `"${key}" tells the subject: name the row's own key`,
      );
    if (unknown.length === 0) return;
    throw problem(
      file,
      Object.entries(columns)
        .filter(([, to]) => unknown.includes(to))
        .map(([from, to]) => ({
          key: `query.columns.${from}`,
          reason: {
            zh: `${mapping.layout} 没有“${to}”这一列`,
            en: `${mapping.layout} has no column "${to}"`,
          },
        })),
    );
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw problem(file, [{ key: 'query.columns', reason: error.extensions['message'] as Message }]);
  }
}

/**
 * The connectors of a folder: every *.yaml in it, by file name.
 * @throws Problem for one that does not fit, and for a name that two files have.
 */
export function readMappings(folder: string, layouts: ReadonlyMap<string, Layout>): Mapping[] {
  const files = filesOf(folder);
  const mappings = files.map((file) => readMapping(join(folder, file), layouts));
  mappings.forEach(({ name }, at) => {
    const first = mappings.findIndex((other) => other.name === name);
    if (first < at)
      throw single(files[at] as string, 'name', `与 ${files[first]} 重名`, `is that of ${files[first]} too`);
  });
  return mappings;
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort();
  } catch {
    throw new Problem({
      zh: `PULL_CONNECTORS：无法读取目录 ${folder}`,
      en: `PULL_CONNECTORS: the folder ${folder} cannot be read`,
    });
  }
}
