import { Command } from 'commander';
import { layoutFor } from '../../subgraphs/layouts.ts';
import { inHouse } from '../house.ts';

/** Units with the matters for which they query and the layouts that they provide. */
export const unitsCommand = (): Command =>
  new Command('units')
    .description('单位及其应用事项、数据标准 / units, their matters and the layouts they provide')
    .option('--jurisdiction <division>', '行政区划代码 / of one division')
    .option('--json', '输出一个 JSON 对象 / print one JSON object')
    .action(async (options: { jurisdiction?: string; json?: boolean }) => {
      const units = await inHouse(async ({ follower }) => {
        const snapshot = follower.current();
        if (!snapshot) throw new Error('the catalogue does not answer');
        return [...snapshot.units.values()]
          .filter((unit) => !options.jurisdiction || unit.jurisdiction === options.jurisdiction)
          .map((unit) => ({
            ...unit,
            matters: [...snapshot.matters.values()]
              .filter((m) => m.unit === unit.code)
              .map(({ code, name, kind, aboutPersons, items }) => ({
                code,
                name,
                kind,
                aboutPersons,
                items: items.length,
              })),
            layouts: [
              ...new Set(
                [...snapshot.items.values()]
                  .filter((i) => i.inForce && i.provider === unit.code)
                  .map((i) => layoutFor(i)?.name ?? i.dataStandard),
              ),
            ],
          }));
      });
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ units })}\n`);
        return;
      }
      for (const unit of units) {
        process.stdout.write(`${unit.code}  ${unit.jurisdiction}  ${unit.name}\n`);
        for (const m of unit.matters) {
          process.stdout.write(
            `    应用事项 ${m.code}  ${m.name}（${m.kind}，${m.aboutPersons ? '自然人' : '法人'}，${m.items} 项）\n`,
          );
        }
        if (unit.layouts.length > 0) process.stdout.write(`    数据标准 ${unit.layouts.join(', ')}\n`);
      }
    });
