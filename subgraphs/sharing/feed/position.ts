import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { badInput } from '../../../records/errors.ts';

const NONCE = 12;
const TAG = 16;
const PLACE = 8;

/**
 * Positions in the one order of all changes, sealed (AES-256-GCM): from the numbers themselves, or from two positions that are alike, a
 * recipient could tell how much changes that it is not given. Bound to one recipient and one matter, since with another matter it would be
 * given what it was not given before, and would not know.
 */
export class Positions {
  readonly #key: Buffer;

  /** @param key kept from callers; equal in all processes of the subgraph. */
  constructor(key: string) {
    this.#key = createHash('sha256').update(`${key} positions`).digest();
  }

  seal(feed: string, seq: number): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(feed));
    const place = Buffer.alloc(PLACE);
    place.writeBigUInt64BE(BigInt(seq));
    return Buffer.concat([nonce, cipher.update(place), cipher.final(), cipher.getAuthTag()]).toString(
      'base64url',
    );
  }

  /** @throws BAD_USER_INPUT where the position was not given out for this feed. */
  open(feed: string, position: string): number {
    try {
      const bytes = Buffer.from(position, 'base64url');
      if (bytes.length !== NONCE + PLACE + TAG) throw new Error('length');
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE))
        .setAAD(Buffer.from(feed))
        .setAuthTag(bytes.subarray(-TAG));
      const place = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
      return Number(place.readBigUInt64BE());
    } catch {
      throw badInput('after', {
        zh: '位置不是给本单位该应用事项的',
        en: 'the position was not given out to this unit for this matter',
      });
    }
  }
}
