import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { Problem } from '../../platform/problem.ts';
import { inHouse } from '../house.ts';

export const receiptCommand = (): Command =>
  new Command('receipt')
    .description(
      '导出回执中退回的行，更正后可再次导入 / write the rejected rows of a receipt, to correct and import again',
    )
    .argument('<id>')
    .requiredOption('--rejects <file>', '写入的 CSV 文件 / CSV file to write')
    .action(async (id: string, { rejects }: { rejects: string }) => {
      await inHouse(async ({ subgraphs }) => {
        const pieces = await subgraphs.collection.intake?.corrections(id);
        if (!pieces) throw new Problem({ zh: `没有回执 ${id}`, en: `there is no receipt ${id}` });
        await pipeline(Readable.from(pieces), createWriteStream(rejects));
      });
    });
