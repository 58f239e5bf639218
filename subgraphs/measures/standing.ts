import type pg from 'pg';
import { type Measure, carries } from '../../policy/measures.ts';
import type { Change, Order, RecordFacts } from '../../records/orders/order.ts';
import { takeTurn } from './raise.ts';

/**
 * Changes that end every task on the record. A correction withdraws them, whatever it corrects: what they were determined on is not what the
 * record says now, and the unit that determined them is who can say whether it would again [PD-16]. An objection that was upheld undoes;
 * repair, deletion by the subject and the loss of a red listing end what was right until then [PD-15].
 */
const ENDS: Partial<Record<Change, 'WITHDRAWN' | 'LAPSED'>> = {
  CORRECTED: 'WITHDRAWN',
  REVOKED: 'WITHDRAWN',
  OBJECTION_UPHELD: 'WITHDRAWN',
  REPAIRED: 'LAPSED',
  DELETED: 'LAPSED',
  BLACKLISTED: 'LAPSED',
};

interface OpenTask {
  id: string;
  measure: Measure;
  revision: number;
}

/**
 * The tasks that a change ends. One that was determined on what the record says after a correction is not concerned by it. A renewal is no
 * correction: the fact goes on, and only what its degree no longer carries is withdrawn [JS-18].
 */
function endedBy(change: Change, facts: RecordFacts, tasks: readonly OpenTask[]): readonly OpenTask[] {
  if (change === 'CORRECTED') return tasks.filter(({ revision }) => revision < facts.revision);
  if (change in ENDS) return tasks;
  if (change !== 'RENEWED') return [];
  const { recordType, grade } = facts;
  return tasks.filter(
    ({ measure, revision }) =>
      revision <= facts.revision &&
      !carries({ recordType, grade, negative: measure.kind === 'PUNISHMENT' }, measure.leastGrade),
  );
}

/** Carries out news of a record (STANDING), the only order that measures take. */
export function standingOrders(today: () => string) {
  return async (client: pg.PoolClient, { recordId, action }: Order): Promise<string> => {
    if (action.kind !== 'STANDING') return `measures do not carry out ${action.kind}`;
    const { change, facts } = action;
    await takeTurn(client, recordId);
    const { rows } = await client.query<OpenTask>(
      'select id, basis as measure, revision from measure_task where record_id = $1 and closed_as is null',
      [recordId],
    );
    const ended = endedBy(change, facts, rows);
    await client.query(
      'update measure_task set closed_as = $2, closed_because = $3, closed_on = $4 where id = any($1::uuid[])',
      [ended.map(({ id }) => id), ENDS[change] ?? 'WITHDRAWN', change, today()],
    );
    await client.query(
      `update measure_task set disputed = $2, record_until = $3, revision = $4, grade = case when grade is null then null else coalesce($5, grade) end
       where record_id = $1 and closed_as is null and revision <= $4`,
      [recordId, facts.disputed, facts.visibleUntil, facts.revision, facts.grade],
    );
    return 'DONE';
  };
}
