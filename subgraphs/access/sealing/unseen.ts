interface Range {
  low: number;
  /** Included. */
  high: number;
}

interface Gap extends Range {
  /** Instant after which it is not asked for any more. */
  until: number;
}

/**
 * Sequence numbers that no leaf has: the gaps between those that were seen, and all from the last one on. Numbers are given out before the
 * commit, so that entries become visible out of order: what is a gap now may be an entry in a moment. Asking for the gaps themselves costs
 * next to nothing, where reading the last thousands again in every round would be the larger part of the work.
 */
export class Unseen {
  /** In order, and all below `#next`. */
  #gaps: Gap[];
  #next: number;

  /** @param next everything from here on is unseen. */
  constructor(next = 1, gaps: readonly Range[] = [], until = 0) {
    this.#next = next;
    this.#gaps = gaps.map(({ low, high }) => ({ low, high, until }));
  }

  get next(): number {
    return this.#next;
  }

  /** The last range has no end. */
  ranges(): Range[] {
    return [...this.#gaps, { low: this.#next, high: Number.MAX_SAFE_INTEGER }];
  }

  /** @param seqs in order. @param until how long gaps that they leave are asked for. */
  saw(seqs: readonly number[], until: number): void {
    for (const seq of seqs) {
      if (seq < this.#next) this.#split(seq);
      else {
        if (seq > this.#next) this.#gaps.push({ low: this.#next, high: seq - 1, until });
        this.#next = seq + 1;
      }
    }
  }

  forget(now: number): void {
    this.#gaps = this.#gaps.filter(({ until }) => until > now);
  }

  #split(seq: number): void {
    this.#gaps = this.#gaps.flatMap((gap) => {
      if (seq < gap.low || seq > gap.high) return [gap];
      const parts = [
        { ...gap, high: seq - 1 },
        { ...gap, low: seq + 1 },
      ];
      return parts.filter(({ low, high }) => low <= high);
    });
  }
}
