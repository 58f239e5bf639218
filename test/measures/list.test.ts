import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Packs } from '../../policy/packs/packs.ts';
import { City } from '../support/city.ts';

const LIST = `query ($jurisdiction: String!, $on: Date, $kind: MeasureKind) {
  measuresList(jurisdiction: $jurisdiction, on: $on, kind: $kind) {
    code name { zh en } kind force leastGrade listedOnly term answerWithin source article document statedBy
  }
}`;

/** 深圳市, as an operator adds it. */
const shenzhen = (punishment: string): string => `code: "440300"
name: { zh: 深圳市, en: Shenzhen }
document: 深圳市公共信用信息管理办法
retention: { from: DETERMINATION, terms: { MINOR: P1Y, GENERAL: P1Y, SEVERE: P3Y }, source: SZ-1, article: 第一条 }
minimumAge: { years: 18, source: SZ-2, article: 第二条 }
prohibited: { contents: [GENES], source: SZ-3, article: 第三条 }
punishments:
  source: SZ-30
  article: 第三十条
  list:
    - { code: SZ-30-1, name: { zh: 列为重点监管对象, en: key target }, force: MANDATORY, ${punishment}article: 第三十条第一项 }
`;

const folders: string[] = [];
function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'measures-'));
  folders.push(folder);
  writeFileSync(join(folder, '440300.yaml'), text);
  return folder;
}

