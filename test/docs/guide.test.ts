import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { createGateway } from '../../gateway/gateway.ts';
import { settingsReference } from '../../platform/settings.ts';
import { ROLES } from '../../policy/terms.ts';
import { ERROR_CODES } from '../../records/errors.ts';
import { layouts, standardLayouts } from '../../subgraphs/layouts.ts';
import { PROJECT, blocks, guide, rows, textOf } from './documents.ts';

const LANGUAGES = ['en', 'zh'] as const;

/** The schema as clients see it. */
let apiSchema: GraphQLSchema;

beforeAll(async () => {
  const supergraphSdl = readFileSync(join(PROJECT, 'schema/supergraph.graphql'), 'utf8');
  const { gateway } = createGateway({ supergraphSdl });
  gateway.onSchemaLoadOrUpdate((loaded) => {
    apiSchema = loaded.apiSchema;
  });
  await gateway.load({ apollo: {} });
  await gateway.stop();
});

const codeOf = (cell: string): string => cell.replaceAll('`', '');

describe.each(LANGUAGES)('README and guide in %s', (language) => {
  const text = guide.map((page) => textOf(page[language])).join('\n');

  test('lists every setting with its default and meaning, in order', () => {
    const expected = settingsReference.map(({ name, default: standard, meaning }) => [
      `\`${name}\``,
      standard === null ? '—' : `\`${standard}\``,
      meaning[language],
    ]);
    expect(rows(text, /^`[A-Z][A-Z_]+`$/).filter(([, second = '']) => !/^\d{3}$/.test(second))).toEqual(
      expected,
    );
  });

  test('lists every error code with its HTTP status', () => {
    const told = rows(text, /^`[A-Z_]+`$/).filter(([, second = '']) => /^\d{3}$/.test(second));
    expect(told.map(([code = '']) => codeOf(code))).toEqual([...ERROR_CODES]);
  });

  test('lists every layout with its title and the columns that a file must have', () => {
    const expected = standardLayouts.map(({ name, title, columns }) => [
      name,
      title[language],
      columns
        .filter((column) => column.required)
        .map((column) => column.header)
        .join('、'),
    ]);
    const known = new Set(layouts.keys());
    const told = rows(text, /^`[a-z-]+(?:-\d{4})?`$/).filter(([first = '']) => known.has(codeOf(first)));
    expect(told.map(([name = '', ...rest]) => [codeOf(name), ...rest])).toEqual(expected);
  });

  test('names every role', () => {
    for (const role of ROLES) expect(text).toContain(`\`${role}\``);
  });

  test('has only examples that are valid against the schema as clients see it', () => {
    const examples = blocks(text, 'graphql');
    expect(examples.length).toBeGreaterThan(5);
    for (const example of examples) expect(validate(apiSchema, parse(example)).map(String)).toEqual([]);
  });

  test('has the query of its curl command among its examples', () => {
    const [query = ''] = [...text.matchAll(/"query": "([^"]+)"/g)].map(([, found]) => found as string);
    expect(validate(apiSchema, parse(query)).map(String)).toEqual([]);
  });
});

test.each(guide)('$en and $zh have the same code, but for its comments', ({ en, zh }) => {
  const code = (document: string) =>
    ['sh', 'graphql', 'json', 'text', 'ts'].map((language) =>
      blocks(textOf(document), language).map((block) => block.replace(/^#.*$/gm, '#')),
    );
  expect(code(zh)).toEqual(code(en));
});
