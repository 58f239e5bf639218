import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from '../../records/errors.ts';

/** Streams that one gateway holds open, for all and for one unit; and how many an account may open in a minute. */
const MOST = 200;
const MOST_OF_UNIT = 20;
const A_MINUTE = 60;

const tooMany = (seconds: number) =>
  refusal(
    'RATE_LIMITED',
    { zh: `打开的进度流过多，请于 ${seconds} 秒后再试`, en: `too many streams; try again in ${seconds} s` },
    { http: { status: 429, headers: new Map([['retry-after', String(seconds)]]) } },
  );

/** Places of streams that stay open: a stream holds a connection for as long as a job takes. */
export class Places {
  readonly #limiter = new RateLimiterMemory({ points: A_MINUTE, duration: 60 });
  readonly #taken = new Map<string, number>();
  #all = 0;

  /** @returns how to give the place back. @throws RATE_LIMITED */
  async take({ unit, id }: { unit: string; id: string }): Promise<() => void> {
    await this.#limiter.consume(`${unit} ${id}`).catch((error: unknown) => {
      throw error instanceof RateLimiterRes
        ? tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
        : error;
    });
    const ofUnit = this.#taken.get(unit) ?? 0;
    if (this.#all >= MOST || ofUnit >= MOST_OF_UNIT) throw tooMany(5);
    this.#all++;
    this.#taken.set(unit, ofUnit + 1);
    return () => {
      this.#all--;
      const left = (this.#taken.get(unit) ?? 1) - 1;
      if (left > 0) this.#taken.set(unit, left);
      else this.#taken.delete(unit);
    };
  }
}
