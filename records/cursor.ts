import { createHmac, timingSafeEqual } from 'node:crypto';
import { badInput } from './errors.ts';
import type { Position, ReadKey } from './read.ts';

const TAG_BYTES = 8;

/**
 * Cursors are positions sealed to one list, subject and scope. A cursor that another caller was given, or that somebody made up, is
 * refused instead of telling where rows lie that this caller may not see.
 */
export class Cursors {
  readonly #key: string;

  /** @param key kept from callers; equal in all processes that serve one subgraph. */
  constructor(key: string) {
    this.#key = key;
  }

  #tag(list: string, key: ReadKey, position: string): Buffer {
    return createHmac('sha256', this.#key)
      .update(`${list}\u001f${key.subjectId}\u001f${key.scope}\u001f${position}`)
      .digest()
      .subarray(0, TAG_BYTES);
  }

  write(list: string, key: ReadKey, position: Position): string {
    const text = `${position.on}${position.id}`;
    return Buffer.concat([this.#tag(list, key, text), Buffer.from(text)]).toString('base64url');
  }

  /** @throws BAD_USER_INPUT where the cursor was not given for this list, subject and caller. */
  read(list: string, key: ReadKey, cursor: string): Position {
    const bytes = Buffer.from(cursor, 'base64url');
    const text = bytes.subarray(TAG_BYTES).toString();
    const tag = this.#tag(list, key, text);
    if (bytes.length <= TAG_BYTES || !timingSafeEqual(bytes.subarray(0, TAG_BYTES), tag)) {
      throw badInput('after', { zh: '游标不是本列表给出的', en: 'the cursor was not given out for this list and caller' });
    }
    return { on: text.slice(0, 10), id: text.slice(10) };
  }
}
