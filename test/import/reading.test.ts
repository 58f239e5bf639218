import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { csvRows } from '../../records/import/reading/csv.ts';
import { objectRows } from '../../records/import/reading/objects.ts';
import type { Row } from '../../records/import/reading/row.ts';
import { readRows } from '../../records/import/reading/rows.ts';
import { collect, csv, withFile } from './harness.ts';

const readFile = (content: string | Uint8Array): Promise<Row[]> =>
  withFile(content, (path) => collect(readRows(path)));
const readText = (...pieces: string[]): Promise<Row[]> => collect(csvRows(pieces));
const cells = (rows: readonly Row[]): string[][] => rows.map((row) => row.cells);

const TABLE = [
  ['企业名称', '备注'],
  ['上海㐂记有限公司', '鎔、〇、€'],
];

describe('encodings', () => {
  test.each([
    ['UTF-8', Buffer.from(csv(TABLE))],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${csv(TABLE)}`)],
    ['GB18030', iconv.encode(csv(TABLE), 'gb18030')],
  ])('%s is read as written', async (_, bytes) => {
    expect(cells(await readFile(bytes))).toEqual(TABLE);
  });

  test('a file that is ASCII for a megabyte and turns GB18030 then is read right', async () => {
    const ascii = 'a,b\n'.repeat(300_000);
    const rows = await readFile(Buffer.concat([Buffer.from(ascii), iconv.encode('上海,金山\n', 'gb18030')]));
    expect(rows.at(-1)).toEqual({ line: 300_001, cells: ['上海', '金山'] });
  });

  test('characters survive wherever the file is cut into pieces', async () => {
    const text = `a,${'汉𠮷é'.repeat(120_000)}\n`;
    expect((await readFile(text))[0]?.cells[1]).toBe('汉𠮷é'.repeat(120_000));
    expect((await readFile(iconv.encode(text, 'gb18030')))[0]?.cells[1]).toBe('汉𠮷é'.repeat(120_000));
  });

  test('a cell that lost a character is marked, its neighbours are not', async () => {
    const bytes = Buffer.concat([
      iconv.encode('名称,备注\n甲,', 'gb18030'),
      Buffer.from([0xff]),
      Buffer.from('\n'),
    ]);
    const rows = await readFile(Buffer.concat([bytes, iconv.encode('乙,好\n', 'gb18030')]));
    expect(rows[1]).toMatchObject({ line: 2, fault: { kind: 'CHARACTERS_LOST', cell: 1 } });
    expect(rows[2]).toEqual({ line: 3, cells: ['乙', '好'] });
  });

  test.each([
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00]), 'UTF-16'],
    ['old XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'XLSX'],
  ])('%s is refused with what to do', async (_, bytes, word) => {
    await expect(readFile(bytes)).rejects.toThrow(word);
  });
});

describe('CSV', () => {
  test.each(['\n', '\r\n', '\r'])('rows that end in %j keep the line they begin on', async (end) => {
    const rows = await readFile([`a,b`, `"one${end}two",x`, '', ' , ', 'c,d'].join(end));
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: [`one${end}two`, 'x'] },
      { line: 6, cells: ['c', 'd'] },
    ]);
  });

  test('a quote inside an unquoted cell is a character', async () => {
    expect(cells(await readText('5"屏,a\n'))).toEqual([['5"屏', 'a']]);
  });

  test('a quote out of place costs its own line and no other', async () => {
    const rows = await readText('a,b\n1,"x" y\n2,z\n');
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1,"x" y'], fault: { kind: 'BROKEN_QUOTE', cell: 0 } },
      { line: 3, cells: ['2', 'z'] },
    ]);
  });

  test('a quote that is never closed costs its own line and no other', async () => {
    const rows = await readText('a,b\n1,"x\n2,"y"\n3,z\n');
    expect(rows.map((row) => [row.line, row.fault?.kind ?? row.cells])).toEqual([
      [1, ['a', 'b']],
      [2, 'BROKEN_QUOTE'],
      [3, ['2', 'y']],
      [4, ['3', 'z']],
    ]);
  });

  test('a file without an end of line in sight is refused, not swallowed', async () => {
    await expect(readText('x'.repeat(5_000_000))).rejects.toThrow('line 1');
  });

  test('rows are those of csv-parse, however the text is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '汉', ' ', '') });
    const tables = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(200)),
        async (rows, end, cuts) => {
          const text = csv(rows, end);
          const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
          const pieces = at.slice(1).map((to, i) => text.slice(at[i], to));
          const expected = parse(text, { relax_column_count: true, record_delimiter: end });
          const filled = expected.filter((row) => row.some((value) => value.trim() !== ''));
          expect(cells(await readText(...pieces))).toEqual(filled);
        },
      ),
    );
  });
});

describe('XLSX', () => {
  async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Row[]> {
    const book = new ExcelJS.Workbook();
    fill(book.addWorksheet('数据'));
    book.addWorksheet('说明').addRow(['not this one']);
    return readFile(new Uint8Array(await book.xlsx.writeBuffer()));
  }

  test('dates are days, numbers plain, formulas their results', async () => {
    const rows = await workbook((sheet) => {
      sheet.addRow(['日期', '金额', '号码', '公式', '文本', '空']);
      sheet.addRow([
        new Date('2024-03-05T00:00:00Z'),
        0.1 + 0.2,
        320584400006371,
        { formula: '1+1', result: 2 },
      ]);
      sheet.getCell('E2').value = { richText: [{ text: '富' }, { text: '文本' }] };
      sheet.getCell('B4').value = 0.0000001;
    });
    expect(rows).toEqual([
      { line: 1, cells: ['日期', '金额', '号码', '公式', '文本', '空'] },
      { line: 2, cells: ['2024-03-05', '0.3', '320584400006371', '2', '富文本', ''] },
      { line: 4, cells: ['', '0.0000001', '', '', '', ''] },
    ]);
  });

  test('Chinese text of any length stays whole, shared or not', async () => {
    const texts = Array.from({ length: 4000 }, (_, n) => `第${n}行：当事人销售不符合食品安全标准的食品㐂𠮷`);
    expect(cells(await workbook((sheet) => sheet.addRows(texts.map((text) => [text]))))).toEqual(
      texts.map((t) => [t]),
    );
    const inline = await withFile('', async (path) => {
      const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: false });
      const sheet = writer.addWorksheet('数据');
      for (const text of texts) sheet.addRow([text]).commit();
      await writer.commit();
      return collect(readRows(path));
    });
    expect(cells(inline)).toEqual(texts.map((text) => [text]));
  });

  test('an error in a cell is marked', async () => {
    const rows = await workbook((sheet) => {
      sheet.addRow(['a', 'b']);
      sheet.addRow(['x', { error: '#REF!' }]);
    });
    expect(rows[1]).toMatchObject({ line: 2, fault: { kind: 'CELL_ERROR', cell: 1 } });
  });
});

test('objects become rows under all names that they use', async () => {
  expect(await collect(objectRows([{ a: 1, b: null }, { c: '汉' }]))).toEqual([
    { line: 0, cells: ['a', 'b', 'c'] },
    { line: 1, cells: ['1', '', ''] },
    { line: 2, cells: ['', '', '汉'] },
  ]);
});
