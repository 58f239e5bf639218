import type pg from 'pg';
import { Problem } from '../../../platform/problem.ts';
import { leafContent } from './leaf.ts';
import { lastCheckpoint, leavesBetween } from './stored.ts';

const BATCH = 2_000;

/**
 * The journal as lines of JSON: the content of every leaf in order, byte for byte as it was hashed, and last the checkpoint that covers them
 * with the key that it verifies by. Some thousand lines a piece.
 * @throws Problem where an entry is missing: what would come after it would seem to be in another place.
 */
export async function* exportedJournal(session: pg.Client, key: string): AsyncGenerator<string> {
  const checkpoint = await lastCheckpoint(session);
  if (!checkpoint) throw new Problem({ zh: '日志尚无检查点', en: 'the journal has no checkpoint yet' });
  const { size, note } = checkpoint;
  for (let from = 0; from < size; from += BATCH) {
    const to = Math.min(from + BATCH, size);
    const entries = (await leavesBetween(session, from, to - 1)).flatMap(({ entry }) => entry ?? []);
    if (entries.length < to - from)
      throw new Problem({
        zh: '日志缺少条目，请先运行 credit journal verify',
        en: 'entries of the journal are missing: run `credit journal verify`',
      });
    yield entries.map((entry) => `${leafContent(entry)}\n`).join('');
  }
  yield `${JSON.stringify({ checkpoint: note, key })}\n`;
}
