import { Thread } from '../../../platform/thread.ts';
import type { ToPrint } from './definition.ts';
import type { Printed } from './worker.ts';

/** Longest that one report may take; the largest, of 2,000 records, takes some seconds. */
const PATIENCE_MS = 60_000;
/** A thread that has had nothing to do for so long gives its fonts back: 21 MB of files, and what is made of them. */
const IDLE_MS = 60_000;

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
  #idle: NodeJS.Timeout | undefined;

  /** @throws Error where it could not be printed, or not in time. */
  async print(toPrint: ToPrint): Promise<Buffer> {
    clearTimeout(this.#idle);
    try {
      const { pdf, error } = await this.#thread.ask(toPrint);
      if (!pdf) throw new Error(error);
      return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    } finally {
      if (this.#thread.isIdle) {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
      }
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#thread.end(new Error('the gateway is stopping'));
  }
}
