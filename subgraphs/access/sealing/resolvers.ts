import type pg from 'pg';
import { verifierKey } from '../../../platform/transparency/note.ts';
import type { ResolverMap } from '../../../records/resolvers.ts';
import { proofs } from './proofs.ts';
import type { SealingKey } from './sealedTree.ts';

const CHECKPOINT = 'select size, at, note from journal_checkpoint order by size desc limit 1';

/** Checkpoints for everyone, so that anyone can keep one, and proofs for those who may read an entry [SH-31]. */
export function sealingResolvers(pool: pg.Pool, sealing: SealingKey | undefined): ResolverMap {
  const sealed = proofs(pool);
  const key = sealing ? verifierKey(sealing.origin, sealing.key) : null;
  return {
    Query: {
      journalCheckpoint: async () => {
        const { rows } = await pool.query({ name: 'journal_checkpoint', text: CHECKPOINT });
        return rows[0] ?? null;
      },
      journalKey: () => key,
    },
    JournalEntry: { sealed: ({ id }: { id: string }) => sealed(id) },
  };
}
