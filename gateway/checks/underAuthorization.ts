import type { BatchAuthorization } from '../../records/checks/batch.ts';
import type { DisclosureReport } from '../../records/disclosure.ts';
import type { Grant } from '../../records/grant.ts';
import type { Snapshot } from '../../records/snapshot.ts';
import type { ChecksParts } from './parts.ts';
import type { Rule } from './rule.ts';
import { type Standing, checkStanding } from './standing.ts';

export interface Service {
  grant: Grant;
  rule: Rule;
  snapshot: Snapshot;
}

/**
 * Checks one subject for a credit service agency, under what that subject authorized beside what is public [SH-20]. The agencies gather what
 * comes at the same time into statements of their own.
 */
export async function underAuthorization(
  parts: Pick<ChecksParts, 'transports'>,
  { grant, rule, snapshot }: Service,
  { subject, categories }: BatchAuthorization,
  report: DisclosureReport,
): Promise<Standing> {
  const { scope } = grant;
  if (scope.kind !== 'PUBLIC') throw new Error('a service sees what is public, until it is authorized');
  const items = [...snapshot.items.values()]
    .filter(({ code, class: of, inForce }) => inForce && [of, code].some((c) => categories.includes(c)))
    .map(({ id }) => id);
  const own: Grant = { ...grant, scope: { kind: 'AUTHORIZED', subject, items, beside: scope } };
  return (await checkStanding(parts, rule, [subject], own, report))[0] as Standing;
}
