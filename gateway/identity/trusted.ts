import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import type { Secrets } from '../../platform/data/secrets.ts';
import type { Settings } from '../../platform/settings.ts';
import { EMBEDDED_ISSUER } from './issuer.ts';
import type { TokenOptions } from './tokens.ts';

/** The city's identity provider, where one is set. */
export function oidcIssuer({ oidcIssuer: issuer, oidcJwksUrl, oidcAudience }: Settings): TokenOptions | null {
  if (!issuer || !oidcJwksUrl) return null;
  return {
    issuer,
    ...(oidcAudience && { audience: oidcAudience }),
    keys: createRemoteJWKSet(new URL(oidcJwksUrl)),
  };
}

/** The issuer that comes with the embedded shape, whose key lies in the data folder. */
export const embeddedIssuer = (secrets: Pick<Secrets, 'tokenPublicKeys'>): TokenOptions => ({
  issuer: EMBEDDED_ISSUER,
  keys: createLocalJWKSet(secrets.tokenPublicKeys),
});
