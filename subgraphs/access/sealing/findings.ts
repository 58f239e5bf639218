import type { Message } from '../../../policy/message.ts';

/** What may be wrong with the journal. */
export type FindingKind =
  /** An entry says something else than it did when it was sealed. */
  | 'CHANGED'
  /** A leaf whose entry is gone. */
  | 'REMOVED'
  /** An entry without a leaf. */
  | 'INSERTED'
  /** Sealed long after entries that are younger. */
  | 'BACKDATED'
  /** A leaf that stands where another should. */
  | 'REORDERED'
  /** A leaf that was changed or is missing. */
  | 'LEAF'
  /** A stored node of the tree that its leaves do not lead to. */
  | 'TILE'
  /** A checkpoint of another tree, or none where there should be one. */
  | 'CHECKPOINT'
  | 'SIGNATURE'
  /** A checkpoint held elsewhere knows more entries than there are. */
  | 'TRUNCATED';

export interface Finding extends Message {
  kind: FindingKind;
  /** Of the entry, where it is about one. */
  seq?: number;
  id?: string;
  /** Of the leaf, or the first of several. */
  index?: number;
  /** Last of several leaves. */
  lastIndex?: number;
  /** Of the checkpoint, or the first of several. */
  size?: number;
  /** Where the checkpoint was held. */
  file?: string;
}

const MOST_NAMED = 1_000;

/** Names the first thousand and counts the rest, so that a journal in ruins does not fill the memory. */
export class Findings {
  readonly named: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    if (this.named.length < MOST_NAMED) this.named.push(finding);
  }
}

export interface LeafPlace {
  index: number;
  seq: number;
}

export interface EntryPlace extends LeafPlace {
  id: string;
}

const place = ({ seq, id, index }: EntryPlace): string => `seq ${seq}, ${id}, index ${index}`;

export const changed = (entry: EntryPlace): Finding => ({
  kind: 'CHANGED',
  ...entry,
  zh: `日志条目封存后被改动（${place(entry)}）`,
  en: `an entry was changed after it was sealed (${place(entry)})`,
});

export const removed = ({ index, seq }: LeafPlace): Finding => ({
  kind: 'REMOVED',
  index,
  seq,
  zh: `日志条目已不存在（seq ${seq}，index ${index}）`,
  en: `an entry is gone (seq ${seq}, index ${index})`,
});

export const reordered = (entry: EntryPlace, belongs: number): Finding => ({
  kind: 'REORDERED',
  ...entry,
  zh: `日志条目的位置被调换（${place(entry)}；应在 index ${belongs}）`,
  en: `an entry stands in another's place (${place(entry)}; it belongs at index ${belongs})`,
});

export const tamperedLeaf = (leaf: LeafPlace): Finding => ({
  kind: 'LEAF',
  ...leaf,
  zh: `叶散列被改动，日志条目未变（seq ${leaf.seq}，index ${leaf.index}）`,
  en: `a leaf's hash was changed, its entry was not (seq ${leaf.seq}, index ${leaf.index})`,
});

export const missingLeaves = (index: number, lastIndex: number): Finding => ({
  kind: 'LEAF',
  index,
  lastIndex,
  zh: `缺少叶 ${index} 至 ${lastIndex}`,
  en: `leaves ${index} to ${lastIndex} are missing`,
});

export const inserted = (seq: number, id: string): Finding => ({
  kind: 'INSERTED',
  seq,
  id,
  zh: `日志条目未经封存（seq ${seq}，${id}）`,
  en: `an entry was never sealed (seq ${seq}, ${id})`,
});

export const backdated = (entry: EntryPlace, lastIndex: number): Finding => ({
  kind: 'BACKDATED',
  ...entry,
  lastIndex,
  zh: `日志条目的时间早于其前封存的条目（${place(entry)}，至 index ${lastIndex}）`,
  en: `an entry's time is long before that of entries sealed before it (${place(entry)}, to index ${lastIndex})`,
});

export const wrongTile = (level: number, index: number, width: number): Finding => ({
  kind: 'TILE',
  index: index * width,
  lastIndex: (index + 1) * width - 1,
  zh: `第 ${level} 层第 ${index} 个节点与叶 ${index * width} 至 ${(index + 1) * width - 1} 不符`,
  en: `node ${index} of level ${level} is not that of leaves ${index * width} to ${(index + 1) * width - 1}`,
});

export const strayTile = (level: number, index: number): Finding => ({
  kind: 'TILE',
  zh: `多出第 ${level} 层第 ${index} 个节点`,
  en: `there should be no node ${index} of level ${level}`,
});

export const wrongRoot = (size: number, last: number, count: number, since: number): Finding => ({
  kind: 'CHECKPOINT',
  size,
  index: since,
  lastIndex: size - 1,
  zh: `${count} 个检查点（大小 ${size} 至 ${last}）与日志不符；最早的改动在 index ${since} 至 ${size - 1}`,
  en: `${count} checkpoints (sizes ${size} to ${last}) are not of this journal; what was touched first lies at index ${since} to ${size - 1}`,
});

export const uncovered = (index: number, lastIndex: number): Finding => ({
  kind: 'CHECKPOINT',
  index,
  lastIndex,
  zh: `叶 ${index} 至 ${lastIndex} 没有检查点`,
  en: `no checkpoint covers leaves ${index} to ${lastIndex}`,
});

export const unsigned = (size: number): Finding => ({
  kind: 'SIGNATURE',
  size,
  zh: `检查点（大小 ${size}）的签名无效`,
  en: `the signature of the checkpoint of size ${size} is not good`,
});

export const unsignedFile = (file: string): Finding => ({
  kind: 'SIGNATURE',
  file,
  zh: `${file}：不是本日志签署的检查点`,
  en: `${file}: not a checkpoint that this journal's key signed`,
});

export const truncated = (file: string, size: number, entries: number): Finding => ({
  kind: 'TRUNCATED',
  file,
  size,
  zh: `${file}：检查点有 ${size} 条，日志只剩 ${entries} 条`,
  en: `${file}: the checkpoint knows ${size} entries, the journal has ${entries}`,
});

export const diverged = (file: string, size: number): Finding => ({
  kind: 'CHECKPOINT',
  file,
  size,
  zh: `${file}：前 ${size} 条已不是检查点所签署的`,
  en: `${file}: the first ${size} entries are not those that the checkpoint signed`,
});