let city: City;
beforeAll(async () => {
  city = await City.open({
    JURISDICTIONS: folderWith(shenzhen('leastGrade: GENERAL, term: P6M, answerWithin: 5, ')),
  });
});
afterAll(async () => {
  await city.close();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

interface Listed {
  code: string;
  [field: string]: unknown;
}
async function listOf(jurisdiction: string, more: Record<string, unknown> = {}): Promise<Listed[]> {
  const { data, errors } = await city.ask(LIST, { variables: { jurisdiction, ...more } });
  expect(errors).toBeUndefined();
  return data.measuresList;
}
const codes = (list: readonly Listed[], source: string) =>
  list.filter((one) => one['source'] === source).map(({ code }) => code);

describe('the list of measures', () => {
  test.each([
    ['[SH-22]', '310000', '2026-03-02', 'SH-22', 'INCENTIVE', 4],
    ['[SH-23]', '310000', '2026-03-02', 'SH-23', 'PUNISHMENT', 8],
    ['[JS-15]', '310116', '2025-03-03', 'JS-15', 'INCENTIVE', 4],
    ['[JS-16]', '310116', '2025-03-03', 'JS-16', 'PUNISHMENT', 5],
    ['[JS-17]', '310116', '2025-03-03', 'JS-17', 'PUNISHMENT', 5],
    ['[ZD-27]', '370303', '2026-03-02', 'ZD-27', 'INCENTIVE', 5],
    ['[ZD-28]', '370303', '2026-03-02', 'ZD-28', 'PUNISHMENT', 5],
    ['[NT-28]', '320600', '2026-03-02', 'NT-28', 'INCENTIVE', 1],
    ['[NT-28]', '320600', '2026-03-02', 'NT-28', 'PUNISHMENT', 1],
  ])('%s of %s on %s has the measures of %s, %s: %s', async (_id, jurisdiction, on, source, kind, number) => {
    const list = await listOf(jurisdiction, { on, kind });
    expect(codes(list, source)).toHaveLength(number);
    for (const one of list) expect(one).toMatchObject({ kind, article: expect.stringContaining('条') });
    expect(list.every((one) => (one['leastGrade'] === null) === (kind === 'INCENTIVE'))).toBe(true);
  });

  test('[SH-23] names each with its basis, and anyone may read it', async () => {
    const list = await listOf('310000');
    expect(list.find(({ code }) => code === 'SH-23-7')).toEqual({
      code: 'SH-23-7',
      name: {
        zh: '限制担任企业法定代表人、负责人或者高级管理人员',
        en: expect.stringContaining('legal representative'),
      },
      kind: 'PUNISHMENT',
      force: 'MANDATORY',
      leastGrade: 'SEVERE',
      listedOnly: false,
      term: null,
      answerWithin: null,
      source: 'SH-23',
      article: '第二十三条第七项',
      document: '上海市公共信用信息归集和使用管理办法（市政府令第38号）',
      statedBy: '310000',
    });
  });

  test('[PD-11] tells mandatory measures from recommended ones', async () => {
    const force = async (jurisdiction: string, on: string, source: string) =>
      new Set(
        (await listOf(jurisdiction, { on })).filter((m) => m['source'] === source).map((m) => m['force']),
      );
    expect(await force('310115', '2026-03-02', 'SH-22')).toEqual(new Set(['RECOMMENDED']));
    expect(await force('310115', '2026-03-02', 'SH-23')).toEqual(new Set(['MANDATORY', 'RECOMMENDED']));
    expect(await force('310115', '2026-03-02', 'PD-4')).toEqual(new Set(['RECOMMENDED']));
    expect(await force('310115', '2026-03-02', 'PD-5')).toEqual(new Set(['MANDATORY']));
    expect(await force('310115', '2026-03-02', 'PD-6')).toEqual(new Set(['MANDATORY']));
    expect(await force('310115', '2026-03-02', 'PD-7')).toEqual(new Set(['MANDATORY', 'RECOMMENDED']));
    expect(await force('310115', '2026-03-02', 'PD-8')).toEqual(new Set(['RECOMMENDED']));
    expect(await force('310112', '2026-03-02', 'MH-3-1')).toEqual(new Set(['RECOMMENDED']));
    expect(await force('310112', '2026-03-02', 'MH-3-2')).toEqual(new Set(['MANDATORY']));
    expect(await force('310116', '2025-03-03', 'JS-16')).toEqual(new Set(['RECOMMENDED']));
    expect(await force('310116', '2025-03-03', 'JS-17')).toEqual(new Set(['MANDATORY']));
    expect(await force('370303', '2026-03-02', 'ZD-28')).toEqual(new Set(['RECOMMENDED']));
  });

  test.each([
    ['[PD-11]', '310115', 'INCENTIVE', [2, 2, 2, 1, 1, 0, 0, 0, 0, 1]],
    ['[PD-11]', '310115', 'PUNISHMENT', [0, 0, 0, 0, 0, 9, 3, 4, 1, 0]],
  ])('%s of %s has %ss by the items of its scheme', async (_id, jurisdiction, kind, numbers) => {
    const list = await listOf(jurisdiction, { kind });
    expect(numbers.map((_, n) => codes(list, `PD-${n + 1}`).length)).toEqual(numbers);
    for (const one of list.filter(({ code }) => code.startsWith('PD-')))
      expect(one).toMatchObject({
        article: `第${(one['source'] as string).slice(3)}项`,
        document: '浦东新区守信联合激励和失信联合惩戒实施方案',
        term: null,
        answerWithin: null,
        statedBy: '310115',
      });
  });

  test('[MH-5] of Minhang has those of its own opinions, by their parts', async () => {
    const list = await listOf('310112');
    const own = list.filter(({ code }) => code.startsWith('MH-'));
    expect(own.map(({ code, article }) => [code, article])).toEqual([
      ['MH-2-1-1', '二（一）'],
      ['MH-2-1-2', '二（一）'],
      ['MH-2-1-3', '二（一）'],
      ['MH-2-2-1', '二（二）'],
      ['MH-2-3-1', '二（三）'],
      ['MH-3-1-1', '三（一）'],
      ['MH-3-2-1', '三（二）'],
      ['MH-3-2-2', '三（二）'],
      ['MH-3-3-1', '三（三）'],
    ]);
  });

  test.each(['310112', '310115'])('[JS-3] of %s goes on with the city’s', async (district) => {
    const own = (await listOf(district)).filter((one) => one['statedBy'] === district);
    expect(await listOf(district)).toEqual([...own, ...(await listOf('310000'))]);
  });

  test.each([
    ['2023-08-13', false],
    ['2023-08-14', true],
    ['2025-08-13', true],
    ['2025-08-14', false],
  ])('[JS-26] of Jinshan on %s has its own measures beside the city’s: %s', async (on, own) => {
    const list = await listOf('310116', { on });
    expect(codes(list, 'JS-17')).toHaveLength(own ? 5 : 0);
    expect(codes(list, 'SH-23')).toHaveLength(8);
  });

  test('is null where no rules are in force, and a day that does not exist is bad input', async () => {
    expect(await listOf('999999')).toBeNull();
    expect(await listOf('310000', { on: '2016-02-29' })).toBeNull();
    const { errors } = await city.ask(LIST, { variables: { jurisdiction: '310000', on: '2026-02-29' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'on' });
  });

  test('[JS-26] of a jurisdiction that an operator adds comes from its file', async () => {
    expect(await listOf('440300')).toMatchObject([
      { code: 'SZ-30-1', leastGrade: 'GENERAL', term: 'P6M', answerWithin: 5, statedBy: '440300' },
    ]);
  });

  test.each([
    ['no least degree', '', /440300\.yaml: punishments\.list\.0\.leastGrade \(第三十条第一项\)/],
    [
      'a term that is none',
      'leastGrade: MINOR, term: half a year, ',
      /punishments\.list\.0\.term \(第三十条第一项\): not a period/,
    ],
    ['an unknown force', 'leastGrade: MINOR, force: URGENT, ', /440300\.yaml/],
    ['an unknown key', 'leastGrade: MINOR, colour: red, ', /440300\.yaml: punishments\.list\.0.*colour/],
  ])('with %s is refused, naming file, key and article', (_what, punishment, message) => {
    expect(() => new Packs({ folder: folderWith(shenzhen(punishment)) })).toThrow(message);
  });

  test('with the same code twice is refused', () => {
    const text = shenzhen('leastGrade: MINOR, ');
    const twice = `${text}${text.split('\n').at(-2)}\n`;
    expect(() => new Packs({ folder: folderWith(twice) })).toThrow(
      /punishments\.list\.1\.code.*SZ-30-1 is in the list twice/,
    );
  });
});
