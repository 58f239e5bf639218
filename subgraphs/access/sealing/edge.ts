import { EMPTY_ROOT, nodeHash } from '../../../platform/transparency/merkle.ts';

interface Node {
  level: number;
  hash: Uint8Array;
}

/**
 * The right edge of a tree that takes in whole subtrees as well as leaves, so that where leaves are lost what is known of them can stand in
 * their place.
 */
export class Edge {
  readonly #nodes: Node[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  copy(): Edge {
    const copy = new Edge();
    copy.#nodes.push(...this.#nodes);
    copy.#size = this.#size;
    return copy;
  }

  /** Takes in a subtree of 2^level leaves; the size must be a multiple of that. @returns the subtrees that it completes, itself first. */
  push(level: number, hash: Uint8Array): (Node & { index: number })[] {
    this.#size += 2 ** level;
    const completed = [{ level, hash, index: this.#size / 2 ** level - 1 }];
    let node: Node = { level, hash };
    while (this.#nodes.at(-1)?.level === node.level) {
      const left = this.#nodes.pop() as Node;
      node = { level: node.level + 1, hash: nodeHash(left.hash, node.hash) };
      completed.push({ ...node, index: this.#size / 2 ** node.level - 1 });
    }
    this.#nodes.push(node);
    return completed;
  }

  root(): Uint8Array {
    const [first, ...rest] = this.#nodes.map(({ hash }) => hash).toReversed();
    return first ? rest.reduce((right, left) => nodeHash(left, right), first) : EMPTY_ROOT;
  }
}
