import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import { createSealer } from '../../platform/crypto/seal.ts';
import { dataFolder } from '../../platform/data/dataFolder.ts';
import { openSecrets, type Secrets } from '../../platform/data/secrets.ts';
import { Problem } from '../../platform/problem.ts';
import { temporaryFolder } from './support/folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const plain = ({ rolePassword, ...rest }: Secrets) => ({
  ...rest,
  app: rolePassword('app'),
  migrator: rolePassword('migrator'),
});

test('CREDIT_DATA names the data folder, which is made if missing', async () => {
  const wanted = join(folder.path, 'a/b');
  expect(dataFolder({ creditData: wanted })).toBe(wanted);
  expect((await stat(wanted)).isDirectory()).toBe(true);
});

test('secrets are made once, in a file that only its owner reads', async () => {
  const first = await openSecrets(folder.path);
  expect((await stat(join(folder.path, 'secrets.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder.path)).toEqual(['secrets.json']);
  expect(plain(await openSecrets(folder.path))).toEqual(plain(first));
});

test('no two installations and no two roles have the same', async () => {
  const other = await temporaryFolder();
  try {
    const [a, b] = [plain(await openSecrets(folder.path)), plain(await openSecrets(other.path))];
    const texts = [a, b].flatMap((secrets) => [
      secrets.superuserPassword,
      secrets.app,
      secrets.migrator,
      secrets.pseudonymKey.toString('hex'),
      ...secrets.sealingKeys.map(({ key }) => key.toString('hex')),
      String(secrets.grantPrivateKey.d),
      String(secrets.tokenPrivateKey.d),
    ]);
    expect(new Set(texts).size).toBe(14);
  } finally {
    await other.remove();
  }
});

test('starts at once agree on one file', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => openSecrets(folder.path)));
  for (const secrets of all) expect(plain(secrets)).toEqual(plain(all[0] as Secrets));
  expect(await readdir(folder.path)).toEqual(['secrets.json']);
});

test('the keys serve their purpose: pairs that sign and verify, without the private part where it does not belong', async () => {
  const secrets = await openSecrets(folder.path);
  const pairs = [
    { key: secrets.grantPrivateKey, keys: secrets.grantPublicKeys },
    { key: secrets.tokenPrivateKey, keys: secrets.tokenPublicKeys },
  ];
  for (const { key, keys } of pairs) {
    const token = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .sign(await importJWK(key, 'EdDSA'));
    expect((await jwtVerify(token, createLocalJWKSet(keys))).payload.sub).toBe('x');
    expect(JSON.stringify(keys)).not.toContain(key.d);
  }
  expect(secrets.pseudonymKey).toHaveLength(32);
  const sealer = createSealer(secrets.sealingKeys);
  expect(sealer.open(sealer.seal('x', 'row'), 'row')).toBe('x');
});

test('the key that signs checkpoints is the same at every start, and another in every installation', async () => {
  const other = await temporaryFolder();
  try {
    const { journalSigningKey: key } = await openSecrets(folder.path);
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
    expect((await openSecrets(folder.path)).journalSigningKey).toEqual(key);
    expect((await openSecrets(other.path)).journalSigningKey.d).not.toBe(key.d);
  } finally {
    await other.remove();
  }
});

test('a damaged file is named, and never replaced', async () => {
  const path = join(folder.path, 'secrets.json');
  for (const content of ['', '{"superuserPassword":"x"}']) {
    await writeFile(path, content);
    await expect(openSecrets(folder.path)).rejects.toThrow(Problem);
    await expect(openSecrets(folder.path)).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe(content);
  }
});
