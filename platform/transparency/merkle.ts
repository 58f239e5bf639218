import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962: hashes of leaves and nodes, roots, and the two kinds of proof. Hashes are SHA-256, 32 bytes. */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (content: Uint8Array): Buffer => sha256(LEAF, content);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);
/** Root of the tree without leaves. */
export const EMPTY_ROOT = sha256();

/** The largest power of two below n, for n of 2 or more. */
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/**
 * Hashes of whole subtrees: that of the 2^level leaves from index · 2^level on. All that roots and proofs are made of, so that they can
 * come from memory, tiles or a database.
 */
export type Subtrees = (level: number, index: number) => Promise<Uint8Array>;

/** Root of the leaves from `from`, `size` of them; `from` is a multiple of the power of two that `size` fits in. */
async function rootOf(subtrees: Subtrees, from: number, size: number): Promise<Uint8Array> {
  const level = Math.log2(size);
  if (Number.isInteger(level)) return subtrees(level, from / size);
  const k = split(size);
  return nodeHash(await rootOf(subtrees, from, k), await rootOf(subtrees, from + k, size - k));
}

/** Root of the first `size` leaves. */
export async function treeRoot(subtrees: Subtrees, size: number): Promise<Uint8Array> {
  return size === 0 ? EMPTY_ROOT : rootOf(subtrees, 0, size);
}

/** Audit path of a leaf in the tree of the first `size`, from the leaf upwards. @throws RangeError */
export async function inclusionProof(subtrees: Subtrees, index: number, size: number): Promise<Uint8Array[]> {
  if (index < 0 || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Uint8Array[] = [];
  for (let from = 0, rest = size; rest > 1; ) {
    const k = split(rest);
    const left = index < from + k;
    path.push(left ? await rootOf(subtrees, from + k, rest - k) : await rootOf(subtrees, from, k));
    if (left) rest = k;
    else [from, rest] = [from + k, rest - k];
  }
  return path.reverse();
}

/** Root that an audit path leads to; null where the path does not fit. */
export function rootFromInclusion(
  hash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (index < 0 || index >= size) return null;
  let root = hash;
  let at = index;
  let last = size - 1;
  for (const other of path) {
    if (last === 0) return null;
    if (at % 2 === 1 || at === last) {
      root = nodeHash(other, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else root = nodeHash(root, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/**
 * The right edge of a growing tree: one hash for each power of two in its size. Taking in a leaf costs two hashes on average, and each
 * subtree that it completes is told of.
 */
export class GrowingTree {
  #size = 0;
  readonly #edge: Uint8Array[] = [];
  readonly #completed: (level: number, index: number, hash: Uint8Array) => void;

  constructor(completed: (level: number, index: number, hash: Uint8Array) => void = () => {}) {
    this.#completed = completed;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes up a tree of that size where it was left. */
  static async from(
    subtrees: Subtrees,
    size: number,
    completed?: (level: number, index: number, hash: Uint8Array) => void,
  ): Promise<GrowingTree> {
    const tree = new GrowingTree(completed);
    for (let rest = size, from = 0; rest > 0; ) {
      const width = 2 ** Math.floor(Math.log2(rest));
      tree.#edge.push(await subtrees(Math.log2(width), from / width));
      rest -= width;
      from += width;
    }
    tree.#size = size;
    return tree;
  }

  append(hash: Uint8Array): void {
    let subtree = hash;
    this.#completed(0, this.#size, subtree);
    this.#size += 1;
    for (let level = 1, width = 2; this.#size % width === 0; level += 1, width *= 2) {
      subtree = nodeHash(this.#edge.pop() as Uint8Array, subtree);
      this.#completed(level, this.#size / width - 1, subtree);
    }
    this.#edge.push(subtree);
  }

  root(): Uint8Array {
    return this.#edge.length === 0
      ? EMPTY_ROOT
      : this.#edge.reduceRight((right, left) => nodeHash(left, right));
  }
}
