import type pg from 'pg';
import type { RecordKind } from '../kind.ts';
import { type RecordKey, readFacts } from './facts.ts';
import type { Change } from './order.ts';
import type { Outbox } from './outbox.ts';

/** Tells those who follow records what became of some, by orders in the transaction that changes them. */
export interface Followers {
  tell(client: pg.PoolClient, kind: RecordKind, keys: readonly RecordKey[], change: Change): Promise<void>;
}

export const followersBy = (outbox: Outbox, to: readonly string[]): Followers => ({
  async tell(client, kind, keys, change) {
    if (to.length === 0 || keys.length === 0) return;
    const found = await readFacts(client, kind, keys);
    await outbox.enqueue(
      client,
      found.flatMap((facts) =>
        to.map((recipient) => ({
          to: recipient,
          recordType: kind.type,
          subjectId: facts.subjectId,
          recordId: facts.id,
          action: { kind: 'STANDING' as const, change, facts },
        })),
      ),
    );
  },
});
