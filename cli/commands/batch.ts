import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { type CodeLine, readCodeFile } from '../../gateway/checks/codeFile.ts';
import { issueToken } from '../../gateway/identity/issuer.ts';
import { Problem } from '../../platform/problem.ts';
import { inOwnGateway } from '../ownGateway.ts';
import { progress } from '../progress.ts';

interface Options {
  matter: string;
  out?: string;
  url?: string;
  job?: string;
  json?: boolean;
}

interface Job {
  id: string;
  state: string;
  total: number;
  done: number;
  passed: number;
  failed: number;
  unknown: number;
  reason: string | null;
}

interface Result {
  line: number;
  code: string;
  outcome: string;
  reasons: { code: string; zh: string; en: string }[];
  hits: {
    documentNumber: string | null;
    title: string | null;
    determinedOn: string | null;
    dispute: object | null;
  }[];
  checkedOn: string;
}

const JOB = 'id state total done passed failed unknown reason';
const START = `mutation StartBatch($input: StartBatchCheckInput!) { startBatchCheck(input: $input) { job { ${JOB} } } }`;
const FIND = `query BatchJob($id: ID!) { job(id: $id) { ${JOB} } }`;
const RESULTS = `query BatchResults($id: ID!, $after: String) {
  job(id: $id) { results(first: 1000, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { line code outcome reasons { code zh en } hits { documentNumber title determinedOn dispute { since } } checkedOn } } } }`;

const MAX_CODES = 200_000;
const POLL_MS = 300;

type Ask = (query: string, variables: object) => Promise<Record<string, unknown>>;

const asking =
  (url: string, token: string, matter: string): Ask =>
  async (query, variables) => {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'query-purpose': encodeURIComponent(matter),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, unknown> | null;
      errors?: { message: string }[];
    };
    if (errors?.length || !data) {
      const [zh, en] = (errors?.[0]?.message ?? '没有应答 / no answer').split(' / ');
      throw new Problem({ zh: zh as string, en: en ?? (zh as string) });
    }
    return data;
  };

/** By a gateway of its own over the data folder, as the unit whose matter it is. */
const inEmbedded = <T>(matter: string, work: (ask: Ask) => Promise<T>): Promise<T> =>
  inOwnGateway(async ({ house, url }) => {
    const unit = house.follower.current()?.matters.get(matter)?.unit;
    if (!unit) throw new Problem({ zh: `没有应用事项 ${matter}`, en: `there is no matter ${matter}` });
    const claims = {
      sub: 'credit batch',
      role: 'agency',
      unit,
      name: 'credit batch',
      channel: 'command',
    } as const;
    const token = await issueToken(house.secrets.tokenPrivateKey, claims, '12h');
    return work(asking(url, token, matter));
  });

async function work(
  ask: Ask,
  codes: readonly CodeLine[],
  options: Options,
): Promise<{ job: Job; results: Result[] }> {
  const started = async (): Promise<Job> => {
    const data = await ask(START, { input: { codes: codes.map(({ raw }) => raw) } });
    return (data['startBatchCheck'] as { job: Job }).job;
  };
  const id = options.job ?? (await started()).id;
  process.stderr.write(`任务 job ${id}\n`);
  const bar = progress('核查 checked', codes.length);
  let job: Job;
  try {
    for (;;) {
      const found = (await ask(FIND, { id }))['job'] as Job | null;
      if (!found) throw new Problem({ zh: `没有任务 ${id}`, en: `there is no job ${id}` });
      job = found;
      bar.update(job.done);
      if (job.state !== 'QUEUED' && job.state !== 'RUNNING') break;
      await sleep(POLL_MS);
    }
  } finally {
    bar.stop();
  }
  const results: Result[] = [];
  for (let after: string | null = null; ; ) {
    const data = await ask(RESULTS, { id, after });
    const page = (
      data['job'] as {
        results: { nodes: Result[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
      }
    ).results;
    results.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  return { job, results };
}

/** A leading sign would make a spreadsheet take the cell for a formula. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** In the order of the file, with the codes as they stand in it. */
function resultFile(codes: readonly CodeLine[], results: readonly Result[]): string {
  const head = ['行号', '主体代码', '核查结果', '原因', '失信信息', '核查日期'];
  const lines = results.map(({ outcome, reasons, hits, checkedOn }, i) => {
    const { line, raw } = codes[i] as CodeLine;
    const records = hits.map(({ documentNumber, title, determinedOn, dispute }) =>
      [documentNumber ?? title ?? '', determinedOn ?? '', dispute ? '（异议处理中）' : ''].join(' ').trim(),
    );
    const told = reasons.map(({ zh }) => zh).join('；');
    return [String(line), raw, outcome, told, records.join('；'), checkedOn].map(cell).join(',');
  });
  return `\ufeff${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

export const batchCommand = (): Command =>
  new Command('batch')
    .description('批量核查信用状况 / check the good standing of a file of subjects')
    .argument('<file>', 'CSV 或 XLSX，含代码一列 / CSV or XLSX with a column of codes')
    .requiredOption('--matter <code>', '应用事项编码，按其规则核查 / matter by whose rule they are checked')
    .option('--out <file>', '结果文件，缺省为 <file>.result.csv / file of results')
    .option('--job <id>', '继续等待已提交的任务 / go on with a job of the same file')
    .option(
      '--url <gateway>',
      '由运行中的网关核查，令牌在 CREDIT_TOKEN / by a running gateway, with the token in CREDIT_TOKEN',
    )
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async (file: string, options: Options) => {
      const today = new Date().toISOString().slice(0, 10);
      const codes = await readCodeFile(file, today, MAX_CODES);
      const token = process.env['CREDIT_TOKEN'];
      if (options.url && !token)
        throw new Problem({
          zh: '请在环境变量 CREDIT_TOKEN 中给出令牌',
          en: 'give a token in the variable CREDIT_TOKEN',
        });
      const { job, results } = options.url
        ? await work(asking(options.url, token as string, options.matter), codes, options)
        : await inEmbedded(options.matter, (ask) => work(ask, codes, options));
      const out = options.out ?? `${file}.result.csv`;
      writeFileSync(out, resultFile(codes, results), { mode: 0o600 });
      const { id, state, total, done, passed, failed, unknown, reason } = job;
      const summary = { job: id, state, total, done, passed, failed, unknown, reason, out };
      process.stdout.write(
        options.json
          ? `${JSON.stringify(summary)}\n`
          : `通过 passed    ${passed}\n未通过 failed  ${failed}\n无法判定 unknown ${unknown}\n${out}\n`,
      );
      if (state !== 'DONE') {
        process.stderr.write(`${state} ${reason ?? ''}\n`);
        process.exitCode = 1;
      } else if (unknown > 0) process.exitCode = 2;
    });
