import { refusal } from '../errors.ts';
import type { Column, Layout } from './layout.ts';

/** Which cell each of the layout's columns is in. */
export interface HeaderMatch {
  /** Cell by position of the column in the layout; -1: the file does not have it. */
  cells: readonly number[];
  /**
   * Name of the column that each cell is in: the layout's, or the file's own where the layout does not know
   * it.
   */
  names: readonly string[];
  /** Columns of the file that the layout does not know; they are not read. */
  unknown: string[];
}

/**
 * Names are compared by letters and digits alone: not by width, case, blanks, brackets, punctuation and marks
 * of required columns.
 */
const headerKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\([必选]填项?\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

const namesOf = (column: Column): string[] => [
  column.header,
  ...(column.code ? [column.code] : []),
  ...(column.also ?? []),
];

/** Columns by every name they answer to, in the order of the layout. */
function columnsByName(columns: readonly Column[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  columns.forEach((column, at) => {
    for (const key of new Set(namesOf(column).map(headerKey)))
      found.set(key, [...(found.get(key) ?? []), at]);
  });
  return found;
}

/**
 * A name that several columns answer to (证件类型 of the representative and of the person) means, if it stands
 * there once, the column that has it as its first name, and if it stands there as often as there are columns,
 * each of them in turn.
 */
function columnOf(
  columns: readonly Column[],
  candidates: readonly number[],
  key: string,
  nth: number,
  times: number,
): number | undefined {
  if (times === candidates.length) return candidates[nth];
  return candidates.find((at) => headerKey(columns[at]?.header ?? '') === key) ?? candidates[0];
}

/**
 * Matches a header with a layout: Chinese names or field codes, in any order. Throws BAD_USER_INPUT for a
 * required column that is not there (saying what is) and for a column that is there twice.
 */
export function matchHeader(layout: Layout, header: readonly string[]): HeaderMatch {
  const keys = header.map(headerKey);
  const byName = columnsByName(layout.columns);
  const cells = layout.columns.map(() => -1);
  const names = header.map((name) => name.trim());
  const unknown: string[] = [];
  const twice: string[] = [];
  const seen = new Map<string, number>();
  for (let cell = 0; cell < header.length; cell++) {
    const key = keys[cell] as string;
    const name = names[cell] as string;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const candidates = byName.get(key);
    if (!candidates) {
      if (key !== '' && !unknown.includes(name)) unknown.push(name);
      continue;
    }
    const column = columnOf(
      layout.columns,
      candidates,
      key,
      nth,
      keys.filter((k) => k === key).length,
    ) as number;
    if (cells[column] !== -1) twice.push(name);
    cells[column] = cell;
  }
  const missing = layout.columns.filter((column, at) => column.required && cells[at] === -1).map(label);
  if (missing.length > 0) throw missingColumns(layout, missing, header);
  if (twice.length > 0) {
    throw refusal(
      'BAD_USER_INPUT',
      { zh: `重复的列：${twice.join('、')}`, en: `columns that are there twice: ${twice.join(', ')}` },
      { columns: twice },
    );
  }
  cells.forEach((cell, at) => {
    if (cell !== -1) names[cell] = (layout.columns[at] as Column).header;
  });
  return { cells, names, unknown };
}

const label = (column: Column): string => (column.code ? `${column.header} (${column.code})` : column.header);

function missingColumns(layout: Layout, missing: readonly string[], header: readonly string[]) {
  const found = header.map((name) => name.trim()).filter((name) => name !== '');
  return refusal(
    'BAD_USER_INPUT',
    {
      zh: `${layout.title.zh}（${layout.name}）缺少必需的列：${missing.join('、')}；文件中的列：${found.join('、')}`,
      en: `${layout.name} lacks required columns: ${missing.join(', ')}; columns found: ${found.join(', ')}`,
    },
    { columns: missing },
  );
}
