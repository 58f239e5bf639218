import { setImmediate as turn } from 'node:timers/promises';
import type { ReportRow } from './row.ts';

/** Each by itself, one a turn of the event loop: GraphQL completes what is there, and thousands of rows at once would hold all others. */
export function inTurns<Table extends string>(
  tables: Record<Table, ReportRow[]>,
): Record<Table, Promise<ReportRow[]>> {
  let before: Promise<unknown> = Promise.resolve();
  const entries = Object.entries<ReportRow[]>(tables).map(([name, rows]) => {
    before = before.then(() => turn());
    return [name, before.then(() => rows)];
  });
  return Object.fromEntries(entries) as Record<Table, Promise<ReportRow[]>>;
}
