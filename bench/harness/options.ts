import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes down what a program is told at its start, since an environment variable holds 128 kB at most. @returns the file, for `givenOptions` */
export function optionsFile(folder: string, name: string, options: object): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(options), { mode: 0o600 });
  return file;
}

/** What this program is told: the file is its last argument. */
export const givenOptions = (): unknown => JSON.parse(readFileSync(process.argv.at(-1) as string, 'utf8'));
