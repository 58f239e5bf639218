import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { badInput } from '../../records/errors.ts';
import type { EvidenceFile } from '../../records/evidence.ts';

/** A sender that takes longer holds the place of others: 20 MB at 1.4 Mbit/s. */
const PATIENCE_MS = 120_000;

export type ReadFile = Pick<EvidenceFile, 'content' | 'digest'>;

const brokenOff = () => badInput('body', { zh: '文件未能完整接收', en: 'the file did not come to its end' });

/**
 * A request's body as it is, with its SHA-256, no more of it in memory than `most` bytes.
 * @returns null where it is larger; what is beyond is not kept.
 * @throws BAD_USER_INPUT where it breaks off, or takes too long
 */
export async function readFile(request: IncomingMessage, most: number): Promise<ReadFile | null> {
  if (Number(request.headers['content-length']) > most) return null;
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let size = 0;
  const whole = await new Promise<boolean>((resolve) => {
    const patience = setTimeout(done, PATIENCE_MS, false);
    function take(chunk: Buffer): void {
      size += chunk.length;
      if (size > most) return done(false);
      chunks.push(chunk);
      hash.update(chunk);
    }
    function done(all: boolean): void {
      clearTimeout(patience);
      request.off('data', take);
      resolve(all);
    }
    request.on('data', take);
    request.once('end', () => done(true));
    for (const failure of ['close', 'error']) request.once(failure, () => done(false));
  });
  if (size > most) return null;
  if (!whole) throw brokenOff();
  return { content: Buffer.concat(chunks, size), digest: hash.digest('hex') };
}
