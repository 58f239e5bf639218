import type pg from 'pg';
import { inclusionProof } from '../../../platform/transparency/merkle.ts';
import { gathering } from '../../../records/gather.ts';
import { leafContent } from './leaf.ts';
import { subtreesAt } from './tiles.ts';

/** What proves that an entry stands in the journal as it was written. */
export interface Sealed {
  index: number;
  size: number;
  /** Signed note of the tree of `size` leaves. */
  checkpoint: string;
  /** Audit path from the leaf upwards: hashes in base64. */
  proof: string[];
  /** The content whose leaf hash the path begins with. */
  leaf: string;
}

interface LeafRow {
  id: string;
  index: string;
  size: string;
  note: string;
  entry: string;
}

/** Leaves and checkpoint come from one snapshot: the last checkpoint covers them all. */
const LEAVES = `
select e.id, l.index, row_to_json(e)::text as entry, c.size, c.note
from journal_entry e
join journal_leaf l on l.seq = e.seq
cross join (select size, note from journal_checkpoint order by size desc limit 1) c
where e.id = any($1::uuid[])`;

/** Proofs of entries by id; null until an entry is sealed. Two statements for the entries of all concurrent requests. */
export const proofs = (pool: pg.Pool): ((id: string) => Promise<Sealed | null>) =>
  gathering(async (ids: readonly string[]) => {
    const { rows } = await pool.query<LeafRow>({ name: 'journal_leaves', text: LEAVES, values: [ids] });
    const places = rows.map(({ index, size }) => ({ index: Number(index), size: Number(size) }));
    const subtrees = await subtreesAt(pool, places);
    const sealed = new Map<string, Sealed>();
    for (const [i, { index, size }] of places.entries()) {
      const { id, note, entry } = rows[i] as LeafRow;
      const path = await inclusionProof(subtrees, index, size);
      const proof = path.map((hash) => Buffer.from(hash).toString('base64'));
      sealed.set(id, { index, size, checkpoint: note, proof, leaf: leafContent(entry) });
    }
    return ids.map((id) => sealed.get(id) ?? null);
  });
