import { Command } from 'commander';
import { batchCommand } from './commands/batch.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { composeCommand } from './commands/compose.ts';
import { demoCommand } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { journalCommand } from './commands/journal.ts';
import { migrateCommand } from './commands/migrate.ts';
import { pullCommand } from './commands/pull.ts';
import { receiptCommand } from './commands/receipt.ts';
import { reportCommand } from './commands/report.ts';
import { resealCommand } from './commands/reseal.ts';
import { tidyCommand } from './commands/tidy.ts';
import { tokenCommand } from './commands/token.ts';
import { unitsCommand } from './commands/units.ts';
import { fail } from './fail.ts';

const program = new Command('credit')
  .description('公共信用信息网关 / Public Credit Gateway')
  .addCommand(tokenCommand())
  .addCommand(unitsCommand())
  .addCommand(importCommand())
  .addCommand(pullCommand())
  .addCommand(receiptCommand())
  .addCommand(reportCommand())
  .addCommand(batchCommand())
  .addCommand(demoCommand())
  .addCommand(catalogueCommand())
  .addCommand(composeCommand())
  .addCommand(migrateCommand())
  .addCommand(tidyCommand())
  .addCommand(journalCommand())
  .addCommand(resealCommand());

await program.parseAsync().catch(fail);
