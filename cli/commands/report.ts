import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { Problem } from '../../platform/problem.ts';
import { inOwnGateway } from '../ownGateway.ts';
import { REPORT, type Report } from '../report/query.ts';

interface Options {
  from: string;
  to: string;
  jurisdiction?: string;
  out: string;
  url?: string;
  json?: boolean;
}

interface Answer {
  data?: { operatingReport: Report | null } | null;
  errors?: { message: string; path?: (string | number)[] }[];
}

async function askOne(
  url: string,
  token: string,
  query: string,
  { from, to, jurisdiction }: Options,
): Promise<Answer> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { from, to, jurisdiction: jurisdiction ?? null } }),
  });
  return (await response.json()) as Answer;
}

/** Part after part, as one report. */
async function ask(url: string, token: string, options: Options): Promise<Answer> {
  const parts: Partial<Report> = {};
  const errors: Answer['errors'] = [];
  for (const query of REPORT) {
    const answer = await askOne(url, token, query, options);
    errors.push(...(answer.errors ?? []));
    const part = answer.data?.operatingReport;
    if (!part) return { data: null, errors };
    Object.assign(parts, part);
  }
  return { data: { operatingReport: parts as Report }, errors };
}

const askEmbedded = (options: Options): Promise<Answer> =>
  inOwnGateway(async ({ house, url }) => {
    const rights = house.rights.current();
    const units = [...(house.follower.current()?.units.keys() ?? [])];
    const unit = units.find((code) => !rights?.isWithdrawn(code));
    if (unit === undefined) throw new Problem({ zh: '目录为空', en: 'the catalogue is empty' });
    const claims = { sub: 'credit report', role: 'center', unit, name: 'credit report' } as const;
    return ask(url, await issueToken(house.secrets.tokenPrivateKey, claims, '5m'), options);
  });

function askGateway(url: string, options: Options): Promise<Answer> {
  const token = process.env['CREDIT_TOKEN'];
  if (!token)
    throw new Problem({
      zh: '请在环境变量 CREDIT_TOKEN 中给出令牌',
      en: 'give a token in the variable CREDIT_TOKEN',
    });
  return ask(url, token, options);
}

export const reportCommand = (): Command =>
  new Command('report')
    .description('运行情况报告：数据和网页 / write the operating report as data and as a page')
    .requiredOption('--from <day>', '第一天 / first day, YYYY-MM-DD')
    .requiredOption('--to <day>', '最后一天 / last day, YYYY-MM-DD')
    .option('--jurisdiction <division>', '行政区划代码 / division code')
    .option('--out <folder>', '写入的文件夹 / folder to write to', '.')
    .option(
      '--url <gateway>',
      '向运行中的网关查询，令牌在 CREDIT_TOKEN / ask a running gateway, with the token in CREDIT_TOKEN',
    )
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async (options: Options) => {
      const { data, errors = [] } = await (options.url
        ? askGateway(options.url, options)
        : askEmbedded(options));
      const report = data?.operatingReport;
      if (!report) {
        const reason = errors.map(({ message }) => message).join('\n');
        throw new Problem({ zh: '没有得到报告', en: reason || 'there is no report' });
      }
      mkdirSync(options.out, { recursive: true });
      const files = { data: join(options.out, 'report.json'), page: join(options.out, 'report.html') };
      writeFileSync(files.data, `${JSON.stringify(report, null, 2)}\n`);
      const { reportPage } = await import('../report/page.ts');
      writeFileSync(files.page, reportPage(report));
      for (const { path, message } of errors) process.stderr.write(`${path?.join('.') ?? ''}: ${message}\n`);
      const incomplete = errors.length > 0;
      if (incomplete) process.exitCode = 2;
      process.stdout.write(
        options.json ? `${JSON.stringify({ ...files, incomplete })}\n` : `${files.data}\n${files.page}\n`,
      );
    });
