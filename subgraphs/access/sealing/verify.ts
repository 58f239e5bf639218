import type pg from 'pg';
import { openNote, readCheckpoint } from '../../../platform/transparency/note.ts';
import { Edge } from './edge.ts';
import {
  type EntryPlace,
  type Finding,
  Findings,
  backdated,
  changed,
  diverged,
  inserted,
  missingLeaves,
  removed,
  reordered,
  strayTile,
  tamperedLeaf,
  truncated,
  uncovered,
  unsigned,
  unsignedFile,
  wrongRoot,
  wrongTile,
} from './findings.ts';
import { entryHash } from './leaf.ts';
import {
  type CheckpointRow,
  type LeafPage,
  type LeafRow,
  checkpoints,
  lastCheckpoint,
  leafCount,
  leafPages,
  strayTiles,
  tilesBetween,
  unsealed,
} from './stored.ts';
import { PAGE, TILE_LEVELS } from './tiles.ts';

/** Entries that differ from their leaves are kept until the end, to see whether they changed places: so many at most. */
const MOST_KEPT = 10_000;

/** Seconds that an entry may be older than one sealed before it: clocks differ, and groups wait for the database. */
const LATE_SECONDS = 600;
const AHEAD_SECONDS = 120;

export interface VerifyOptions {
  /** Verifier keys that checkpoints may be signed by. */
  keys: readonly string[];
  /** Checkpoints that were held elsewhere. */
  held?: readonly { file: string; note: string }[];
  onProgress?: (entries: number) => void;
}

export interface Verification {
  /** Sealed entries. */
  size: number;
  /** Root over them, as the entries and leaves give it. */
  root: string;
  checkpoints: number;
  findings: readonly Finding[];
  /** With those that are not named one by one. */
  findingCount: number;
}

interface Held {
  file: string;
  size: number;
  root: Uint8Array;
}

/** An entry whose content is not that of its leaf. */
interface Differing {
  place: EntryPlace;
  leaf: string;
  entry: string;
}

/** A leaf whose entry is there. */
type WholeRow = LeafRow & { id: string; at: number; entry: string };
const isWhole = (row: LeafRow | undefined): row is WholeRow => row?.entry != null;

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);
const placeOf = ({ index, seq, id }: WholeRow): EntryPlace => ({ index, seq, id });

function rootOf(hashes: readonly Uint8Array[], edge = new Edge()): Uint8Array {
  for (const hash of hashes) edge.push(0, hash);
  return edge.root();
}

/**
 * Works the whole journal out anew, from its entries and leaves to its checkpoints, in constant memory. Where an entry and its leaf differ,
 * the node above them tells which of the two was touched.
 * @param session holds a snapshot, so that a journal that grows meanwhile does not look broken.
 */
export async function verifyJournal(session: pg.Client, options: VerifyOptions): Promise<Verification> {
  return new Verifier(session, options).run();
}

class Verifier {
  readonly #session: pg.Client;
  readonly #options: VerifyOptions;
  readonly #findings = new Findings();
  readonly #own: AsyncGenerator<CheckpointRow>;
  #next: CheckpointRow | null = null;
  #checkpoints = 0;
  #held: Held[] = [];
  #edge = new Edge();
  /** Leaves are missing that no stored node stands for: roots cannot be worked out any more. */
  #lost = false;
  #last: { size: number; root: Uint8Array } | null = null;
  #differing: Differing[] = [];
  /** Checkpoints in a row that the tree does not lead to. */
  #wrong: { size: number; last: number; count: number; since: number } | null = null;
  #goodSize = 0;
  #youngest = 0;
  #late: { place: EntryPlace; last: number } | null = null;

  constructor(session: pg.Client, options: VerifyOptions) {
    this.#session = session;
    this.#options = options;
    this.#own = checkpoints(session);
  }

