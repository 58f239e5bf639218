import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (code: string, salt: Buffer, length: number) => Promise<Buffer>;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** For how long a code is good, and how often it may be tried [NT-22]. */
export const CODE_MINUTES = 10;
export const MAX_TRIES = 5;

/** Six digits. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** Salted and slow: a million codes are soon tried against a plain hash by whoever copies the table. */
export async function hashOf(code: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return Buffer.concat([salt, await derive(code, salt, HASH_BYTES)]).toString('base64');
}

export async function matches(code: string, hash: string): Promise<boolean> {
  const bytes = Buffer.from(hash, 'base64');
  const told = await derive(code, bytes.subarray(0, SALT_BYTES), HASH_BYTES);
  return timingSafeEqual(told, bytes.subarray(SALT_BYTES));
}
