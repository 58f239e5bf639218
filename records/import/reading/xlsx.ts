import type { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { checkedRow, isEmptyRow, type Row } from './row.ts';

/** As Excel shows a number: 15 significant digits (0.1 + 0.2 is 0.3), no exponent, no separators. */
const NUMBER = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 });

/**
 * The text of a cell: dates as YYYY-MM-DD, a formula's result, rich text and links as plain text. Null: an
 * error such as #REF!.
 */
function cellText(value: ExcelJS.CellValue | undefined): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return NUMBER.format(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((run) => run.text).join('');
  if ('error' in value) return null;
  if ('result' in value || 'formula' in value) return cellText(value.result);
  return 'text' in value ? cellText(value.text) : null;
}

type Chunks = AsyncIterable<Buffer>;

/** The two steps of exceljs 4.4.0's reader that turn bytes into text. */
interface TextSteps {
  _parseSharedStrings: (this: unknown, entry: Readable) => unknown;
  _parseWorksheet: (this: unknown, chunks: AsyncIterable<Buffer | string>, sheet: string) => unknown;
}

async function* wholeCharacters(chunks: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
}

/**
 * exceljs decodes each chunk by itself, which breaks a Chinese character at nearly every border of chunks
 * (https://github.com/exceljs/exceljs/issues/2063). So it is given text instead of bytes.
 */
function keepCharactersWhole(reader: unknown): void {
  const steps = reader as TextSteps;
  const [strings, worksheet] = [steps._parseSharedStrings, steps._parseWorksheet];
  steps._parseSharedStrings = (entry) => strings.call(reader, entry.setEncoding('utf8'));
  steps._parseWorksheet = (chunks, sheet) => worksheet.call(reader, wholeCharacters(chunks as Chunks), sheet);
}

/**
 * Rows of the first sheet of an XLSX file. The line is the row's number in the sheet; empty rows are passed
 * over.
 */
export async function* xlsxRows(path: string): AsyncGenerator<Row> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  keepCharactersWhole(reader);
  let width = 0;
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const cells: string[] = [];
      let broken = -1;
      for (let column = 1; column <= Math.max(width, row.cellCount); column++) {
        const text = cellText(row.getCell(column).value);
        if (text === null && broken < 0) broken = column - 1;
        cells.push(text ?? '');
      }
      if (broken < 0 && isEmptyRow(cells)) continue;
      // A sheet stores no empty cells, so the header tells how wide its rows are.
      width ||= cells.length;
      const checked = checkedRow(row.number, cells);
      yield broken < 0 ? checked : { ...checked, fault: { kind: 'CELL_ERROR', cell: broken } };
    }
    return;
  }
}
