import { createHmac, createPrivateKey, randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';
import type { SealingKey } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';

/** What the embedded shape keeps secret. The fields that settings have too bear the settings' names. */
export interface Secrets {
  superuserPassword: string;
  /** The password of a database role; always the same for the same name. */
  rolePassword: (role: string) => string;
  pseudonymKey: Buffer;
  sealingKeys: SealingKey[];
  grantPrivateKey: JWK;
  grantPublicKeys: JSONWebKeySet;
  /** Of the built-in issuer of tokens. */
  tokenPrivateKey: JWK;
  tokenPublicKeys: JSONWebKeySet;
  /** Signs the journal's checkpoints. */
  journalSigningKey: JWK;
}

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);
const jwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  alg: z.literal('EdDSA'),
  kid: z.string(),
  x: z.string(),
  d: z.string(),
});
const stored = z.object({
  superuserPassword: z.string().min(32),
  roleKey: hexKey,
  pseudonymKey: hexKey,
  sealingKeys: z.array(z.object({ id: z.int().min(1).max(255), key: hexKey })).min(1),
  grantKey: jwk,
  tokenKey: jwk,
});
type Stored = z.infer<typeof stored>;

/**
 * Reads `secrets.json` of the data folder (mode 0600), after making it if there is none. Processes that start
 * at once agree on one. A file that cannot be read is never replaced, for the data is of no use without its
 * keys: throws Problem.
 */
export async function openSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  const secrets = (await read(path)) ?? (await create(path));
  return {
    superuserPassword: secrets.superuserPassword,
    rolePassword: (role) =>
      createHmac('sha256', Buffer.from(secrets.roleKey, 'hex')).update(role).digest('base64url'),
    pseudonymKey: Buffer.from(secrets.pseudonymKey, 'hex'),
    sealingKeys: secrets.sealingKeys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'hex') })),
    grantPrivateKey: secrets.grantKey,
    grantPublicKeys: { keys: [publicPart(secrets.grantKey)] },
    tokenPrivateKey: secrets.tokenKey,
    tokenPublicKeys: { keys: [publicPart(secrets.tokenKey)] },
    journalSigningKey: derivedKey(secrets.roleKey, 'journal signing key'),
  };
}

async function read(path: string): Promise<Stored | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Problem({ zh: `无法读取 ${path}`, en: `${path} cannot be read` }, { cause: error });
  }
  try {
    return stored.parse(JSON.parse(text));
  } catch (error) {
    throw new Problem(
      { zh: `${path} 已损坏，请从备份恢复`, en: `${path} is damaged; restore it from a backup` },
      { cause: error },
    );
  }
}

/**
 * Written whole beside its place, then linked there: a link, unlike a rename, fails where another process was
 * first.
 */
async function create(path: string): Promise<Stored> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(await generate(), null, 2)}\n`);
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  const secrets = await read(path);
  if (!secrets)
    throw new Problem({ zh: `${path} 在启动时被删除`, en: `${path} was removed during the start` });
  return secrets;
}

async function generate(): Promise<Stored> {
  return {
    superuserPassword: randomBytes(32).toString('base64url'),
    roleKey: randomBytes(32).toString('hex'),
    pseudonymKey: randomBytes(32).toString('hex'),
    sealingKeys: [{ id: 1, key: randomBytes(32).toString('hex') }],
    grantKey: await signingKey('grant'),
    tokenKey: await signingKey('token'),
  };
}

async function signingKey(use: string): Promise<Stored['grantKey']> {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true });
  return jwk.parse({
    ...(await exportJWK(privateKey)),
    alg: 'EdDSA',
    kid: `${use}-${randomBytes(4).toString('hex')}`,
  });
}

const publicPart = (key: Stored['grantKey']): JWK => jwk.omit({ d: true }).parse(key);

/** What PKCS #8 puts in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * A signing key that follows from a secret of the file, so that an installation older than its use has it too, and no two processes that
 * start at once can make two of it.
 */
const derivedKey = (secret: string, use: string): JWK =>
  createPrivateKey({
    key: Buffer.concat([
      PKCS8_ED25519,
      createHmac('sha256', Buffer.from(secret, 'hex')).update(use).digest(),
    ]),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'jwk' });
