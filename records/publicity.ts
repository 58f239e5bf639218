import type { OwnValue } from './recordInput.ts';
import type { RecordKind } from './kind.ts';

/** 公示截止期, where the kind of record has one. */
export const PUBLICITY = 'publicityUntil';

/** Whether a kind of record has a last day of publicity of its own. */
export const hasPublicity = (kind: RecordKind): boolean => kind.columns.some((c) => c.field === PUBLICITY);

/**
 * 公示截止期: the last day on which the public sees a record, as its unit said; officers see it until its term ends. Null: no limit.
 * Source: PD-13.
 */
export const publicUntil = (own: Readonly<Record<string, OwnValue>>): string | null =>
  (own[PUBLICITY] as string | null | undefined) ?? null;

/**
 * The last public day after a correction. Where the record is withheld besides, while its provider owes an answer, the earlier day
 * holds: a correction lifts nothing.
 */
export function correctedPublicUntil(
  before: { publicUntil: string | null; own: Readonly<Record<string, OwnValue>> },
  own: Readonly<Record<string, OwnValue>>,
): string | null {
  const stated = publicUntil(own);
  const withheld = before.publicUntil === publicUntil(before.own) ? null : before.publicUntil;
  if (stated === null || withheld === null) return stated ?? withheld;
  return stated < withheld ? stated : withheld;
}
