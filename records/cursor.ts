import { createHmac, timingSafeEqual } from 'node:crypto';
import { badInput } from './errors.ts';

const TAG_BYTES = 8;

/**
 * Cursors are positions sealed to one list: a list is named by all that decides what is in it, the caller's scope included. A cursor that
 * another caller was given, or that somebody made up, is refused instead of telling where rows lie that this caller may not see.
 */
export class Cursors {
  readonly #key: string;

  /** @param key kept from callers; equal in all processes that serve one subgraph. */
  constructor(key: string) {
    this.#key = key;
  }

  write(list: string, position: readonly string[]): string {
    const text = JSON.stringify(position);
    return Buffer.concat([this.#tag(list, text), Buffer.from(text)]).toString('base64url');
  }

  /** @throws BAD_USER_INPUT where the cursor was not given out for this list. */
  read(list: string, cursor: string): string[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const text = bytes.subarray(TAG_BYTES).toString();
    if (bytes.length <= TAG_BYTES || !timingSafeEqual(bytes.subarray(0, TAG_BYTES), this.#tag(list, text))) {
      throw badInput('after', {
        zh: '游标不是本列表给出的',
        en: 'the cursor was not given out for this list',
      });
    }
    return JSON.parse(text) as string[];
  }

  #tag(list: string, text: string): Buffer {
    return createHmac('sha256', this.#key).update(`${list}\u001f${text}`).digest().subarray(0, TAG_BYTES);
  }
}
