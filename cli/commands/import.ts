import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { readRows } from '../../records/import/reading/rows.ts';
import type { ReceiptSummary } from '../../records/import/receipts.ts';
import { layouts } from '../../subgraphs/layouts.ts';
import { inHouse } from '../house.ts';
import { progress } from '../progress.ts';

interface Options {
  layout: string;
  jurisdiction: string;
  provider?: string;
  item?: string;
  reviewedBy?: string;
  reviewedOn?: string;
  json?: boolean;
}

const SHOWN = 20;

function print(summary: ReceiptSummary): void {
  const { receipt, received, accepted, duplicates, rejected, quarantined, unknownColumns, rejects } = summary;
  const lines = [
    `回执 receipt       ${receipt}`,
    `收到 received      ${received}`,
    `入库 accepted      ${accepted}`,
    `重复 duplicates    ${duplicates}`,
    `退回 rejected      ${rejected}`,
    `待定 quarantined   ${quarantined}`,
  ];
  if (unknownColumns.length > 0) lines.push(`未识别的列 unknown columns: ${unknownColumns.join(', ')}`);
  for (const r of rejects.slice(0, SHOWN))
    lines.push(`  ${r.line}: ${r.column ?? '—'} ${r.rule} ${r.reason}`);
  if (rejected > SHOWN) lines.push(`  … ${rejected - SHOWN}: credit receipt ${receipt} --rejects FILE`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

export const importCommand = (): Command =>
  new Command('import')
    .description('导入文件（CSV、XLSX）/ import a file of records')
    .argument('<file>')
    .requiredOption('--layout <name>', `数据标准 / layout: ${[...layouts.keys()].join(', ')}`)
    .requiredOption(
      '--jurisdiction <division>',
      '适用地区 / division code whose catalogue governs the records',
    )
    .option('--provider <code>', '信息提供单位统一社会信用代码 / unit that provides them')
    .option('--item <code>', '目录事项编码 / item of the catalogue')
    .option(
      '--reviewed-by <name>',
      '保密审查人 / who reviewed the file for secrecy, where the jurisdiction demands it',
    )
    .option('--reviewed-on <day>', '保密审查日期，缺省为今天 / day of the review; today unless given')
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async (file: string, options: Options) => {
      const summary = await inHouse(async ({ subgraphs, journal, clock }) => {
        const { intake } = subgraphs.collection;
        if (!intake) throw new Error('collection has no intake');
        const bar = progress(basename(file), 0);
        try {
          const done = await intake.submit({
            layout: options.layout,
            jurisdiction: options.jurisdiction,
            provider: options.provider ?? null,
            item: options.item ?? null,
            source: basename(file),
            secrecyReview: options.reviewedBy
              ? { reviewedBy: options.reviewedBy, reviewedOn: options.reviewedOn ?? clock.today() }
              : null,
            rows: readRows(file),
            onProgress: ({ received }) => bar.update(received),
          });
          // The center logs collection too [SH-26].
          await journal.write({
            id: randomUUID(),
            at: new Date(),
            officerId: userInfo().username,
            officer: null,
            unit: options.provider ?? null,
            role: null,
            channel: 'command',
            matter: null,
            caseNumber: null,
            note: `receipt ${done.receipt}`,
            operation: 'import',
            subjects: [],
            items: [],
            outcome: 'ANSWERED',
          });
          return done;
        } finally {
          bar.stop();
        }
      });
      if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
      else print(summary);
      if (summary.rejected + summary.quarantined > 0) process.exitCode = 2;
    });
