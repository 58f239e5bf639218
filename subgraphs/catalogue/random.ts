/** Numbers that follow from a seed alone: the same seed gives the same data on every machine. Not for secrets. */
export interface Random {
  /** From 0 up to, but not including, `below`. */
  int(below: number): number;
  /** True once in `times`, on average. */
  once(times: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32. @param seeds any numbers; each list of them is a sequence of its own. */
export function random(...seeds: number[]): Random {
  let state = 0x9e3779b9;
  for (const seed of seeds) state = Math.imul(state ^ (seed + 0x7f4a7c15), 0x85ebca6b) ^ (state >>> 13);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    once: (times) => int(times) === 0,
    pick: <T>(from: readonly T[]): T => from[int(from.length)] as T,
  };
}
