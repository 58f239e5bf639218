import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Layout } from '../../records/import/layout.ts';
import { recordKinds } from '../../records/kind.ts';
import { subgraphSdl } from '../../schema/sdl.ts';
import { Center, importInto, layoutOf, layouts, one, penalty, person, table } from './harness.ts';

const values = (layout: Layout, name: (header: string, code: string | undefined) => string) => {
  const row = penalty();
  return Object.fromEntries(
    layout.columns.map((c) => [name(c.header, c.code), c.header in row ? (row[c.header] as string) : '']),
  );
};

describe('a header matches', () => {
  const layout = layoutOf('penalty-2018');

  test.each<[string, (header: string, code: string | undefined) => string]>([
    ['by Chinese names', (header) => header],
    ['by field codes', (header, code) => code ?? header],
    ['by field codes in small letters', (header, code) => code?.toLowerCase() ?? header],
    [
      'with half-width brackets and blanks',
      (header) => ` ${header.replaceAll('（', ' (').replaceAll('）', ') ')}`,
    ],
    ['with marks of required columns', (header) => `*${header}（必填）`],
    ['with a byte order mark', (header) => `\ufeff${header}`],
  ])('[PD-13] %s', async (_, name) => {
    const center = new Center();
    const summary = await importInto(center, 'penalty-2018', one(values(layout, name)));
    expect(summary).toMatchObject({ accepted: 1, rejected: 0, unknownColumns: [] });
    expect(center.records[0]?.documentNumber).toBe('沪金市监罚〔2024〕第18号');
  });

  test('in any order of columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(Object.keys(penalty()), { minLength: 24, maxLength: 24 }),
        async (names) => {
          const center = new Center();
          const row = penalty();
          await importInto(
            center,
            'penalty-2018',
            table(
              names,
              names.map((name) => row[name] as string),
            ),
          );
          expect(center.records[0]?.own.fineAmount).toBe('2000.00');
        },
      ),
      { numRuns: 20 },
    );
  });

  test('where 证件号码 stands twice, first for the representative and then for the person', async () => {
    const row = penalty({ 行政相对人类别: '自然人' });
    const names = Object.keys(row).filter((name) => !name.startsWith('证件') && !name.includes('代码_'));
    const at = names.indexOf('法定代表人') + 1;
    const header = names.toSpliced(at, 0, '证件类型', '证件号码', '证件类型', '证件号码');
    const cells = names
      .map((name) => row[name] as string)
      .toSpliced(at, 0, '身份证', person(9), '身份证', person(3));
    const center = new Center();
    await importInto(center, 'penalty-2018', table(header, cells));
    expect([...center.subjects.keys()]).toEqual([person(3)]);
  });
});

describe('a header is refused', () => {
  test('for required columns that are not there, naming them and what is', async () => {
    const { 处罚内容: _, 处罚机关: __, ...rest } = penalty();
    const result = importInto(new Center(), 'penalty-2018', one(rest));
    await expect(result).rejects.toThrow(
      /处罚内容 \(CF_NR\)、处罚机关 \(CF_CFJG\).*文件中的列：行政相对人名称、.*lacks required columns/s,
    );
    await expect(result).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  test('for a column that is there twice, under one name or two', async () => {
    await expect(
      importInto(new Center(), 'penalty-2018', one({ ...penalty(), CF_WSH: 'x' })),
    ).rejects.toThrow('CF_WSH');
    const row = Object.entries(penalty());
    const twice = table([...row.map(([name]) => name), '备注'], [...row.map(([, value]) => value), '']);
    await expect(importInto(new Center(), 'penalty-2018', twice)).rejects.toThrow('备注');
  });

  test('for a file without one', async () => {
    // oxlint-disable-next-line require-yield -- a file of no rows
    const nothing = (async function* () {})();
    await expect(importInto(new Center(), 'penalty-2018', nothing)).rejects.toThrow('no header');
  });

  test('before a receipt is begun', async () => {
    const center = new Center();
    await expect(importInto(center, 'penalty-2018', table(['a'], ['b']))).rejects.toThrow('penalty-2018');
    expect(center.meta).toBeNull();
  });
});

test('columns that the layout does not know are named in the receipt and not read', async () => {
  const center = new Center();
  const summary = await importInto(
    center,
    'penalty-2018',
    one({ ...penalty(), 身高: '180', '罚款金额（元）': '2000' }),
  );
  expect(summary.unknownColumns).toEqual(['身高', '罚款金额（元）']);
  expect(center.meta?.unknownColumns).toEqual(['身高', '罚款金额（元）']);
  expect(JSON.stringify(center.records)).not.toContain('身高');
});

test('[SH-14] a column for what must not be collected is refused before a receipt is begun', async () => {
  const center = new Center();
  await expect(importInto(center, 'penalty-2018', one({ ...penalty(), 血型: 'A' }))).rejects.toThrow('SH-14');
  expect(center.meta).toBeNull();
});

test('no layout has two columns of one name', () => {
  for (const { columns } of layouts) {
    const names = columns.flatMap((c) => [c.header, ...(c.code ? [c.code] : [])]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('every field that a layout fills is one of its record type', () => {
  const kinds = (['registration', 'penalties', 'judicial', 'honors'] as const).flatMap((name) =>
    recordKinds(subgraphSdl(name)),
  );
  for (const layout of layouts) {
    const fields =
      kinds.find((kind) => kind.type === layout.recordType)?.columns.map((c) => `own.${c.field}`) ?? [];
    const filled = layout.columns
      .flatMap((c) => [c.to ?? []].flat())
      .filter((place) => place.startsWith('own.'));
    expect(filled.filter((place) => !fields.includes(place))).toEqual([]);
  }
});
