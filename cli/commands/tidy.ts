import { Command } from 'commander';
import { inHouse } from '../house.ts';

export const tidyCommand = (): Command =>
  new Command('tidy')
    .description(
      '将超过查询期限的信息转入档案；网关每日自动执行 / move records past their term into the archive; the gateway does so every day by itself',
    )
    .option('--json', '输出一个 JSON 对象 / print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const archived = await inHouse(async ({ subgraphs }) => {
        const counts: Record<string, number> = {};
        for (const subgraph of Object.values(subgraphs)) Object.assign(counts, await subgraph.tidy?.());
        return counts;
      });
      if (json) process.stdout.write(`${JSON.stringify({ archived })}\n`);
      else {
        for (const [type, n] of Object.entries(archived)) process.stdout.write(`${type}  ${n}\n`);
        const total = Object.values(archived).reduce((a, b) => a + b, 0);
        process.stdout.write(`${total} 转档 archived\n`);
      }
    });
