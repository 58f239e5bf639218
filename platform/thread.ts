import { Worker } from 'node:worker_threads';

/** What a thread is sent, and what it answers. */
export interface Asked<Question> {
  id: number;
  question: Question;
}
export interface Answered<Answer> {
  id: number;
  answer: Answer;
}

interface ThreadOptions {
  program: URL;
  /** What it is given once, as its `workerData`. */
  ground?: unknown;
  /** Longest that one question may take, milliseconds. */
  patienceMs: number;
  /** What whoever waits is told then. */
  overdue: () => Error;
}

interface Waiting<Answer> {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * A thread for work that is synchronous and long: on the main thread all other callers would wait for it. It starts with the first question, and
 * anew with the first after it ended; it keeps no process alive.
 */
export class Thread<Question, Answer> {
  readonly #options: ThreadOptions;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | null = null;
  #asked = 0;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0;
  }

  /** @throws Error `overdue`, what the thread failed of, or why it was ended. */
  async ask(question: Question): Promise<Answer> {
    const { patienceMs, overdue } = this.#options;
    const worker = (this.#worker ??= this.#start());
    const id = this.#asked++;
    const timer = setTimeout(() => this.end(overdue()), patienceMs);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage({ id, question } satisfies Asked<Question>);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whoever waits is told, and the next question gets a new thread. */
  end(reason: Error): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #start(): Worker {
    const { program, ground } = this.#options;
    // Flags of the process, such as the size of its nursery, are not the thread's.
    const worker = new Worker(program, { workerData: ground, execArgv: ['--no-warnings'] });
    worker.on('message', ({ id, answer }: Answered<Answer>) => {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.end(error));
    // Last: a listener for messages would hold the process again.
    worker.unref();
    return worker;
  }
}
