import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PROJECT, documents, linkTargets, textOf } from './documents.ts';

const scripts = (
  JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

/** A provision by its id, as [SH-27] in names of tests and in docstrings. */
const PROVISION = /\b(?:SH|JS|NT|ZD|SP|SR|PD|MH)-(?:\d+b?|[a-z][a-z-]*)\b/g;
const RULES = ['schema', 'policy', 'records', 'subgraphs', 'gateway', 'test'];

const found = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern) ?? [])];
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/npx credit ([a-z]+)/g)].map(([, command]) => command as string);
const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script as string);

/** Folders and files of the project that a document names in code: `records/read.ts`. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`((?:[a-z]+\/)[\w./-]*)`/gi)]
    .map(([, path]) => path as string)
    .filter((path) => /^[\w./-]+$/.test(path));

describe.each(documents)('%s', (document) => {
  const text = textOf(document);

  test('links to what is there', () => {
    expect(linkTargets(document).filter((target) => !existsSync(join(PROJECT, target)))).toEqual([]);
  });

  test('names paths that are there', () => {
    const folders = new Set(execFileSync('ls', [PROJECT], { encoding: 'utf8' }).split('\n'));
    const ours = pathsIn(text).filter((path) => folders.has(path.split('/')[0] as string));
    expect(ours.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  test('names scripts and commands that exist', () => {
    expect(scriptsIn(text).filter((script) => !(script in scripts))).toEqual([]);
    expect(
      commandsIn(text).filter((command) => !existsSync(join(PROJECT, `cli/commands/${command}.ts`))),
    ).toEqual([]);
  });

  test('names provisions that the schema, the code or a test carries', () => {
    // It names them all, and says which no test carries.
    if (document === 'docs/conformance.md') return;
    for (const id of found(text, PROVISION)) {
      const carried = RULES.some((folder) => grep(id, folder));
      expect({ id, carried }).toEqual({ id, carried: true });
    }
  });
});

function grep(id: string, folder: string): boolean {
  try {
    execFileSync('grep', [
      '-rqw',
      '--include=*.ts',
      '--include=*.graphql',
      '--include=*.yaml',
      '--',
      id,
      join(PROJECT, folder),
    ]);
    return true;
  } catch {
    return false;
  }
}
