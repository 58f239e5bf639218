import type pg from 'pg';
import { PAGE, TILE_LEVELS } from './tiles.ts';

/** A leaf with its entry as they stand in the tables; a leaf's entry may be gone. */
export interface LeafRow {
  index: number;
  seq: number;
  hash: Buffer;
  id: string | null;
  /** Seconds since 1970. */
  at: number | null;
  entry: string | null;
}

export interface CheckpointRow {
  size: number;
  note: string;
}

const LEAVES = `
select l.index, l.seq, l.hash, e.id, extract(epoch from e.at)::float8 as at, row_to_json(e)::text as entry
from journal_leaf l left join journal_entry e on e.seq = l.seq
where l.index between $1 and $2 order by l.index`;

/** @param from to `to`, both included. */
export async function leavesBetween(session: pg.Client, from: number, to: number): Promise<LeafRow[]> {
  const { rows } = await session.query<LeafRow>({ name: 'leaves', text: LEAVES, values: [from, to] });
  return rows;
}

export async function leafCount(session: pg.Client): Promise<number> {
  const { rows } = await session.query<{ size: number }>(
    'select coalesce(max(index) + 1, 0) as size from journal_leaf',
  );
  return rows[0]?.size ?? 0;
}

export async function tilesBetween(
  session: pg.Client,
  level: number,
  from: number,
  to: number,
): Promise<Map<number, Buffer>> {
  const { rows } = await session.query<{ index: number; hash: Buffer }>({
    name: 'tiles',
    text: 'select index, hash from journal_tile where level = $1 and index between $2 and $3',
    values: [level, from, to],
  });
  return new Map(rows.map(({ index, hash }) => [index, hash]));
}

/** Nodes that a tree of that size does not have. */
export async function strayTiles(
  session: pg.Client,
  size: number,
): Promise<{ level: number; index: number }[]> {
  const { rows } = await session.query<{ level: number; index: number }>(
    `select level, index from journal_tile
     where level < ${TILE_LEVELS} or level % ${TILE_LEVELS} <> 0 or level > 62 or (index + 1) * 2::numeric ^ level > $1
     order by level, index limit 1000`,
    [size],
  );
  return rows;
}

const BATCH = 1_000;

/** In order of their sizes. */
export async function* checkpoints(session: pg.Client): AsyncGenerator<CheckpointRow> {
  for (let after = -1, more = true; more; ) {
    const { rows } = await session.query<CheckpointRow>({
      name: 'checkpoints',
      text: `select size, note from journal_checkpoint where size > $1 order by size limit ${BATCH}`,
      values: [after],
    });
    yield* rows;
    after = rows.at(-1)?.size ?? after;
    more = rows.length === BATCH;
  }
}

export async function lastCheckpoint(session: pg.Client): Promise<CheckpointRow | null> {
  const { rows } = await session.query<CheckpointRow>(
    'select size, note from journal_checkpoint order by size desc limit 1',
  );
  return rows[0] ?? null;
}

/** An entry may wait for the sealer, or for its clock, so long. */
const UNSEALED = `
select e.seq, e.id from journal_entry e
where e.seq > $1 and e.at not between now() - interval '2 minutes' and now() + interval '2 minutes'
  and not exists (select from journal_leaf l where l.seq = e.seq)
order by e.seq limit ${BATCH}`;

/** Entries that should have been sealed and were not. */
export async function* unsealed(session: pg.Client): AsyncGenerator<{ seq: number; id: string }> {
  for (let after = Number.MIN_SAFE_INTEGER, more = true; more; ) {
    const { rows } = await session.query<{ seq: number; id: string }>(UNSEALED, [after]);
    yield* rows;
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === BATCH;
  }
}

/** Pages read at a time. */
const PAGES = 8;

export interface LeafPage {
  /** Index of its first leaf. */
  first: number;
  /** The last page of the tree may be shorter than 256; undefined: the leaf is missing. */
  leaves: (LeafRow | undefined)[];
  /** The stored node of a whole page. */
  tile: Buffer | undefined;
}

/** All leaves in order, a page of the tree at a time. */
export async function* leafPages(session: pg.Client, size: number): AsyncGenerator<LeafPage> {
  for (let from = 0; from < size; from += PAGES * PAGE) {
    const to = Math.min(from + PAGES * PAGE, size);
    const rows = await leavesBetween(session, from, to - 1);
    const tiles = await tilesBetween(session, TILE_LEVELS, from / PAGE, Math.ceil(to / PAGE));
    const slots = new Array<LeafRow | undefined>(to - from).fill(undefined);
    for (const row of rows) slots[row.index - from] = row;
    for (let first = from; first < to; first += PAGE)
      yield { first, leaves: slots.slice(first - from, first - from + PAGE), tile: tiles.get(first / PAGE) };
  }
}
