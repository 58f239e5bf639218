import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { JWK } from 'jose';

/** Signed notes and checkpoints as C2SP has them (signed-note, tlog-checkpoint): a text that anyone can keep and check offline. */

const ED25519 = Buffer.of(1);

/** First four bytes of the hash of name and key, by which a signature names its key. */
const keyId = (name: string, publicKey: Uint8Array): Buffer =>
  createHash('sha256').update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, 4);

const rawKey = (key: JWK): Buffer => Buffer.from(key.x as string, 'base64url');

/** A verifier's key as notes have it: name+id+key; to be published. */
export function verifierKey(name: string, key: JWK): string {
  const raw = rawKey(key);
  return `${name}+${keyId(name, raw).toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`;
}

/** @param text ends in a newline. */
export function signNote(text: string, name: string, privateKey: JWK): string {
  const signature = sign(
    null,
    Buffer.from(text),
    createPrivateKey({ key: privateKey as never, format: 'jwk' }),
  );
  const line = Buffer.concat([keyId(name, rawKey(privateKey)), signature]).toString('base64');
  return `${text}\n— ${name} ${line}\n`;
}

/** The text of a note that one of these keys signed; null where none did. */
export function openNote(note: string, verifierKeys: readonly string[]): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  const signatures = note.slice(end + 2).split('\n');
  for (const key of verifierKeys) {
    const [name = '', , encoded = ''] = key.split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/);
    const raw = Buffer.from(encoded, 'base64').subarray(1);
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    });
    for (const line of signatures.filter((s) => s.startsWith(`— ${name} `))) {
      const bytes = Buffer.from(line.slice(`— ${name} `.length), 'base64');
      const known = bytes.subarray(0, 4).equals(keyId(name, raw));
      if (known && verify(null, Buffer.from(text), publicKey, bytes.subarray(4))) return text;
    }
  }
  return null;
}

export interface Checkpoint {
  /** Which log it is. */
  origin: string;
  /** Leaves. */
  size: number;
  root: Uint8Array;
}

/** The unsigned text of a checkpoint. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

/** @returns null where it is none. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin, size, root] = text.split('\n');
  if (!origin || !size || !/^(0|[1-9]\d*)$/.test(size) || !root) return null;
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}
