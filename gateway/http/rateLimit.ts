import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from '../../records/errors.ts';
import { clientNetwork } from './clientAddress.ts';

export interface RateLimitOptions {
  /** Requests a minute from one network address. Each process counts for itself. */
  perMinute: number;
  /** Whether an `Authorization` header is good. Whoever presents one is not counted here. */
  known: (authorization: string) => Promise<boolean>;
  onLimited?: () => void;
}

/**
 * Limits callers without a token by client address: RATE_LIMITED, HTTP 429, with `Retry-After` in seconds. A token that is not good
 * counts like none, so that guessing tokens, and reading persons by trying names, is slow. It stands before the body is read.
 *
 * The address is Express's `request.ip`: the setting `trust proxy` must be the number of proxies in front, else a caller could name any
 * address in `X-Forwarded-For`, or all callers share the proxy's.
 */
export function rateLimit({ perMinute, known, onLimited = () => {} }: RateLimitOptions): RequestHandler {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (request, response, next) => {
    const { authorization } = request.headers;
    if (authorization !== undefined && (await known(authorization))) return next();
    try {
      await limiter.consume(clientNetwork(request.ip ?? ''));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      onLimited();
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      const shown = refusal('RATE_LIMITED', {
        zh: `请求过于频繁，请于 ${seconds} 秒后再试`,
        en: `too many requests; try again in ${seconds} s`,
      });
      response
        .status(429)
        .set('Retry-After', String(seconds))
        .json({ errors: [shown] });
      return;
    }
    next();
  };
}
