import { type JWTPayload, type JWTVerifyGetKey, errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ROLES } from '../../policy/terms.ts';
import { refusal } from '../../records/errors.ts';
import { type Caller, PUBLIC_CALLER } from './caller.ts';

/** Claims of a token (contract: who asks). A unit is named by every role but `subject`, which names its own code. */
const text = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const claims = z
  .object({
    sub: text,
    name: text.optional(),
    unit: z
      .string()
      .regex(/^[0-9A-Z]{18}$/)
      .optional(),
    role: z.enum(ROLES),
    jurisdiction: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    channel: text.optional(),
    code: z.string().max(30).optional(),
    admin: z.boolean().optional(),
  })
  .refine((c) => (c.role === 'subject' ? c.code : c.unit && c.name), {
    message: 'role subject needs the claim code; any other role needs unit and name',
  })
  .refine((c) => !c.admin || c.role === 'agency' || c.role === 'provider', {
    message: 'admin is a claim of the roles agency and provider',
  });

/** Tokens kept verified at most, the last used ones; some 800 bytes each. */
const MAX_KEPT = 30_000;

export interface TokenOptions {
  issuer: string;
  audience?: string;
  keys: JWTVerifyGetKey;
}

const unauthenticated = (zh: string, en: string) =>
  refusal(
    'UNAUTHENTICATED',
    { zh, en },
    { http: { status: 401, headers: new Map([['www-authenticate', 'Bearer']]) } },
  );

/**
 * Verifies bearer tokens against the issuer's keys. Verifying costs a signature check, so a token that was found good is remembered until
 * it expires; a bad one never is.
 */
export class Tokens {
  readonly #options: TokenOptions;
  /** By the whole header. */
  readonly #good = new LRUCache<string, { caller: Caller; until: number }>({ max: MAX_KEPT });

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** @throws UNAUTHENTICATED, with a reason that tells nothing of the keys. */
  async caller(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) return PUBLIC_CALLER;
    const kept = this.#kept(authorization);
    if (kept) return kept;
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw unauthenticated('令牌格式不正确', 'expected Authorization: Bearer <token>');
    const payload = await this.#verify(token);
    const checked = claims.safeParse(payload);
    if (!checked.success) {
      const what = checked.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
      throw unauthenticated(`令牌声明不完整：${what}`, `the token's claims are incomplete: ${what}`);
    }
    const { sub, name, unit, role, jurisdiction, channel, code, admin } = checked.data;
    const caller: Caller = {
      role,
      id: sub,
      name: name ?? null,
      // A subject speaks for itself alone, whatever unit its token names.
      unit: role === 'subject' ? null : (unit ?? null),
      jurisdiction: jurisdiction ?? null,
      channel: channel ?? role,
      code: code ?? null,
      ...(admin && { admin }),
    };
    this.#good.set(authorization, { caller, until: (payload.exp as number) * 1000 });
    return caller;
  }

  async #verify(token: string): Promise<JWTPayload> {
    const { issuer, audience, keys } = this.#options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        ...(audience && { audience }),
        algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthenticated('令牌已过期', 'the token has expired');
      if (error instanceof errors.JOSEError) throw unauthenticated('令牌无效', 'the token is not valid');
      throw unauthenticated('暂时无法验证令牌', 'the token cannot be verified at the moment');
    }
  }

  /** Whether it is there and good. */
  async isGood(authorization: string | undefined): Promise<boolean> {
    if (authorization === undefined) return false;
    return this.caller(authorization).then(
      () => true,
      () => false,
    );
  }

  #kept(authorization: string): Caller | null {
    const kept = this.#good.get(authorization);
    return kept && kept.until > Date.now() ? kept.caller : null;
  }
}
