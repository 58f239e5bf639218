import type { SubgraphContext } from '../../records/context.ts';
import { badInput, refusal } from '../../records/errors.ts';
import type { TaskRow } from './taskRow.ts';

type Grant = SubgraphContext['grant'];

function matterOf({ scope }: Grant): { persons: boolean } | null {
  const base = scope.kind === 'AUTHORIZED' ? scope.beside : scope;
  return base.kind === 'MATTER' ? { persons: base.persons } : null;
}

/** Whoever looks at others' information does so for a purpose [SH-26], also where a query selects nothing that tells of a subject. */
export function demandPurpose(grant: Grant): { persons: boolean } {
  const matter = matterOf(grant);
  if (matter) return matter;
  throw refusal('PURPOSE_REQUIRED', {
    zh: '联合奖惩须说明用途（extensions.purpose 或 Query-Purpose）',
    en: 'joint measures need a purpose (extensions.purpose or Query-Purpose)',
  });
}

/**
 * What a unit that provides information has to do is its duty by law, natural persons' included: it needs no matter, and a matter that it names
 * governs. Everybody else needs a purpose [SH-26].
 */
export const demandPurposeOrDuty = (grant: Grant): { persons: boolean } =>
  grant.caller.role === 'provider' ? (matterOf(grant) ?? { persons: true }) : demandPurpose(grant);

export const forbidden = (zh: string, en: string) => refusal('FORBIDDEN', { zh, en });

/** The caller's unit, where it is an organ's. */
export function officersUnit({ caller: { role, unit } }: Grant): string {
  if (unit !== null && role !== null && ['agency', 'provider', 'center', 'authority'].includes(role))
    return unit;
  throw forbidden('仅限各单位工作人员', 'for the officers of units');
}

/** Notes for the journal whose tasks are given out. */
export function disclose({ report }: SubgraphContext, tasks: readonly TaskRow[]): void {
  for (const { subjectId, itemId } of tasks) {
    report.subjects.add(subjectId);
    report.items.set(itemId, (report.items.get(itemId) ?? 0) + 1);
  }
}

const LONGEST = 1_000;

/** @throws BAD_USER_INPUT where a text is too long, or blank where it is needed. */
export function textArgument(
  argument: string,
  given: string | null | undefined,
  needed: boolean,
): string | null {
  const text = given?.trim() ?? '';
  if (text.length > LONGEST || (needed && text === '')) {
    throw badInput(argument, {
      zh: `${needed ? '须说明理由，' : ''}至多 ${LONGEST} 字`,
      en: `${needed ? 'a reason is needed, of ' : ''}at most ${LONGEST} characters`,
    });
  }
  return text === '' ? null : text;
}
