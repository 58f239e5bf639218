interface Asks<Question, Answer> {
  ask(question: Question): Promise<Answer>;
}

interface OneByOneOptions {
  /** How many may wait for their turn. */
  mostWaiting: number;
  /** What whoever comes beyond them is told. */
  full: () => Error;
}

/**
 * Asks a thread one question at a time, in the order in which they came: the time that the thread gives a question begins with its turn, and
 * one that takes too long ends no other with it, since the thread has none of them yet.
 */
export class OneByOne<Question, Answer> {
  readonly #thread: Asks<Question, Answer>;
  readonly #options: OneByOneOptions;
  #last: Promise<unknown> = Promise.resolve();
  /** With the one whose turn it is. */
  #inside = 0;
  #ended: Error | undefined;

  constructor(thread: Asks<Question, Answer>, options: OneByOneOptions) {
    this.#thread = thread;
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#inside === 0;
  }

  /** @throws Error `full`, why it was ended, or what the thread throws. */
  async ask(question: Question): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    if (this.#inside > this.#options.mostWaiting) throw this.#options.full();
    this.#inside++;
    const turn = this.#last.then(() => {
      if (this.#ended) throw this.#ended;
      return this.#thread.ask(question);
    });
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#inside--;
    }
  }

  /** Nobody has a turn any more, those who wait included. */
  end(reason: Error): void {
    this.#ended = reason;
  }
}
