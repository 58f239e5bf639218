import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCode } from '../../policy/identifiers/code.ts';
import { badInput } from '../../records/errors.ts';
import { readRows } from '../../records/import/reading/rows.ts';

/** A code with the line of the file that it stands on. */
export interface CodeLine {
  line: number;
  raw: string;
}

const NAMES = [
  '统一社会信用代码',
  '身份证号',
  '身份证号码',
  '公民身份号码',
  '代码',
  '主体代码',
  '企业代码',
  'code',
];

const nameOf = (cell: string): string => cell.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/**
 * The codes of a CSV or XLSX file, in its order: the column with a name that codes go by, else the first. A first row that holds a good
 * code is no header.
 * @throws BAD_USER_INPUT for a file of another kind.
 */
export async function readCodeFile(path: string, today: string, most: number): Promise<CodeLine[]> {
  const found: CodeLine[] = [];
  let column: number | null = null;
  for await (const { line, cells } of readRows(path)) {
    if (column === null) {
      const named = cells.findIndex((cell) => NAMES.includes(nameOf(cell)));
      const plain = cells.findIndex((cell) => parseCode(cell, today).ok);
      column = Math.max(named >= 0 ? named : plain, 0);
      if (named >= 0 || plain < 0) continue;
    }
    if (found.length >= most)
      throw badInput('file', { zh: `最多 ${most} 个代码`, en: `at most ${most} codes` });
    found.push({ line, raw: cells[column] ?? '' });
  }
  return found;
}

/** The same of a file that came in a request. */
async function readSentFile(base64: string, today: string, most: number): Promise<CodeLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-codes-'));
  try {
    const path = join(folder, 'codes');
    await writeFile(path, Buffer.from(base64, 'base64'), { mode: 0o600 });
    return await readCodeFile(path, today, most);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Codes as a mutation brings them: a list, or a file. */
export interface SentCodes {
  codes?: string[] | null;
  file?: string | null;
}

/** @throws BAD_USER_INPUT where both are given or neither, or there are too many. */
export async function sentCodes(
  { codes, file }: SentCodes,
  today: string,
  most: number,
): Promise<CodeLine[]> {
  if ((codes == null) === (file == null))
    throw badInput('input', { zh: '须给出 codes 或 file 之一', en: 'has either `codes` or `file`' });
  if (file != null) return readSentFile(file, today, most);
  const given = codes ?? [];
  if (given.length > most) throw badInput('codes', { zh: `最多 ${most} 个`, en: `at most ${most}` });
  return given.map((raw, i) => ({ line: i + 1, raw }));
}
