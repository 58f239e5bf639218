import { Worker } from 'node:worker_threads';
import type { ToPrint } from './definition.ts';
import type { PrintJob, Printed } from './worker.ts';

/** Longest that one report may take; the largest, of 2,000 records, takes some seconds. */
const PATIENCE_MS = 60_000;
/** A thread that has had nothing to do for so long gives its fonts back: 21 MB of files, and what is made of them. */
const IDLE_MS = 60_000;

interface Waiting {
  resolve: (pdf: Buffer) => void;
  reject: (error: Error) => void;
}

/**
 * Prints reports in a thread of its own, one after the other: a page takes hundreds of milliseconds of one processor, for which all other
 * callers would wait. Neither thread nor package nor fonts are loaded before the first report is asked for.
 */
export class Printer {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #asked = 0;

  /** @throws Error where it could not be printed, or not in time. */
  async print(toPrint: ToPrint): Promise<Buffer> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const id = this.#asked++;
    const overdue = setTimeout(() => this.#end(new Error('a report was not printed in time')), PATIENCE_MS);
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ id, ...toPrint } satisfies PrintJob);
      });
    } finally {
      clearTimeout(overdue);
      if (this.#waiting.size === 0) {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
      }
    }
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#end(new Error('the gateway is stopping'));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      // Flags of the process, such as the size of its nursery, are not the thread's.
      execArgv: ['--no-warnings'],
    });
    worker.unref();
    worker.on('message', ({ id, pdf, error }: Printed) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (pdf) waiting?.resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
      else waiting?.reject(new Error(error));
    });
    worker.on('error', (error: Error) => this.#end(error));
    return worker;
  }

  /** Whoever waits is told, and the next report gets a new thread. */
  #end(reason: Error): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
