import type pg from 'pg';
import { type Told, noticesOf } from '../../../policy/objections/notices.ts';
import type { ObjectionRules } from '../../../policy/objections/stages.ts';
import type { SubgraphContext } from '../../../records/context.ts';
import { type Remedied, ordersOf } from './orders.ts';
import type { CaseParts } from './parts.ts';
import type { CaseRow } from './rows.ts';
import { notify } from '../notices.ts';
import { writeObjectionRecord } from './record.ts';
import { ownItem } from '../ownItem.ts';

/** A step that was taken, and what goes with it. */
export interface Effects {
  told: Omit<Told, 'item'>;
  remedied: Remedied;
  /** Another objection to the record whose mark stands. */
  stillMarked: CaseRow | null;
}

/** What follows a step, in its transaction: notices, the place in the subject's file, orders about the record. */
export async function takeEffect(
  client: pg.PoolClient,
  row: CaseRow,
  { told, remedied, stillMarked }: Effects,
  rules: ObjectionRules,
  { packs, calendar, kind, outbox }: CaseParts,
  { snapshot }: SubgraphContext,
): Promise<void> {
  const item = snapshot.items.get(row.itemId)?.name ?? row.recordType;
  await notify(
    client,
    noticesOf({ ...told, item }, rules, calendar).map((notice) => ({
      ...notice,
      about: 'OBJECTION',
      caseId: row.id,
      subjectId: row.subjectId,
      unit: notice.to === 'PROVIDER' ? row.provider : null,
    })),
  );
  const keeper = ownItem('Objection', row, snapshot, packs, row.filedOn);
  if (keeper) await writeObjectionRecord(client, kind, row, keeper);
  await outbox.enqueue(client, ordersOf(row, told.taken.consequences, remedied, stillMarked));
}
