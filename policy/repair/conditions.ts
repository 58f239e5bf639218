import { addDays, addPeriod } from '../dates.ts';
import type { Message } from '../message.ts';
import type { Pack } from '../packs/packs.ts';
import type { Repair } from '../packs/rules.ts';
import type { Grade } from '../terms.ts';

/** What a repair goes by: a jurisdiction's own rule, or its rule on promises. */
export type RepairBasis = Repair;

/** What an application can lack. */
export type RepairCondition = 'NOT_SEVERE' | 'RECTIFIED' | 'CLEAN_PERIOD' | 'COMMITMENT';

/** What the conditions are checked against. Dates are 'YYYY-MM-DD'. */
export interface RepairCase {
  grade: Grade | null;
  /** 纠正之日; null: not stated. */
  rectifiedOn: string | null;
  /** Whether what was done is told and proved. */
  proved: boolean;
  /** Whether the applicant promises no more dishonest conduct. */
  committed: boolean;
  /** First day of the same kind of conduct since the rectification; null: none. */
  relapsedOn: string | null;
}

export interface Lacking {
  condition: RepairCondition;
  /** The argument that is at fault. */
  argument: string;
  reason: Message;
}

/**
 * The rule that a record's repair goes by; null where its jurisdiction has none. Information on a promise (告知承诺) is repaired by the
 * jurisdiction's rule on promises where it has no other: it states no more than rectification and that the effects are gone [JS-24].
 */
export function repairBasis(pack: Pack, ofPromise: boolean): RepairBasis | null {
  if (pack.repair) return pack.repair;
  if (!ofPromise || !pack.promiseRepair) return null;
  const { source, article } = pack.promiseRepair;
  return { source, article, effect: 'ORIGINAL_ARCHIVED', neverForSevere: false, commitment: false };
}

/** The last day of the period after the rectification in which the same kind of conduct must not have happened; null: the rule has none. */
export const cleanUntil = ({ cleanPeriod }: RepairBasis, rectifiedOn: string): string | null =>
  cleanPeriod === undefined ? null : addPeriod(rectifiedOn, cleanPeriod);

/**
 * What an application lacks on a day, by the rule; nothing where it may go on.
 *
 * The clean period counts from the day after the rectification and its last day is that day's anniversary (民法典 articles 201, 202): who
 * rectified on 2024-02-29 has been clean for a year at the end of 2025-02-28 and can apply from 2025-03-01. Conduct within the period
 * breaks it; what came later is for the provider's opinion to weigh, as the article asks for one year “自纠正之日起”.
 */
export function lacking(basis: RepairBasis, facts: RepairCase, today: string): Lacking[] {
  const because = (zh: string, en: string): Message => ({
    zh: `${zh}（${basis.source}，${basis.article}）`,
    en: `${en} (${basis.source}, ${basis.article})`,
  });
  const missing: Lacking[] = [];
  if (basis.neverForSevere && facts.grade === 'SEVERE') {
    missing.push({
      condition: 'NOT_SEVERE',
      argument: 'record',
      reason: because('严重失信行为不适用信用修复', 'severe conduct is never repaired'),
    });
  }
  const { rectifiedOn } = facts;
  if (rectifiedOn === null || rectifiedOn > today || !facts.proved) {
    missing.push({
      condition: 'RECTIFIED',
      argument: 'rectification',
      reason: because(
        '须已纠正失信行为、消除不良影响，并说明纠正之日、情况和证明材料',
        'the conduct must be rectified and its effects gone: state the day, what was done, and evidence',
      ),
    });
  }
  const until = rectifiedOn === null ? null : cleanUntil(basis, rectifiedOn);
  if (until !== null && rectifiedOn !== null) {
    if (today <= until) {
      missing.push({
        condition: 'CLEAN_PERIOD',
        argument: 'rectifiedOn',
        reason: because(
          `自纠正之日（${rectifiedOn}）起未满期限，${addDays(until, 1)} 起可以申请`,
          `the period since the rectification on ${rectifiedOn} is not over; apply from ${addDays(until, 1)}`,
        ),
      });
    } else if (facts.relapsedOn !== null && facts.relapsedOn <= until) {
      missing.push({
        condition: 'CLEAN_PERIOD',
        argument: 'rectifiedOn',
        reason: because(
          `自纠正之日起的期限内（${facts.relapsedOn}）再次发生同类失信行为`,
          `the same kind of conduct happened again on ${facts.relapsedOn}, within the period since the rectification`,
        ),
      });
    }
  }
  if (basis.commitment && !facts.committed) {
    missing.push({
      condition: 'COMMITMENT',
      argument: 'commitment',
      reason: because('须承诺不再失信', 'a commitment to no more dishonest conduct is needed'),
    });
  }
  return missing;
}
