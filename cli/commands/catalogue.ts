import { Command } from 'commander';
import { openPool } from '../../platform/postgres/pool.ts';
import { generateCatalogue } from '../../subgraphs/catalogue/generate.ts';
import { loadCatalogue } from '../../subgraphs/catalogue/load.ts';
import { inHouse } from '../house.ts';

/** For trials of size: what it adds stands beside the jurisdictions' own items, and running it again adds nothing. */
export const catalogueCommand = (): Command =>
  new Command('catalogue')
    .description(
      '载入 2016 年运行情况报告规模的三清单 / load the three lists at the size of the 2016 operating report (99 units, 45,933 items, 295 behaviours, 1,724 matters)',
    )
    .option('--json', '最后一行输出一个 JSON 对象 / print one JSON object, last on stdout')
    .action(async ({ json }: { json?: boolean }) => {
      const began = performance.now();
      const added = await inHouse(async ({ databases }) => {
        const pool = openPool(databases.catalogue.appUrl, { max: 1 });
        try {
          return await loadCatalogue(pool, generateCatalogue());
        } finally {
          await pool.end();
        }
      });
      const seconds = (performance.now() - began) / 1000;
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...added, seconds })}\n`
          : `${added.units} 单位 units, ${added.items} 数据清单 items, ${added.matters} 应用清单 matters, ${added.behaviours} 行为清单 behaviours, ${seconds.toFixed(1)} s\n`,
      );
    });
