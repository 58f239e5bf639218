import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { Packs } from '../../../policy/packs/packs.ts';
import { DateTimeScalar } from '../../../records/scalars.ts';
import type { Snapshot } from '../../../records/snapshot.ts';
import { type ChangeRow, isGone, readChangesOf } from '../feed/read.ts';
import { givenIn } from '../report/given.ts';
import type { Recipients } from '../recipients/recipients.ts';
import type { PushedEvent } from './message.ts';
import { pushScope } from './scope.ts';
import type { ReadSlice } from './sender.ts';

export interface SliceParts {
  pool: pg.Pool;
  recipients: Recipients;
  packs: Packs;
  /** Null while the copy of the catalogue is stale: then nothing is told. */
  snapshot: () => Snapshot | null;
  today: () => string;
  /** Makes ids of events; equal in all processes of the subgraph. */
  key: string;
}

/**
 * Reads what a webhook is told next. Places in the order of all changes would tell a recipient how much there is that it is not given: ids are
 * made of them by a key, the same whenever the same change is told to the same unit.
 */
export function sliceReader({ pool, recipients, packs, snapshot, today, key }: SliceParts): ReadSlice {
  const idOf = (unit: string, what: string): string =>
    createHmac('sha256', `${key} events`).update(`${unit} ${what}`).digest('base64url').slice(0, 27);
  return async (webhook, most) => {
    const { unit, position } = webhook;
    const catalogue = snapshot();
    const recipient = catalogue && (await recipients.of(unit));
    const scope = recipient && pushScope(recipient, webhook, catalogue, packs, today());
    if (!scope) return null;
    const { rows, hasMore, tooOld, cut, last } = await readChangesOf(pool, scope, position, most);
    const given = givenIn(rows, catalogue);
    if (tooOld) return { events: [{ id: idOf(unit, `too old ${cut}`), tooOld: true }], given, upTo: cut };
    const eventOf = (row: ChangeRow): PushedEvent => ({
      id: idOf(unit, String(row.seq)),
      change: row.change,
      recordType: row.recordType,
      recordId: row.recordId,
      item: (isGone(row) ? null : catalogue.items.get(row.itemId)?.code) ?? null,
      jurisdiction: row.jurisdiction,
      at: DateTimeScalar.serialize(row.at),
    });
    return { events: rows.map(eventOf), given, upTo: hasMore ? (rows.at(-1)?.seq ?? last) : last };
  };
}
