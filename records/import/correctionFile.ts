import type { Row } from './reading/row.ts';
import type { RejectedRow } from './receipts.ts';

const CORRECTION_COLUMNS = ['行号', '规则', '原因'] as const;
/** Last column: by which a row that comes again settles the reject it stands for. */
const NUMBER_COLUMN = '退回编号';
const NUMBER = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,9})$/i;

const BOM = '\ufeff';

/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const ESCAPED = /^'+[=+\-@\t\r\n＝＋－＠]/;

/**
 * Against formula injection: rows come from outside and are opened in a spreadsheet, where `=HYPERLINK(…)`
 * would run. An apostrophe in front makes it text.
 */
const safeCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** The cell as it was before `safeCell`. */
const plainCell = (cell: string): string => (ESCAPED.test(cell) ? cell.slice(1) : cell);

/** Whether a header is that of a correction file which comes back. */
export const isCorrection = (header: readonly string[]): boolean =>
  CORRECTION_COLUMNS.every((name, at) => header[at]?.trim() === name);

/** Which cell of a correction file's rows holds the reject's number; -1: none. */
export const numberCell = (header: readonly string[]): number =>
  header.findLastIndex((name) => name.trim() === NUMBER_COLUMN);

/**
 * The row of a correction file as it stood in the batch that it corrects, and which reject it stands for.
 * @param column the cell that the header has for the reject's number; -1: none.
 */
export function correctedRow(row: Row, column = -1): Row {
  const { line, cells, fault } = row;
  if (fault?.kind === 'BROKEN_QUOTE') return row;
  // A row with more or fewer cells than its header has its number in another cell than the header, and last all the same.
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const number = column < 0 ? null : NUMBER.exec(cells[last]?.trim() ?? '');
  const end = number ? last : column < 0 ? cells.length : column;
  const own = cells.slice(CORRECTION_COLUMNS.length, end).map(plainCell);
  return {
    line,
    cells: own,
    ...(fault && { fault: { ...fault, cell: fault.cell - CORRECTION_COLUMNS.length } }),
    ...(number && { corrects: { receipt: number[1] as string, ordinal: Number(number[2]) } }),
  };
}

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** `ordinal`: which of its receipt's rejects it is. */
export type NumberedReject = RejectedRow & { ordinal?: number };

/**
 * The rejected rows to correct and send again (更正文件): CSV text in UTF-8 with byte order mark, piece by piece.
 * The columns are those of the batch, with 行号, 规则 and 原因 in front, which the importer passes over, and, where the receipt is named,
 * 退回编号 behind, by which it knows what a row settles.
 */
export async function* correctionFile(
  header: readonly string[],
  rejects: Iterable<NumberedReject> | AsyncIterable<NumberedReject>,
  receipt?: string,
): AsyncGenerator<string> {
  const named = receipt !== undefined;
  yield BOM + csvLine([...CORRECTION_COLUMNS, ...header.map(safeCell), ...(named ? [NUMBER_COLUMN] : [])]);
  for await (const { line, rule, reason, cells, ordinal } of rejects) {
    const number = named ? [`${receipt}/${ordinal}`] : [];
    yield csvLine([String(line), rule, safeCell(reason), ...cells.map(safeCell), ...number]);
  }
}
