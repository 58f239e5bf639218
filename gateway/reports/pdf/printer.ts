import { Thread } from '../../../platform/thread.ts';
import { refusal } from '../../../records/errors.ts';
import type { ToPrint } from './definition.ts';
import { OneByOne } from './oneByOne.ts';
import type { Printed } from './worker.ts';

/** Longest that one report may take, from its turn on; the largest, of 2,000 records, takes some seconds. */
const PATIENCE_MS = 60_000;
/** A thread that has had nothing to do for so long gives its fonts back: 21 MB of files, and what is made of them. */
const IDLE_MS = 60_000;
/** Reports in line beside the one that is printed. A caller who goes away leaves its place at the door, but not in the line. */
const MOST_WAITING = 6;
const RETRY_SECONDS = 5;

const full = () =>
  refusal(
    'RATE_LIMITED',
    {
      zh: `待打印的报告过多，请于 ${RETRY_SECONDS} 秒后再试`,
      en: `too many reports are to be printed; try again in ${RETRY_SECONDS} s`,
    },
    { http: { status: 429, headers: new Map([['retry-after', String(RETRY_SECONDS)]]) } },
  );

/**
 * Prints reports in a thread of its own, one after the other: a page takes hundreds of milliseconds of one processor, for which all other
 * callers would wait. Neither thread nor package nor fonts are loaded before the first report is asked for.
 */
export class Printer {
  readonly #thread = new Thread<ToPrint, Printed>({
    program: new URL('./worker.ts', import.meta.url),
    patienceMs: PATIENCE_MS,
    overdue: () => new Error('a report was not printed in time'),
  });
  readonly #line = new OneByOne(this.#thread, { mostWaiting: MOST_WAITING, full });
  #idle: NodeJS.Timeout | undefined;

  /** @throws RATE_LIMITED where too many wait; Error where it could not be printed, or not in time. */
  async print(toPrint: ToPrint): Promise<Buffer> {
    clearTimeout(this.#idle);
    try {
      const { pdf, error } = await this.#line.ask(toPrint);
      if (!pdf) throw new Error(error);
      return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    } finally {
      if (this.#line.isIdle) {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.#thread.end(new Error('the printer was idle')), IDLE_MS).unref();
      }
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    const reason = new Error('the gateway is stopping');
    this.#line.end(reason);
    this.#thread.end(reason);
  }
}
