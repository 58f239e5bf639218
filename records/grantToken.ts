import {
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
  createLocalJWKSet,
  importJWK,
  jwtVerify,
} from 'jose';
import { refusal } from './errors.ts';
import type { Grant } from './grant.ts';

/** A grant lives a minute on the wire; the gateway renews it at half of that. */
const LIFETIME_S = 60;
const RENEW_MS = 30_000;
const MAX_KEPT = 5_000;

/**
 * What may be called besides GraphQL under a grant, each with a key of its own: the door by which the center's subgraphs deliver records and
 * give orders, the one by which agencies tell what became of theirs, and the one by which records are asked about and nothing is changed.
 */
export type ServiceUse = 'deliver' | 'standing' | 'ask';

/**
 * Signs grants for subgraphs that are reached over HTTP. Equal grants share one token while it is fresh, because a signature costs more
 * than the whole rest of a small query.
 */
export class GrantSigner {
  readonly #key: Promise<CryptoKey>;
  readonly #kid: string | undefined;
  readonly #kept = new Map<string, { token: Promise<string>; until: number }>();

  constructor(privateKey: JWK) {
    this.#key = importJWK(privateKey, 'EdDSA') as Promise<CryptoKey>;
    this.#kid = privateKey.kid;
  }

  sign(content: { grant: Grant } | { use: ServiceUse }): Promise<string> {
    const text = JSON.stringify(content);
    const kept = this.#kept.get(text);
    if (kept && kept.until > Date.now()) return kept.token;
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
    const token = this.#key.then((key) =>
      new SignJWT(content as Record<string, unknown>)
        .setProtectedHeader({ alg: 'EdDSA', ...(this.#kid && { kid: this.#kid }) })
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_S}s`)
        .sign(key),
    );
    this.#kept.set(text, { token, until: Date.now() + RENEW_MS });
    return token;
  }
}

/** Checks the gateway's signature. A subgraph answers nothing, also to `_entities`, without a grant that passes here. */
export class GrantVerifier {
  readonly #keys: ReturnType<typeof createLocalJWKSet>;
  readonly #good = new Map<string, { content: Record<string, unknown>; until: number }>();

  constructor(publicKeys: JSONWebKeySet) {
    this.#keys = createLocalJWKSet(publicKeys);
  }

  /** @throws UNAUTHENTICATED */
  async grant(token: string | undefined): Promise<Grant> {
    const { grant } = await this.#verify(token);
    if (!grant) throw noGrant();
    return grant as Grant;
  }

  /** @throws UNAUTHENTICATED */
  async service(token: string | undefined, use: ServiceUse): Promise<void> {
    const content = await this.#verify(token);
    if (content['use'] !== use) throw noGrant();
  }

  async #verify(token: string | undefined): Promise<Record<string, unknown>> {
    if (!token) throw noGrant();
    const kept = this.#good.get(token);
    if (kept && kept.until > Date.now()) return kept.content;
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ['EdDSA'],
        requiredClaims: ['exp'],
      });
      if (this.#good.size >= MAX_KEPT) this.#good.delete(this.#good.keys().next().value as string);
      this.#good.set(token, { content: payload, until: (payload.exp as number) * 1000 });
      return payload;
    } catch {
      throw noGrant();
    }
  }
}

const noGrant = () =>
  refusal(
    'UNAUTHENTICATED',
    { zh: '缺少有效的授权凭证（Grant）', en: 'a valid grant of the gateway is required' },
    { http: { status: 401 } },
  );
