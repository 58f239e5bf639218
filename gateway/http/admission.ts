import type { ServerResponse } from 'node:http';
import { refusal } from '../../records/errors.ts';
import { sendJson } from './body.ts';

const RETRY_SECONDS = 1;

/**
 * Lets a bounded number of requests in at a time. Where a database or the journal lags, requests pile up behind it: those beyond the bound
 * get RATE_LIMITED at once, with `Retry-After`, instead of waiting in a queue that only grows.
 */
export class Admission {
  readonly #most: number;
  readonly #onRefused: () => void;
  #inside = 0;

  constructor(most: number, onRefused: () => void = () => {}) {
    this.#most = most;
    this.#onRefused = onRefused;
  }

  /** @returns false where the request was refused and answered. */
  admit(response: ServerResponse): boolean {
    if (this.#inside >= this.#most) {
      this.#onRefused();
      const shown = refusal('RATE_LIMITED', {
        zh: `同时处理的请求过多，请于 ${RETRY_SECONDS} 秒后再试`,
        en: `too many requests at a time; try again in ${RETRY_SECONDS} s`,
      });
      response.setHeader('retry-after', RETRY_SECONDS).setHeader('cache-control', 'no-store');
      sendJson(response, 429, JSON.stringify({ errors: [shown] }));
      return false;
    }
    this.#inside++;
    response.once('close', () => this.#inside--);
    return true;
  }
}
