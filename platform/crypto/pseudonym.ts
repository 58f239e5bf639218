import { createHmac, createSecretKey } from 'node:crypto';

const LEAST_KEY_BYTES = 32;

/**
 * Turns a subject's code (统一社会信用代码 or 公民身份号码, in canonical form) into the id by which every database but
 * registration knows it: the first 16 bytes of HMAC-SHA-256, written as a lower-case uuid.
 *
 * The threat: a database of penalties leaks. A plain hash would not hide anyone, for codes can be listed: a
 * citizen id has some 10^10 likely values and all unified codes are published, so hashing them all takes
 * minutes. Without the key that is no use, and the key is in no database. 128 bits keep a collision among
 * 10^9 subjects below 10^-20. Another key gives every subject another id, so this key is not rotated: it is
 * kept, apart from the backups of the databases.
 *
 * Throws RangeError on a key under 32 bytes.
 */
export function createPseudonym(key: Buffer): (code: string) => string {
  if (key.length < LEAST_KEY_BYTES)
    throw new RangeError(`the pseudonym key has ${key.length} bytes, fewer than ${LEAST_KEY_BYTES}`);
  // Made once: preparing the key costs as much as the hash.
  const secret = createSecretKey(key);
  const idOf = (code: string): string => {
    const hex = createHmac('sha256', secret).update(code, 'utf8').digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  };
  // The gateway and the register ask for the same code one right after the other.
  let last = { code: '', id: idOf('') };
  return (code) => {
    if (code !== last.code) last = { code, id: idOf(code) };
    return last.id;
  };
}
