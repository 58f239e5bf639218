import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** Every document of the project, by its path from the project's folder. */
export const documents: readonly string[] = [
  ...readdirSync(PROJECT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** What users read, page by page, in both languages. */
export const guide: readonly { en: string; zh: string }[] = documents
  .filter((path) => path === 'README.md' || path.startsWith('docs/guide/'))
  .filter((path) => !path.endsWith('.zh-CN.md'))
  .map((path) => ({ en: path, zh: path.replace(/\.md$/, '.zh-CN.md') }));

export const textOf = (document: string): string => readFileSync(join(PROJECT, document), 'utf8');

/** The fenced blocks of a language, in order. */
export const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, body]) => body as string,
  );

/** Rows of the table whose first cells are all of this form, a cell a column. */
export function rows(text: string, firstCell: RegExp): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '))
    .filter(([first = '']) => firstCell.test(first));
}

/** Relative targets of the links of a document, from the project's folder. */
export const linkTargets = (document: string): string[] =>
  [...textOf(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => (target as string).replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => relative(PROJECT, resolve(PROJECT, dirname(document), target)));
