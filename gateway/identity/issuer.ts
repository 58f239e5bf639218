import { type JWK, SignJWT, importJWK } from 'jose';
import type { Role } from '../../policy/terms.ts';

/** `iss` of tokens that the embedded issuer signs. */
export const EMBEDDED_ISSUER = 'urn:public-credit-gateway:embedded';

export interface TokenClaims {
  sub: string;
  role: Role;
  name?: string;
  unit?: string;
  jurisdiction?: string;
  channel?: string;
  code?: string;
  /** Keeps the accounts of its unit; role `agency` or `provider`. */
  admin?: boolean;
}

/**
 * Signs a token of the embedded issuer, for demonstrations, tests and machines without an identity provider.
 * @param expires such as '8h'; '-1s' gives one that has expired.
 */
export async function issueToken(privateKey: JWK, claims: TokenClaims, expires = '8h'): Promise<string> {
  const { sub, ...rest } = claims;
  return new SignJWT(rest)
    .setProtectedHeader({ alg: 'EdDSA', ...(privateKey.kid && { kid: privateKey.kid }) })
    .setIssuer(EMBEDDED_ISSUER)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(await importJWK(privateKey, 'EdDSA'));
}
