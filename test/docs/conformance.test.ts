import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { conformance, withoutResults } from '../../conformance/document.ts';
import { namedTests } from '../../conformance/named.ts';
import { knownIds, readProvisions, sourceOf } from '../../conformance/provisions.ts';
import { PROJECT, textOf } from './documents.ts';

const list = readProvisions();
const known = knownIds(list);
const named = namedTests();

test('every provision has an id of its own and a known source', () => {
  const ids = [...list.provisions.map(({ id }) => id), ...Object.keys(list.articles)];
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  for (const id of ids) expect(sourceOf(id, list)).toMatch(/\p{Script=Han}/u);
});

test('no test carries a provision that there is not', () => {
  const strange = named.flatMap(({ file, names, ids }) =>
    ids.filter((id) => !known.has(id)).map((id) => `${id} in ${file}: ${names.join(' › ')}`),
  );
  expect(strange).toEqual([]);
});

test('every rule of a pack comes from a known provision or article', () => {
  const folder = join(PROJECT, 'policy/jurisdictions');
  const strange = readdirSync(folder).flatMap((file) => {
    const rules = Object.entries(
      parse(readFileSync(join(folder, file), 'utf8')) as Record<string, { source?: string }>,
    );
    return rules.flatMap(([key, rule]) =>
      rule?.source !== undefined && !known.has(rule.source) ? [`${rule.source} in ${file}: ${key}`] : [],
    );
  });
  expect(strange).toEqual([]);
});

test('docs/conformance.md has every provision and every test that carries one: npm run conformance', () => {
  expect(withoutResults(textOf('docs/conformance.md'))).toBe(withoutResults(conformance(list, named, {})));
});

const SAMPLE = { sources: { SH: '办法' }, articles: {} };
const provision = {
  area: 'retention',
  article: '第二十七条',
  says: 'five years',
  must: 'gone the day after',
};

test('a result is that of every case, and a provision without a test says so', () => {
  const provisions = ['SH-27', 'SH-28'].map((id) => ({ ...provision, id }));
  const names = ['terms', '[SH-27] on %s'];
  const cases = ['2026-03-01', '2026-03-02'].map((day, at) => ({
    names: ['terms', `[SH-27] on ${day}`],
    passed: at === 0,
  }));
  const written = (passed: typeof cases) =>
    conformance({ ...SAMPLE, provisions }, [{ file: 'test/a.test.ts', names, ids: ['SH-27'] }], {
      'test/a.test.ts': passed,
    });
  const row = '| terms › on %s | [test/a.test.ts](../test/a.test.ts) |';
  expect(written(cases)).toContain(`${row} **1 failed** (2 cases) |`);
  expect(written(cases.slice(0, 1))).toContain(`${row} passed |`);
  expect(written([])).toContain(`${row} not run |`);
  expect(written(cases)).toMatch(/### SH-28[^#]*No test carries it\./);
  expect(withoutResults(written(cases))).toBe(withoutResults(written([])));
});
