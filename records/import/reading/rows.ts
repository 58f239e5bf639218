import { open } from 'node:fs/promises';
import { refusal } from '../../errors.ts';
import { csvRows } from './csv.ts';
import { decoded, encodingOf } from './encoding.ts';
import type { Row } from './row.ts';

const begins = (bytes: Buffer, ...signature: number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

const unreadable = (zh: string, en: string) => refusal('BAD_USER_INPUT', { zh, en });

/**
 * Rows of a CSV file (UTF-8 with or without byte order mark, or GB18030; LF or CR LF) or of the first sheet
 * of an XLSX file, the header first. What the file is follows from its bytes, not from its name. Reads piece
 * by piece: memory does not grow with the file. Throws BAD_USER_INPUT for a file of another kind.
 */
export async function* readRows(path: string): AsyncGenerator<Row> {
  const start = await firstBytes(path);
  if (begins(start, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable(
      '不支持旧版 XLS 或加密文件，请另存为 XLSX 或 CSV',
      'old XLS or an encrypted file: save it as XLSX or CSV',
    );
  }
  if (begins(start, 0xff, 0xfe) || begins(start, 0xfe, 0xff)) {
    throw unreadable(
      '不支持 UTF-16 编码，请另存为 UTF-8 编码的 CSV',
      'UTF-16 is not read: save it as CSV in UTF-8',
    );
  }
  if (begins(start, 0x50, 0x4b, 0x03, 0x04)) yield* (await import('./xlsx.ts')).xlsxRows(path);
  else yield* csvRows(decoded(path, await encodingOf(path)));
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
