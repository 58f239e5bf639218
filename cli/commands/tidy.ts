import { Command } from 'commander';
import { inHouse } from '../house.ts';

export const tidyCommand = (): Command =>
  new Command('tidy')
    .description(
      '将超过查询期限的信息转入档案，删除逾期的核查任务等；网关每日自动执行 / move records past their term into the archive and delete old jobs; the gateway does so every day by itself',
    )
    .option('--json', '输出一个 JSON 对象 / print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const archived: Record<string, number> = {};
      const deleted: Record<string, number> = {};
      await inHouse(async ({ subgraphs }) => {
        for (const subgraph of Object.values(subgraphs))
          Object.assign(subgraph.recordTypes.length > 0 ? archived : deleted, await subgraph.tidy?.());
      });
      if (json) {
        const any = Object.keys(deleted).length > 0;
        process.stdout.write(`${JSON.stringify({ archived, ...(any && { deleted }) })}\n`);
        return;
      }
      for (const [type, n] of Object.entries(archived)) process.stdout.write(`${type}  ${n}\n`);
      const total = Object.values(archived).reduce((a, b) => a + b, 0);
      process.stdout.write(`${total} 转档 archived\n`);
      for (const [type, n] of Object.entries(deleted)) process.stdout.write(`${type}  ${n} 删除 deleted\n`);
    });
