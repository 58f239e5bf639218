/** Why a row cannot be read as it stands, whatever its layout. */
export type RowFault = 'BROKEN_QUOTE' | 'CHARACTERS_LOST' | 'CELL_ERROR';

/**
 * A row as it was sent. `line` is the line of the file on which it begins, counted from 1 with the header;
 * for rows that came by `submitRecords`, the number of the row.
 */
export interface Row {
  line: number;
  cells: string[];
  fault?: { kind: RowFault; cell: number };
  /** The reject that it stands for, where it comes from a correction file. */
  corrects?: RejectNumber;
}

/** A rejected row, by its receipt and its order among the receipt's rejects. */
export interface RejectNumber {
  receipt: string;
  ordinal: number;
}

/** Rows of one submission; the first is the header. */
export type Rows = AsyncIterable<Row>;

export const isEmptyRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/**
 * A NUL and half a surrogate pair, which no database takes, or U+FFFD, which stands where a character was
 * lost.
 */
const isLost = (cell: string): boolean =>
  cell.includes('\u0000') || cell.includes('\ufffd') || !cell.isWellFormed();

/** Text that can be stored, with U+FFFD where there was none. */
export const storable = (cell: string): string => cell.toWellFormed().replaceAll('\u0000', '\ufffd');

/** The row, with a fault if one of its cells lost a character. */
export function checkedRow(line: number, cells: string[]): Row {
  const cell = cells.findIndex(isLost);
  return cell < 0
    ? { line, cells }
    : { line, cells: cells.map(storable), fault: { kind: 'CHARACTERS_LOST', cell } };
}
