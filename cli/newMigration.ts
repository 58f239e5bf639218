import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '../platform/problem.ts';
import { schemaDrift } from '../records/database.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from '../schema/sdl.ts';
import { modules } from '../subgraphs/index.ts';
import { fail } from './fail.ts';
import { onGround } from './house.ts';

const USAGE = { zh: '用法：npm run migration -- 子图 名称', en: 'usage: npm run migration -- subgraph name' };

const classOf = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const migrationText = (
  className: string,
  statements: readonly string[],
): string => `import { Migration } from '@mikro-orm/migrations';

export class ${className} extends Migration {
  override up(): void {
${statements.map((s) => `    this.addSql(\`${s.replace(/[`\\$]/g, '\\$&')};\`);`).join('\n')}
  }
}
`;

/**
 * `npm run migration -- penalties add-licence`: writes what the entities have and the tables of the embedded database lack as the
 * subgraph's next migration, and lists it. Read it before you commit it: a rename looks like a drop and an add.
 */
async function newMigration(subgraph: SubgraphName, name: string): Promise<void> {
  if (!SUBGRAPH_NAMES.includes(subgraph) || !/^[a-z][a-z0-9-]*$/.test(name)) throw new Problem(USAGE);
  const drift = await onGround(({ databases }) =>
    schemaDrift(databases[subgraph].migratorUrl, modules[subgraph].entities),
  );
  const statements = drift
    .split(/;\n+/)
    .map((s) => s.trim())
    .filter((s) => s !== '' && !s.startsWith('create schema'));
  if (statements.length === 0)
    throw new Problem({ zh: '实体与表一致，无需迁移', en: 'entities and tables agree: nothing to migrate' });
  const file = `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}-${name}`;
  const folder = fileURLToPath(new URL(`../subgraphs/${subgraph}/migrations/`, import.meta.url));
  const list = readFileSync(`${folder}index.ts`, 'utf8');
  const className = classOf(name);
  writeFileSync(`${folder}${file}.ts`, migrationText(className, statements));
  writeFileSync(
    `${folder}index.ts`,
    list
      .replace(
        /(import type \{ MigrationObject \}[^\n]*\n(?:import [^\n]*\n)*)/,
        `$1import { ${className} } from './${file}.ts';\n`,
      )
      .replace(
        /(\[|\})?,?\s*\];\s*$/,
        (_, before: string) => `${before === '}' ? '},' : '['} { name: '${file}', class: ${className} }];\n`,
      ),
  );
  process.stdout.write(`subgraphs/${subgraph}/migrations/${file}.ts\n`);
}

await newMigration(process.argv[2] as SubgraphName, process.argv[3] ?? '').catch(fail);
