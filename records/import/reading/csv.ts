import { refusal } from '../../errors.ts';
import { checkedRow, isEmptyRow, type Row, storable } from './row.ts';

/**
 * CSV (RFC 4180), split here and not by csv-parse: that one takes 21 s for a million rows of 30 columns where
 * this takes 4, and cannot go on after a broken quote (docs/performance.md). The tests hold the two to the
 * same answers.
 */

/** Characters of one row beyond which a file is no table, or a quote was never closed. */
const MAX_ROW = 1 << 22;

const [COMMA, QUOTE, CR, LF] = [0x2c, 0x22, 0x0d, 0x0a];

/** Line breaks of any kind: LF, CR LF or CR. */
const breaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

class CsvSplitter {
  #text = '';
  #at = 0;
  #line = 1;
  /** Cells of the row before, which this one probably has, too. */
  #width = 0;
  /** Whether some cell may have lost a character; nearly never. */
  #suspect = false;

  add(piece: string): void {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#suspect = this.#text.includes('\u0000') || this.#text.includes('\ufffd');
  }

  /**
   * The next row that has something in it, or null where its end has not been read yet. `last`: nothing
   * follows.
   */
  next(last: boolean): Row | null {
    while (this.#at < this.#text.length) {
      const row = this.#row(last);
      if (row === null) return this.#wait();
      if (row.fault || !isEmptyRow(row.cells)) return row;
    }
    return null;
  }

  #wait(): null {
    if (this.#text.length - this.#at <= MAX_ROW) return null;
    throw refusal('BAD_USER_INPUT', {
      zh: `第 ${this.#line} 行超过 ${MAX_ROW} 个字符，文件不是 CSV 表格`,
      en: `line ${this.#line} has more than ${MAX_ROW} characters: the file is not a CSV table`,
    });
  }

  #row(last: boolean): Row | null {
    const text = this.#text;
    const line = this.#line;
    // oxlint-disable-next-line unicorn/no-new-array -- room for a row of the usual width
    const cells = new Array<string>(this.#width);
    let count = 0;
    let within = 0;
    for (let at = this.#at; ; at++) {
      let end: number;
      if (text.charCodeAt(at) === QUOTE) {
        end = this.#quoteEnd(at, last);
        if (end === WAITING) return null;
        if (end === BROKEN) return this.#brokenLine(last);
        let cell = text.slice(at + 1, end - 1);
        if (cell.includes('"')) cell = cell.replaceAll('""', '"');
        within += breaks(cell);
        cells[count++] = cell;
      } else {
        end = plainEnd(text, at);
        if (end === text.length && !last) return null;
        cells[count++] = text.slice(at, end);
      }
      if (text.charCodeAt(end) === COMMA) {
        at = end;
        continue;
      }
      const next = afterBreak(text, end, last);
      if (next === WAITING) return null;
      this.#at = next;
      this.#line += within + 1;
      cells.length = count;
      this.#width = count;
      return this.#suspect ? checkedRow(line, cells) : { line, cells };
    }
  }

  /** Where the cell that opens with a quote ends, behind its closing quote. */
  #quoteEnd(open: number, last: boolean): number {
    const text = this.#text;
    for (let from = open + 1; ; ) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return last || text.length - this.#at > MAX_ROW ? BROKEN : WAITING;
      const next = text.charCodeAt(quote + 1);
      if (next === QUOTE) from = quote + 2;
      else if (next === COMMA || next === CR || next === LF) return quote + 1;
      else if (Number.isNaN(next)) return last ? quote + 1 : WAITING;
      else return BROKEN;
    }
  }

  /**
   * Gives up the line on which the row begins and goes on with the one after it, so that a quote out of place
   * costs no other row.
   */
  #brokenLine(last: boolean): Row | null {
    const line = this.#line;
    let end = this.#at;
    while (end < this.#text.length && this.#text.charCodeAt(end) !== LF && this.#text.charCodeAt(end) !== CR)
      end++;
    if (end === this.#text.length && !last) return null;
    const next = afterBreak(this.#text, end, last);
    if (next === WAITING) return null;
    const cells = [storable(this.#text.slice(this.#at, end))];
    this.#at = next;
    this.#line++;
    return { line, cells, fault: { kind: 'BROKEN_QUOTE', cell: 0 } };
  }
}

const WAITING = -1;
const BROKEN = -2;

function plainEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    if (c === COMMA || c === LF || c === CR) break;
  }
  return end;
}

function afterBreak(text: string, at: number, last: boolean): number {
  if (text.charCodeAt(at) !== CR) return Math.min(at + 1, text.length);
  if (at + 1 === text.length && !last) return WAITING;
  return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}

/**
 * Rows of CSV text that comes in pieces of any size. Empty lines and rows of empty cells are passed over. A
 * quote inside an unquoted cell is an ordinary character; a cell that opens with a quote and does not close
 * rightly makes its line a BROKEN_QUOTE row.
 */
export async function* csvRows(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Row> {
  const splitter = new CsvSplitter();
  for await (const piece of texts) {
    splitter.add(piece);
    for (let row = splitter.next(false); row; row = splitter.next(false)) yield row;
  }
  for (let row = splitter.next(true); row; row = splitter.next(true)) yield row;
}
