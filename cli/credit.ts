import { Command } from 'commander';
import { fail } from './fail.ts';

const COMMANDS = new Map<string, () => Promise<Command>>([
  ['token', async () => (await import('./commands/token.ts')).tokenCommand()],
  ['units', async () => (await import('./commands/units.ts')).unitsCommand()],
  ['import', async () => (await import('./commands/import.ts')).importCommand()],
  ['pull', async () => (await import('./commands/pull.ts')).pullCommand()],
  ['receipt', async () => (await import('./commands/receipt.ts')).receiptCommand()],
  ['report', async () => (await import('./commands/report.ts')).reportCommand()],
  ['batch', async () => (await import('./commands/batch.ts')).batchCommand()],
  ['demo', async () => (await import('./commands/demo.ts')).demoCommand()],
  ['catalogue', async () => (await import('./commands/catalogue.ts')).catalogueCommand()],
  ['compose', async () => (await import('./commands/compose.ts')).composeCommand()],
  ['migrate', async () => (await import('./commands/migrate.ts')).migrateCommand()],
  ['tidy', async () => (await import('./commands/tidy.ts')).tidyCommand()],
  ['journal', async () => (await import('./commands/journal.ts')).journalCommand()],
  ['reseal', async () => (await import('./commands/reseal.ts')).resealCommand()],
]);

const program = new Command('credit').description('公共信用信息网关 / Public Credit Gateway');
// One command does not load what the others need, and together they need the whole gateway.
const named = COMMANDS.get(process.argv[2] ?? '');
for (const command of named ? [named] : COMMANDS.values()) program.addCommand(await command());

await program.parseAsync().catch(fail);
