import { type KeyObject, createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** `id` from 1 to 255, never used again for another key; `key` 32 bytes. */
export interface SealingKey {
  id: number;
  key: Buffer;
}

export interface Sealer {
  /**
   * `context` names the place of the value (table, column and row): a ciphertext moved to another row does
   * not open.
   */
  seal(plain: string | Buffer, context: string): Buffer;
  /** Throws on an unknown key, another context, or any change to the bytes. */
  open(sealed: Buffer, context: string): string;
  /** The same, of what was not text. */
  openBytes(sealed: Buffer, context: string): Buffer;
  /**
   * By which key it was sealed; rows where this is not `currentKeyId` are to be sealed again after a
   * rotation.
   */
  keyIdOf(sealed: Buffer): number;
  currentKeyId: number;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/**
 * AES-256-GCM (NIST SP 800-38D). Sealed: key id (1 byte), iv (12), tag (16), ciphertext. The first key seals,
 * all open. The random iv bounds one key to 2^32 values. Throws RangeError on keys that are not what
 * SealingKey says.
 */
export function createSealer(keys: readonly SealingKey[]): Sealer {
  const [current] = keys;
  const ids = new Set(keys.map(({ id }) => id));
  if (!current || ids.size !== keys.length || !keys.every(isSealingKey)) {
    throw new RangeError('sealing keys: at least one, 32 bytes each, with different ids from 1 to 255');
  }
  // Made once: from bytes, a key takes six times as long as the value it seals.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const sealing = byId.get(current.id) as KeyObject;

  return {
    currentKeyId: current.id,
    keyIdOf,
    seal(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv);
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const ciphertext = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
      const last = cipher.final();
      return Buffer.concat([Buffer.of(current.id), iv, cipher.getAuthTag(), ciphertext, last]);
    },
    open: (sealed, context) => openBytes(sealed, context).toString('utf8'),
    openBytes,
  };

  function openBytes(sealed: Buffer, context: string): Buffer {
    const key = byId.get(keyIdOf(sealed));
    if (!key) throw new Error(`sealed by key ${keyIdOf(sealed)}, which is not among the sealing keys`);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  }
}

const isSealingKey = ({ id, key }: SealingKey): boolean =>
  Number.isInteger(id) && id >= 1 && id <= 255 && key.length === 32;

function keyIdOf(sealed: Buffer): number {
  if (sealed.length < HEAD_BYTES) throw new RangeError(`not a sealed value: ${sealed.length} bytes`);
  return sealed.readUInt8(0);
}
