import type { JWK } from 'jose';
import type pg from 'pg';
import { unhurried } from '../../../policy/unhurried.ts';
import { GrowingTree } from '../../../platform/transparency/merkle.ts';
import { checkpointText, readCheckpoint, signNote } from '../../../platform/transparency/note.ts';
import { TILE_LEVELS, subtreesAt } from './tiles.ts';
import { Unseen } from './unseen.ts';

/** Entries sealed at a time at most: they go into the tree in some milliseconds, in turns with other work. */
export const MOST_AT_ONCE = 1_000;

/** An entry's statement ends within five seconds (journal.ts); a gap that is older than this is a group that was rolled back. */
const GAP_MS = 60_000;

/**
 * How far back numbers without a leaf are looked for at the start, and now and then: for an entry whose transaction slept for longer than a
 * gap is asked for. A million numbers take a fifth of a second.
 */
const FAR = 1_000_000;
const FAR_EVERY_MS = 600_000;

const SIZE = `select coalesce((select max(index) + 1 from journal_leaf), 0) as size,
  coalesce((select max(seq) from journal_leaf), 0) as seq,
  (select note from journal_checkpoint order by size desc limit 1) as note`;

const GAPS = `
select seq + 1 as low, following - 1 as high from (
  select seq, lead(seq) over (order by seq) as following
  from (select $1::bigint as seq union all select seq from journal_leaf where seq > $1) as known
) as pairs
where following > seq + 1
order by seq`;

/** Hashed where they lie (`entryHash` of leaf.ts): to take entries out cost whoever answers queries beside it 25 µs each. */
const READ = `
select e.seq, e.hash
from unnest($1::bigint[], $2::bigint[]) as unsealed(low, high)
cross join lateral (
  select e.seq, journal_entry_hash(e) as hash from journal_entry e
  where e.seq between unsealed.low and unsealed.high order by e.seq limit ${MOST_AT_ONCE}
) as e
order by e.seq limit ${MOST_AT_ONCE}`;

/** One statement, so that leaves, tiles and checkpoint stand together or not at all. */
const WRITE = `
with leaf as (
  insert into journal_leaf (index, seq, hash)
  select $1::bigint + ord - 1, seq, hash
  from unnest($2::bigint[], $3::bytea[]) with ordinality as l(seq, hash, ord)
), tile as (
  insert into journal_tile (level, index, hash) select * from unnest($4::int[], $5::bigint[], $6::bytea[])
)
insert into journal_checkpoint (size, at, note) values ($7, now(), $8)`;

interface Leaf {
  seq: number;
  hash: Buffer;
}

interface Tile {
  level: number;
  index: number;
  hash: Uint8Array;
}

export interface SealingKey {
  /** Signs checkpoints: Ed25519. */
  key: JWK;
  /** Name of the journal in them. */
  origin: string;
}

/** The tree over the journal in the hands of the one who lets it grow: it must hold the sealer's lock. */
export class SealedTree {
  readonly #session: pg.Client;
  readonly #key: SealingKey;
  readonly #tree: GrowingTree;
  readonly #tiles: Tile[];
  #unseen: Unseen;
  #lookedFar: number;
  #grew = false;

  private constructor(session: pg.Client, key: SealingKey, tree: GrowingTree, tiles: Tile[], unseen: Unseen) {
    this.#session = session;
    this.#key = key;
    this.#tree = tree;
    this.#tiles = tiles;
    this.#unseen = unseen;
    this.#lookedFar = performance.now();
  }

  /**
   * Takes the tree up where the tables leave it.
   * @throws where they do not lead to the last checkpoint: another one on top of them would sign two histories.
   */
  static async takeUp(session: pg.Client, key: SealingKey): Promise<SealedTree> {
    const { rows } = await session.query<{ size: number; seq: number; note: string | null }>(SIZE);
    const { size, seq, note } = rows[0] as (typeof rows)[number];
    const tiles: Tile[] = [];
    const keep = (level: number, index: number, hash: Uint8Array) => {
      if (level > 0 && level % TILE_LEVELS === 0) tiles.push({ level, index, hash });
    };
    const subtrees = await subtreesAt(session, size === 0 ? [] : [{ index: size - 1, size }]);
    const tree = await GrowingTree.from(subtrees, size, keep);
    const signed = note === null ? { size: 0, root: tree.root() } : readCheckpoint(note);
    if (signed?.size !== size || !Buffer.from(tree.root()).equals(signed.root))
      throw new Error('the journal does not lead to its last checkpoint: see `credit journal verify`');
    return new SealedTree(session, key, tree, tiles, await unseenAfter(session, seq));
  }

  /** Seals what is new. @returns how many entries; `MOST_AT_ONCE` where there may be more. */
  async grow(): Promise<number> {
    if (this.#grew && performance.now() - this.#lookedFar > FAR_EVERY_MS) {
      this.#unseen = await unseenAfter(this.#session, this.#unseen.next - 1);
      this.#lookedFar = performance.now();
      this.#grew = false;
    }
    const ranges = this.#unseen.ranges();
    const { rows } = await this.#session.query<Leaf>({
      name: 'unsealed',
      text: READ,
      values: [ranges.map(({ low }) => low), ranges.map(({ high }) => high)],
    });
    const now = performance.now();
    if (rows.length > 0) await this.#seal(rows);
    this.#unseen.saw(
      rows.map(({ seq }) => seq),
      now + GAP_MS,
    );
    this.#unseen.forget(now);
    return rows.length;
  }

  async #seal(leaves: readonly Leaf[]): Promise<void> {
    const first = this.#tree.size;
    this.#tiles.length = 0;
    await unhurried(leaves, ({ hash }) => this.#tree.append(hash));
    const { origin, key } = this.#key;
    const { size } = this.#tree;
    const note = signNote(checkpointText({ origin, size, root: this.#tree.root() }), origin, key);
    await this.#session.query({
      name: 'seal',
      text: WRITE,
      values: [
        first,
        leaves.map(({ seq }) => seq),
        leaves.map(({ hash }) => hash),
        this.#tiles.map(({ level }) => level),
        this.#tiles.map(({ index }) => index),
        this.#tiles.map(({ hash }) => hash),
        size,
        note,
      ],
    });
    this.#grew = true;
  }
}

async function unseenAfter(session: pg.Client, last: number): Promise<Unseen> {
  const { rows } = await session.query<{ low: number; high: number }>(GAPS, [Math.max(0, last - FAR)]);
  return new Unseen(last + 1, rows, performance.now() + GAP_MS);
}
