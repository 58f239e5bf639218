import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

export type Encoding = 'utf-8' | 'gb18030';

const PIECE = 1 << 18;

/** The bytes of a file, all in one buffer that is filled again and again. */
async function* pieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(PIECE);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** How many bytes at the end begin a UTF-8 character and wait for the rest of it: 0 to 3. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * UTF-8 if every byte of the file fits it, else GB18030. It takes a pass of its own, because a file may be
 * plain ASCII for megabytes before its first Chinese character, and a guess from the beginning would garble
 * the rest. The pass ends at the first misfit.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces(path)) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.length - unfinished(bytes);
    if (!isUtf8(bytes.subarray(0, end))) return 'gb18030';
    rest = Buffer.from(bytes.subarray(end));
  }
  return rest.length === 0 ? 'utf-8' : 'gb18030';
}

/**
 * The text of a file, piece by piece, without its byte order mark. Bytes that are no character become U+FFFD.
 */
export async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces(path)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