  async run(): Promise<Verification> {
    const size = await leafCount(this.#session);
    const last = await lastCheckpoint(this.#session);
    this.#last = last && readCheckpoint(last.note);
    this.#held = this.#readHeld();
    await this.#advance();
    await this.#passCheckpoints();
    for await (const page of leafPages(this.#session, size)) {
      await this.#page(page);
      this.#options.onProgress?.(this.#edge.size);
    }
    this.#endLate();
    this.#nameDiffering();
    await this.#endCheckpoints(size, last);
    for (const { level, index } of await strayTiles(this.#session, size))
      this.#findings.add(strayTile(level, index));
    for await (const { seq, id } of unsealed(this.#session)) this.#findings.add(inserted(seq, id));
    return {
      size,
      root: Buffer.from(this.#edge.root()).toString('base64'),
      checkpoints: this.#checkpoints,
      findings: this.#findings.named,
      findingCount: this.#findings.count,
    };
  }

  async #page(page: LeafPage): Promise<void> {
    const { first, leaves, tile } = page;
    for (const row of leaves) if (isWhole(row)) this.#inTime(row);
    this.#nameMissing(page);
    const hashes = this.#agreed(page);
    if (hashes) {
      for (const hash of hashes) {
        for (const node of this.#edge.push(0, hash))
          if (node.level > 0 && node.level % TILE_LEVELS === 0) await this.#compareTile(node, tile);
        await this.#passCheckpoints();
      }
      return;
    }
    // Of a page with a leaf missing the stored node stands for all; checkpoints inside it cannot be judged.
    if (tile && leaves.length === PAGE && !this.#lost) this.#edge.push(TILE_LEVELS, tile);
    else this.#lost = true;
    while (this.#next && this.#next.size < first + leaves.length) await this.#advance();
    await this.#passCheckpoints();
  }

  /** The hashes that the tree was made of, as far as stored nodes can tell; null where leaves are missing. */
  #agreed({ first, leaves, tile }: LeafPage): Uint8Array[] | null {
    const own = new Map<number, Buffer>();
    const differing: Differing[] = [];
    for (const row of leaves) {
      if (!row) continue;
      if (!isWhole(row)) {
        this.#findings.add(removed({ index: row.index, seq: row.seq }));
        continue;
      }
      const hash = entryHash(row.entry);
      if (hash.equals(row.hash)) continue;
      own.set(row.index, hash);
      differing.push({ place: placeOf(row), leaf: row.hash.toString('hex'), entry: hash.toString('hex') });
    }
    const rows = leaves.filter((row) => row !== undefined);
    if (rows.length < leaves.length) {
      this.#keep(differing);
      return null;
    }
    const stored = rows.map(({ hash }) => hash);
    const fits = this.#judgeOf(first + leaves.length, leaves.length === PAGE ? tile : undefined);
    if (!fits || fits(stored)) {
      this.#keep(differing);
      return stored;
    }
    const byEntries = rows.map(({ index, hash }) => own.get(index) ?? hash);
    if (differing.length > 0 && fits(byEntries)) {
      for (const { place } of differing)
        this.#findings.add(tamperedLeaf({ index: place.index, seq: place.seq }));
      return byEntries;
    }
    // Entries are sealed in the order of their numbers but for a few: leaves that changed places fall into place again.
    const inOrder = rows.toSorted((a, b) => a.seq - b.seq);
    if (fits(inOrder.map(({ hash }) => hash))) {
      for (const [i, row] of inOrder.entries())
        if (row.index !== first + i && isWhole(row)) this.#findings.add(reordered(placeOf(row), first + i));
      return inOrder.map(({ hash }) => hash);
    }
    this.#keep(differing);
    return stored;
  }

  /** What hashes of a page must lead to: its stored node, or for the last page the last checkpoint; null where there is neither. */
  #judgeOf(end: number, tile: Uint8Array | undefined): ((hashes: readonly Uint8Array[]) => boolean) | null {
    if (tile) return (hashes) => same(rootOf(hashes), tile);
    const last = this.#last;
    if (this.#lost || last?.size !== end) return null;
    return (hashes) => same(rootOf(hashes, this.#edge.copy()), last.root);
  }

  async #compareTile(
    { level, index, hash }: { level: number; index: number; hash: Uint8Array },
    ofPage: Uint8Array | undefined,
  ): Promise<void> {
    const stored =
      level === TILE_LEVELS ? ofPage : (await tilesBetween(this.#session, level, index, index)).get(index);
    if (!this.#lost && !(stored && same(stored, hash)))
      this.#findings.add(wrongTile(level, index, 2 ** level));
  }

  #nameMissing({ first, leaves }: LeafPage): void {
    for (let i = 0; i < leaves.length; i++) {
      const start = i;
      while (i < leaves.length && leaves[i] === undefined) i++;
      if (i > start) this.#findings.add(missingLeaves(first + start, first + i - 1));
    }
  }

  #keep(differing: readonly Differing[]): void {
    for (const one of differing) {
      if (this.#differing.length < MOST_KEPT) this.#differing.push(one);
      else this.#findings.add(changed(one.place));
    }
  }

  /** An entry that says what another's leaf does has changed places with it; any other says something else than it did. */
  #nameDiffering(): void {
    const indexOf = new Map(this.#differing.map(({ leaf, place }) => [leaf, place.index]));
    for (const { entry, place } of this.#differing) {
      const belongs = indexOf.get(entry);
      this.#findings.add(belongs === undefined ? changed(place) : reordered(place, belongs));
    }
  }

  #inTime(row: WholeRow): void {
    if (row.at < this.#youngest - LATE_SECONDS) {
      this.#late ??= { place: placeOf(row), last: row.index };
      this.#late.last = row.index;
      return;
    }
    this.#endLate();
    if (row.at < Date.now() / 1000 + AHEAD_SECONDS) this.#youngest = Math.max(this.#youngest, row.at);
  }

  #endLate(): void {
    if (this.#late) this.#findings.add(backdated(this.#late.place, this.#late.last));
    this.#late = null;
  }

  #readHeld(): Held[] {
    const held: Held[] = [];
    for (const { file, note } of this.#options.held ?? []) {
      const text = openNote(note, this.#options.keys);
      const checkpoint = text === null ? null : readCheckpoint(text);
      if (checkpoint) held.push({ file, ...checkpoint });
      else this.#findings.add(unsignedFile(file));
    }
    return held;
  }

  async #advance(): Promise<void> {
    const { value, done } = await this.#own.next();
    this.#next = done ? null : value;
    if (!this.#next) return;
    this.#checkpoints += 1;
    if (openNote(this.#next.note, this.#options.keys) === null) this.#findings.add(unsigned(this.#next.size));
  }

  /** Judges all checkpoints of the tree as it stands. */
  async #passCheckpoints(): Promise<void> {
    const { size } = this.#edge;
    if (this.#lost) return;
    for (const { file, root } of this.#held.filter((held) => held.size === size))
      if (!same(root, this.#edge.root())) this.#findings.add(diverged(file, size));
    while (this.#next && this.#next.size <= size) {
      const checkpoint = readCheckpoint(this.#next.note);
      const good =
        checkpoint?.size === size && this.#next.size === size && same(checkpoint.root, this.#edge.root());
      this.#judged(this.#next.size, good);
      await this.#advance();
    }
  }

  #judged(size: number, good: boolean): void {
    if (!good) {
      this.#wrong ??= { size, last: size, count: 0, since: this.#goodSize };
      this.#wrong.last = size;
      this.#wrong.count += 1;
      return;
    }
    this.#endWrong();
    this.#goodSize = size;
  }

  #endWrong(): void {
    if (!this.#wrong) return;
    const { size, last, count, since } = this.#wrong;
    this.#findings.add(wrongRoot(size, last, count, since));
    this.#wrong = null;
  }

  async #endCheckpoints(size: number, last: CheckpointRow | null): Promise<void> {
    for (; this.#next; await this.#advance())
      if (this.#next.size > size) this.#judged(this.#next.size, false);
    this.#endWrong();
    const covered = last?.size ?? 0;
    if (covered < size) this.#findings.add(uncovered(covered, size - 1));
    for (const held of this.#held)
      if (held.size > size) this.#findings.add(truncated(held.file, held.size, size));
  }
}
