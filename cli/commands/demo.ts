import { Command, InvalidArgumentError } from 'commander';
import { DEMO_SEED, fill, loadOwnCatalogue } from '../demoData.ts';
import { inHouse } from '../house.ts';

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('应为整数 / must be a whole number');
  return Number(text);
}

export const demoCommand = (): Command =>
  new Command('demo')
    .description('填充演示数据 / fill in demonstration data; the same seed makes the same subjects')
    .requiredOption('--subjects <n>', '主体数 / how many subjects', whole)
    .option('--seed <n>', '种子 / seed', whole, DEMO_SEED)
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async ({ subjects, seed, json }: { subjects: number; seed: number; json?: boolean }) => {
      const result = await inHouse(async (house) => {
        await loadOwnCatalogue(house);
        return fill(house, subjects, seed);
      });
      const rate = Math.round(result.records / Math.max(result.seconds, 0.001));
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...result, recordsPerSecond: rate })}\n`
          : `${result.subjects} 主体 subjects, ${result.records} 记录 records, ${result.seconds.toFixed(1)} s, ${rate}/s\n`,
      );
    });
