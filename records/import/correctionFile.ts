import type { Row } from './reading/row.ts';
import type { RejectedRow } from './receipts.ts';

const CORRECTION_COLUMNS = ['行号', '规则', '原因'] as const;

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

/** The row of a correction file as it stood in the batch that it corrects. */
export function correctedRow(row: Row): Row {
  const { line, cells, fault } = row;
  if (fault?.kind === 'BROKEN_QUOTE') return row;
  const own = cells.slice(CORRECTION_COLUMNS.length).map(plainCell);
  return fault
    ? { line, cells: own, fault: { ...fault, cell: fault.cell - CORRECTION_COLUMNS.length } }
    : { line, cells: own };
}

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * The rejected rows to correct and send again (更正文件): CSV text in UTF-8 with byte order mark, piece by piece.
 * The columns are those of the batch, with 行号, 规则 and 原因 in front, which the importer passes over.
 */
export async function* correctionFile(
  header: readonly string[],
  rejects: Iterable<RejectedRow> | AsyncIterable<RejectedRow>,
): AsyncGenerator<string> {
  yield BOM + csvLine([...CORRECTION_COLUMNS, ...header.map(safeCell)]);
  for await (const { line, rule, reason, cells } of rejects) {
    yield csvLine([String(line), rule, safeCell(reason), ...cells.map(safeCell)]);
  }
}
