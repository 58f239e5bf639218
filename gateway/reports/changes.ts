import type { Grant } from '../../records/grant.ts';
import type { ChangeReason } from '../../records/reasons.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import { SUBGRAPHS, SUBGRAPH_NAMES } from '../../schema/sdl.ts';
import { ask } from '../checks/parts.ts';
import type { ReportedChange } from './document.ts';
import type { ReportParts } from './parts.ts';

const CHANGES = 'query Changes($subject: ID!) { _changes(subject: $subject) }';

/** 变动理由 of the subject's own records, by record, oldest first [SR-29b]. */
export async function changesOf(
  parts: Pick<ReportParts, 'transports'>,
  subject: string,
  grant: Grant,
  { units }: Snapshot,
): Promise<Map<string, ReportedChange[]>> {
  const answers = await Promise.all(
    SUBGRAPH_NAMES.filter((name) => SUBGRAPHS[name].records).map((name) =>
      ask(parts, name, CHANGES, { subject }, grant),
    ),
  );
  const found = new Map<string, ReportedChange[]>();
  for (const { record, at, reason, unit } of answers.flatMap(
    ({ data }) => data['_changes'] as ChangeReason[],
  ))
    found.set(record, [
      ...(found.get(record) ?? []),
      { at, reason, by: unit === null ? null : { code: unit, name: units.get(unit)?.name ?? unit } },
    ]);
  return found;
}
