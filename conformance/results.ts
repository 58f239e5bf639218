import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NamedTest, PROJECT } from './named.ts';

interface Result {
  names: string[];
  passed: boolean;
}

/** How the tests of each file went when it last ran. */
export type Results = Readonly<Record<string, readonly Result[]>>;

/** What test/support/results.js wrote; nothing where no test has run. */
export function readResults(): Results {
  const file = join(PROJECT, 'coverage/results.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : {};
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What a name can read once a table has filled it in. */
const filledIn = (name: string): RegExp =>
  new RegExp(
    `^${name
      .split(/(%[psdifjo#$]|\$[A-Za-z_][\w.]*|…)/)
      .map((part, at) => (at % 2 === 1 ? '.*' : escaped(part).replaceAll('%%', '%')))
      .join('')}$`,
    's',
  );

/** How the cases of a test that carry a provision went. */
export function outcome({ file, names }: NamedTest, id: string, results: Results): string {
  const patterns = names.map(filledIn);
  const cases = (results[file] ?? []).filter(
    (result) =>
      result.names.length === names.length &&
      patterns.every((pattern, at) => pattern.test(result.names[at] as string)) &&
      result.names.some((name) => name.includes(`[${id}]`)),
  );
  if (cases.length === 0) return 'not run';
  const failed = cases.filter(({ passed }) => !passed).length;
  const of = cases.length === 1 ? '' : ` (${cases.length} cases)`;
  return failed === 0 ? `passed${of}` : `**${failed} failed**${of}`;
}
