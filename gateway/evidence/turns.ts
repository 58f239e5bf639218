import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from '../../records/errors.ts';
import type { Caller } from '../identity/caller.ts';

/** Files that one caller may ask for or give in a minute, and at a time. */
const A_MINUTE = 30;
const AT_ONCE = 2;

const tooMany = (seconds: number) =>
  refusal(
    'RATE_LIMITED',
    { zh: `请求过于频繁，请于 ${seconds} 秒后再试`, en: `too many files; try again in ${seconds} s` },
    { http: { status: 429, headers: new Map([['retry-after', String(seconds)]]) } },
  );

/** A known caller is limited, too: a file is a hundred times as large as a query, and a slow sender holds its place for minutes. */
export class Turns {
  readonly #limiter = new RateLimiterMemory({ points: A_MINUTE, duration: 60 });
  readonly #busy = new Map<string, number>();

  /** @throws RATE_LIMITED */
  async take<T>({ role, unit, code, id }: Caller, work: () => Promise<T>): Promise<T> {
    const who = role === 'subject' ? `subject ${code}` : `${unit} ${id}`;
    await this.#limiter.consume(who).catch((error: unknown) => {
      throw error instanceof RateLimiterRes
        ? tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
        : error;
    });
    const now = this.#busy.get(who) ?? 0;
    if (now >= AT_ONCE) throw tooMany(1);
    this.#busy.set(who, now + 1);
    try {
      return await work();
    } finally {
      const left = (this.#busy.get(who) ?? 1) - 1;
      if (left > 0) this.#busy.set(who, left);
      else this.#busy.delete(who);
    }
  }
}
