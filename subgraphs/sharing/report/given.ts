import type pg from 'pg';
import type { Snapshot } from '../../../records/snapshot.ts';

/** How a recipient came to know: its webhook acknowledged it, or it read `changes`. */
export type Way = 'PUSHED' | 'READ';

/** Records of whose changes somebody was told. */
export interface Given {
  organizations: number;
  persons: number;
}

/** By what their items are about; an item's own change of disclosure is no record's. */
export function givenIn(
  changes: readonly { recordId: string | null; itemId: number }[],
  { items }: Pick<Snapshot, 'items'>,
): Given {
  const records = changes.filter(({ recordId }) => recordId !== null);
  const persons = records.filter(({ itemId }) => items.get(itemId)?.aboutPersons ?? true).length;
  return { organizations: records.length - persons, persons };
}

/** Adds to what a unit was given on a day. */
export async function addGiven(
  database: Pick<pg.Pool | pg.PoolClient, 'query'>,
  { way, unit, day }: { way: Way; unit: string; day: string },
  { organizations, persons }: Given,
): Promise<void> {
  if (organizations + persons === 0) return;
  await database.query({
    name: 'add_given',
    text: `insert into given_day as g (unit, day, way, organizations, persons) values ($1, $2, $3, $4, $5)
      on conflict (unit, day, way) do update
      set organizations = g.organizations + excluded.organizations, persons = g.persons + excluded.persons`,
    values: [unit, day, way, organizations, persons],
  });
}
