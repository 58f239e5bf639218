import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packs } from '../../../policy/packs/packs.ts';

const city = 'code: "440300"\nname: { zh: 深圳市, en: Shenzhen }\ndocument: 深圳市办法\n';
const RETENTION = (term: string) =>
  `retention:\n  from: DETERMINATION\n  terms: { MINOR: ${term}, GENERAL: ${term}, SEVERE: ${term} }\n  source: SZ-1\n  article: 第一条\n`;
const OTHERS =
  'minimumAge: { years: 18, source: SZ-2, article: 第二条 }\nprohibited: { contents: [GENES], source: SZ-3, article: 第三条 }\n';
const retention = (term: string) => RETENTION(term) + OTHERS;
const own = new Packs();
const packOn = (code: string, day: string) => own.on(code, day);
const district = (rest: string) =>
  `code: "440305"\nname: { zh: 南山区, en: Nanshan }\ndocument: 南山区办法\nparent: "440300"\n${rest}`;

test('every jurisdiction of the sources has a pack', () => {
  expect(own.codes()).toEqual(['310000', '310112', '310115', '310116', '320600', '370303']);
});

describe('the rules in force on a day', () => {
  test.each([
    ['310000', 'END_OF_CONDUCT', 'P5Y', 'SH-27'],
    ['310115', 'END_OF_CONDUCT', 'P5Y', 'SH-27'],
    ['310112', 'END_OF_CONDUCT', 'P5Y', 'SH-27'],
    ['310116', 'END_OF_CONDUCT', 'P5Y', 'SH-27'],
    ['370303', 'END_OF_CONDUCT', 'P5Y', 'ZD-35'],
    ['320600', 'DETERMINATION', 'P1Y', 'NT-30'],
  ])('%s: from %s, %s, by %s', (code, from, general, source) => {
    expect(packOn(code, '2024-06-01')).toMatchObject({
      code,
      retention: { from, terms: { GENERAL: general }, source },
    });
  });

  test('[NT-30] severe conduct in Nantong is kept three years', () => {
    expect(packOn('320600', '2024-06-01')?.retention.terms.SEVERE).toBe('P3Y');
  });

  test('Jinshan keeps its name and has the city’s rules outside its own time', () => {
    for (const day of ['2023-08-13', '2023-08-14', '2025-08-13', '2025-08-14']) {
      expect(packOn('310116', day)).toMatchObject({
        name: { zh: '上海市金山区' },
        retention: { source: 'SH-27' },
      });
    }
  });

  test('[SR-30][SR-31] a draft is not in force until an operator says from when; then its rules replace the city’s, for districts as well', () => {
    expect(packOn('310000', '2030-01-01')?.retention.source).toBe('SH-27');
    const packs = new Packs({ inForceFrom: { '310000-draft': '2027-01-01' } });
    for (const code of ['310000', '310116', '310112', '310115']) {
      expect(packs.on(code, '2026-12-31')).toMatchObject({
        retention: { source: 'SH-27' },
        objection: { compare: 2 },
      });
      expect(packs.on(code, '2027-01-01')).toMatchObject({
        retention: { source: 'SR-30' },
        objection: { compare: 5, forward: 2, providerVerify: 5 },
        repair: { effect: 'REMOVED_FROM_QUERY', neverForSevere: true },
        // What it does not state stays the city's.
        minimumAge: { years: 18, source: 'SH-10' },
      });
    }
    expect(packs.on('320600', '2027-01-01')?.retention.source).toBe('NT-30');
    expect(packs.codes()).not.toContain('310000-draft');
  });

  test('a first day is set only of a pack that there is, and not after its last', () => {
    expect(() => new Packs({ inForceFrom: { '999999': '2027-01-01' } })).toThrow(/no pack 999999/);
    expect(() => new Packs({ inForceFrom: { '310116': '2025-08-14' } })).toThrow(/310116 ends on 2025-08-13/);
  });

  test('before the first rules, and where no rules are known, there are none', () => {
    expect(packOn('310000', '2016-02-29')).toBeNull();
    expect(packOn('310116', '2016-02-29')).toBeNull();
    expect(packOn('310000', '2016-03-01')).not.toBeNull();
    expect(packOn('999999', '2024-06-01')).toBeNull();
  });
});

describe('an operator’s own packs', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  function folderOf(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'packs-'));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  }

  test('while it is in force, first and last day included, a child’s rule replaces the parent’s', () => {
    const packs = new Packs({
      folder: folderOf({
        '440300.yaml': city + retention('P5Y'),
        '440305.yaml': district(`inForce: { from: 2020-01-01, to: 2020-12-31 }\n${retention('P2Y')}`),
      }),
    });
    const term = (day: string) => packs.on('440305', day)?.retention.terms.GENERAL;
    expect(['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map(term)).toEqual([
      'P5Y',
      'P2Y',
      'P2Y',
      'P5Y',
    ]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a wrong term',
      { '440300.yaml': city + retention('5 years') },
      /440300\.yaml: retention\.terms\.MINOR \(SZ-1, 第一条\): not a period/,
    ],
    [
      'an unknown key',
      { '440300.yaml': `${city}${retention('P5Y')}colour: red\n` },
      /440300\.yaml: .*colour/,
    ],
    [
      'a day that does not exist',
      { '440300.yaml': `${city}${retention('P5Y')}inForce: { from: 2023-02-29 }\n` },
      /440300\.yaml: inForce\.from/,
    ],
    [
      'an end before the beginning',
      { '440300.yaml': `${city}${retention('P5Y')}inForce: { from: 2023-02-02, to: 2023-02-01 }\n` },
      /440300\.yaml: inForce: ends before/,
    ],
    [
      'a code that YAML reads as a number',
      { '440300.yaml': city.replaceAll('"', '') + retention('P5Y') },
      /440300\.yaml: code/,
    ],
    [
      'a file of another name',
      { 'shenzhen.yaml': city + retention('P5Y') },
      /shenzhen\.yaml: code: is 440300/,
    ],
    ['no retention anywhere', { '440300.yaml': city + OTHERS }, /440300\.yaml: retention: is missing/],
    [
      'a rule without its article',
      { '440300.yaml': `${city}${RETENTION('P5Y')}prohibited: { contents: [GENES], source: SZ-3 }\n` },
      /440300\.yaml: prohibited\.article \(SZ-3\)/,
    ],
    [
      'an amendment of nothing',
      { '440300-draft.yaml': city.replace('440300', '440300-draft') + 'amends: "440300"\n' },
      /440300-draft\.yaml: amends: there is no 440300\.yaml/,
    ],
    [
      'an unknown parent',
      { '440305.yaml': district(retention('P5Y')) },
      /440305\.yaml: parent: there is no 440300\.yaml/,
    ],
    [
      'parents in a circle',
      { '440300.yaml': `${city}parent: "440305"\n`, '440305.yaml': district(retention('P5Y')) },
      /440300\.yaml: parent: is its own ancestor/,
    ],
    ['no YAML', { '440300.yaml': 'a: [' }, /440300\.yaml: not readable as YAML/],
    ['an empty file', { '440300.yaml': '' }, /440300\.yaml: \(file\)/],
  ])('%s is refused, naming file and key', (_what, files, message) => {
    expect(() => new Packs({ folder: folderOf(files) })).toThrow(message);
  });
});
