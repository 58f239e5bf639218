import { Command, Option } from 'commander';
import { Problem } from '../../platform/problem.ts';
import { loadSettings } from '../../platform/settings.ts';
import { migrate } from '../../records/database.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/sdl.ts';
import { modules } from '../../subgraphs/index.ts';
import { onGround } from '../house.ts';

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description(
      '数据库迁移 / bring the databases to their newest form (one subgraph: MIGRATOR_DATABASE_URL; all: the embedded ones)',
    )
    .addOption(
      new Option('--subgraph <name>', '子图 / one subgraph, by MIGRATOR_DATABASE_URL').choices(
        SUBGRAPH_NAMES,
      ),
    )
    .action(async ({ subgraph }: { subgraph?: SubgraphName }) => {
      if (!subgraph) return onGround(async () => {});
      const url = loadSettings().migratorDatabaseUrl;
      if (!url)
        throw new Problem({ zh: '请设置 MIGRATOR_DATABASE_URL', en: 'MIGRATOR_DATABASE_URL is not set' });
      const { entities, migrations } = modules[subgraph];
      for (const name of await migrate(url, entities, migrations))
        process.stdout.write(`${subgraph} ${name}\n`);
    });
