import type pg from 'pg';
import { type Subtrees, nodeHash } from '../../../platform/transparency/merkle.ts';

/** Levels of the tree between two that are stored: 256 hashes make a page. */
export const TILE_LEVELS = 8;
export const PAGE = 2 ** TILE_LEVELS;

export type Queryable = Pick<pg.Client, 'query'>;

/** A leaf, and the size of the tree that it is looked at in. */
export interface Place {
  index: number;
  size: number;
}

const PAGES = `
select 0 as level, l.index, l.hash
from unnest($1::int[], $2::bigint[]) as p(level, page)
join journal_leaf l on l.index between p.page * ${PAGE} and p.page * ${PAGE} + ${PAGE - 1}
where p.level = 0
union all
select t.level, t.index, t.hash
from unnest($1::int[], $2::bigint[]) as p(level, page)
join journal_tile t on t.level = p.level and t.index between p.page * ${PAGE} and p.page * ${PAGE} + ${PAGE - 1}`;

/** On every stored level the page on the way up from the leaf, and the page at the tree's right edge. */
function* pagesOf({ index, size }: Place): Generator<string> {
  for (let level = 0; 2 ** level <= size; level += TILE_LEVELS) {
    for (const place of [index, size]) yield `${level} ${Math.floor(place / 2 ** (level + TILE_LEVELS))}`;
  }
}

/**
 * All hashes that proofs and roots at these places are made of, by one statement.
 * @returns subtrees that throw where the tables lack a hash.
 */
export async function subtreesAt(db: Queryable, places: readonly Place[]): Promise<Subtrees> {
  const pages = [...new Set(places.flatMap((place) => [...pagesOf(place)]))].map((key) => key.split(' '));
  const { rows } = await db.query<{ level: number; index: number | string; hash: Buffer }>({
    name: 'journal_pages',
    text: PAGES,
    values: [pages.map(([level]) => level), pages.map(([, page]) => page)],
  });
  const hashes = new Map<string, Uint8Array>(rows.map((row) => [`${row.level} ${row.index}`, row.hash]));
  const hashOf = (level: number, index: number): Uint8Array => {
    const key = `${level} ${index}`;
    let hash = hashes.get(key);
    if (!hash) {
      if (level % TILE_LEVELS === 0)
        throw new Error(`the journal's tree lacks hash ${index} of level ${level}`);
      hash = nodeHash(hashOf(level - 1, index * 2), hashOf(level - 1, index * 2 + 1));
      hashes.set(key, hash);
    }
    return hash;
  };
  return async (level, index) => hashOf(level, index);
}
