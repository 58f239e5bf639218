import { randomBytes } from 'node:crypto';
import { type JWK, exportJWK, generateKeyPair } from 'jose';
import { SUBGRAPH_NAMES } from '../schema/sdl.ts';

async function signingKey(use: string): Promise<{ privateKey: JWK; publicKeys: { keys: JWK[] } }> {
  const pair = await generateKeyPair('Ed25519', { extractable: true });
  const named = { alg: 'EdDSA', kid: `${use}-${randomBytes(4).toString('hex')}` };
  return {
    privateKey: { ...(await exportJWK(pair.privateKey)), ...named },
    publicKeys: { keys: [{ ...(await exportJWK(pair.publicKey)), ...named }] },
  };
}

/** Fresh keys and passwords for docker-compose.yml, by the name of the variable. */
export async function makeEnv(): Promise<Record<string, string>> {
  const hex = () => randomBytes(32).toString('hex');
  const grant = await signingKey('grant');
  const delivery = await signingKey('delivery');
  const inquiry = await signingKey('inquiry');
  const standing = await signingKey('standing');
  const journal = await signingKey('journal');
  const ofSubgraph = SUBGRAPH_NAMES.flatMap((name) => {
    const prefix = name.toUpperCase();
    return [
      [`${prefix}_MIGRATOR_PASSWORD`, hex()],
      [`${prefix}_APP_PASSWORD`, hex()],
      [`${prefix}_CURSOR_KEY`, hex()],
    ];
  });
  return {
    POSTGRES_PASSWORD: hex(),
    REPLICATION_PASSWORD: hex(),
    ...Object.fromEntries(ofSubgraph),
    ACCESS_JOURNAL_PASSWORD: hex(),
    JOURNAL_SEALER_PASSWORD: hex(),
    PSEUDONYM_KEY: hex(),
    SEALING_KEYS: `1:${hex()}`,
    GRANT_PRIVATE_KEY: JSON.stringify(grant.privateKey),
    GRANT_PUBLIC_KEYS: JSON.stringify(grant.publicKeys),
    DELIVERY_PRIVATE_KEY: JSON.stringify(delivery.privateKey),
    DELIVERY_PUBLIC_KEYS: JSON.stringify(delivery.publicKeys),
    INQUIRY_PRIVATE_KEY: JSON.stringify(inquiry.privateKey),
    INQUIRY_PUBLIC_KEYS: JSON.stringify(inquiry.publicKeys),
    STANDING_PRIVATE_KEY: JSON.stringify(standing.privateKey),
    STANDING_PUBLIC_KEYS: JSON.stringify(standing.publicKeys),
    JOURNAL_SIGNING_KEY: JSON.stringify(journal.privateKey),
  };
}

if (import.meta.main) {
  for (const [name, value] of Object.entries(await makeEnv())) process.stdout.write(`${name}='${value}'\n`);
}
