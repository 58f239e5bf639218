/**
 * Batches that others wait for. At 64 connections one, two or four make batches of 22, 19 or 17 questions, and no difference in CPU could
 * be measured; with two, one that is slow holds up nobody.
 */
const IN_FLIGHT = 2;
/** Milliseconds after which a batch holds up nobody any longer, so that slow questions do not become everybody's. */
const HOLD_MS = 100;
/** Batches out at most, each on a connection of its own: more than leave within the usual deadline, however many are slow. */
export const MAX_OUT = 64;
const MAX_BATCH = 256;
/** Characters of one batch, unless a single question has more: an agency refuses bodies over 16 MB. */
const MAX_BATCH_SIZE = 1_000_000;
/** Questions without an answer, waiting or out: an agency that is this far behind is not asked still more. */
const MAX_UNANSWERED = 10_000;

/** Sends questions together. Calls `answer` with each answer as it comes; ends when none will follow. `givenUp`: nobody waits for more. */
export type SendQuestions<Q, A> = (
  questions: readonly Q[],
  answer: (index: number, answer: A) => void,
  givenUp: AbortSignal,
) => Promise<void>;

export interface JoinedOptions<Q, A> {
  send: SendQuestions<Q, A>;
  /** Milliseconds that a question waits for its answer, from the moment it is asked. */
  timeout: number;
  /** Characters of a question. */
  sizeOf: (question: Q) => number;
  /** Of each batch that is sent. */
  onBatch?: (questions: number) => void;
}

interface Asked<Q, A> {
  question: Q;
  resolve(answer: A): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
  /** Null while it waits. */
  batch: Batch | null;
  settled: boolean;
}

interface Batch {
  unanswered: number;
  /** Whether one of its questions is no longer waited for: its answers need not be heard out. */
  late: boolean;
  givenUp: AbortController;
}

/**
 * Questions to one agency. They leave at once while it is idle; while batches are out they gather, and leave together. Each has its own
 * answer, its own failure and its own deadline, which runs while it waits, too. What comes after the deadline is dropped.
 */
export class JoinedQuestions<Q, A> {
  readonly #options: JoinedOptions<Q, A>;
  readonly #waiting = new Set<Asked<Q, A>>();
  #unanswered = 0;
  /** Batches without all their answers. */
  #out = 0;
  /** Those of them that others wait for. */
  #holding = 0;
  #scheduled = false;

  constructor(options: JoinedOptions<Q, A>) {
    this.#options = options;
  }

  /** Rejects where there is no answer in time, the way failed, or too many questions are unanswered. */
  ask(question: Q): Promise<A> {
    if (this.#unanswered >= MAX_UNANSWERED)
      return Promise.reject(new Error('too many questions are unanswered'));
    return new Promise((resolve, reject) => {
      const late = () => {
        if (asked.batch) asked.batch.late = true;
        if (this.#settle(asked)) reject(new Error(`no answer within ${this.#options.timeout} ms`));
      };
      const timer = setTimeout(late, this.#options.timeout);
      const asked: Asked<Q, A> = { question, resolve, reject, timer, batch: null, settled: false };
      this.#unanswered++;
      this.#waiting.add(asked);
      this.#schedule();
    });
  }

  /** What is asked in the same turn of the event loop leaves together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#waiting.size > 0 && this.#holding < IN_FLIGHT && this.#out < MAX_OUT)
      void this.#send(this.#take());
  }

  #take(): Asked<Q, A>[] {
    const taken: Asked<Q, A>[] = [];
    let size = 0;
    for (const asked of this.#waiting) {
      size += this.#options.sizeOf(asked.question);
      if (taken.length === MAX_BATCH || (taken.length > 0 && size > MAX_BATCH_SIZE)) break;
      taken.push(asked);
      this.#waiting.delete(asked);
    }
    return taken;
  }

  async #send(all: Asked<Q, A>[]): Promise<void> {
    const { send, onBatch } = this.#options;
    const batch: Batch = { unanswered: all.length, late: false, givenUp: new AbortController() };
    for (const asked of all) asked.batch = batch;
    onBatch?.(all.length);
    this.#out++;
    const letGo = this.#hold();
    let failure = new Error('the question was left without an answer');
    try {
      const answer = (index: number, given: A) => {
        const asked = all[index];
        if (asked && this.#settle(asked)) asked.resolve(given);
      };
      await send(
        all.map((asked) => asked.question),
        answer,
        batch.givenUp.signal,
      );
    } catch (error) {
      failure = error as Error;
    }
    for (const asked of all) if (this.#settle(asked)) asked.reject(failure);
    this.#out--;
    letGo();
  }

  /** Makes others wait. @returns lets them go, if time has not done so. */
  #hold(): () => void {
    this.#holding++;
    const letGo = () => {
      if (held) this.#holding--;
      held = false;
      clearTimeout(timer);
      this.#flush();
    };
    let held = true;
    const timer = setTimeout(letGo, HOLD_MS);
    return letGo;
  }

  /** @returns false if it was settled before. */
  #settle(asked: Asked<Q, A>): boolean {
    if (asked.settled) return false;
    asked.settled = true;
    clearTimeout(asked.timer);
    this.#unanswered--;
    this.#waiting.delete(asked);
    const { batch } = asked;
    if (batch && --batch.unanswered === 0 && batch.late) batch.givenUp.abort();
    return true;
  }
}
