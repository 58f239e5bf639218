import type { IncomingMessage } from 'node:http';
import type { BadBody } from '../../http/body.ts';

/** A body that cannot be read. */
export class UnreadableBody extends Error implements BadBody {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string) {
    super(type);
    this.status = status;
    this.type = type;
  }
}

/** The whole body as text. @throws UnreadableBody 413 over so many bytes, of which no more are kept. */
export function bodyOf(request: IncomingMessage, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= limit) return void pieces.push(piece);
      pieces.length = 0;
      reject(new UnreadableBody(413, 'entity.too.large'));
    });
    request.once('end', () => resolve(Buffer.concat(pieces).toString()));
    request.once('error', () => reject(new UnreadableBody(400, 'request.aborted')));
  });
}
