import { addPeriod } from './dates.ts';
import type { Pack } from './packs/packs.ts';
import type { Grade } from './terms.ts';

/**
 * What retention depends on. Dates are 'YYYY-MM-DD'; `endedOn` null: the conduct lasts; `grade` null: no
 * degree is stated.
 */
export interface RetainedFact {
  negative: boolean;
  grade: Grade | null;
  determinedOn: string | null;
  endedOn: string | null;
}

/**
 * 查询期限: the last day on which a record may be shown; the day after, no query returns it (SH-27). Null: no
 * term is running, and the record stays. So it is for positive records, and for negative ones without the
 * date from which the term counts: conduct that has not ended (Shanghai, Zhangdian; RET-open), or a
 * determination without a date (Nantong).
 *
 * The day from which a term counts is not part of it and its last day is that day's anniversary: conduct that
 * ended on 2019-03-01 is shown up to and including 2024-03-01, under P5Y, and gone on 2024-03-02. From 29
 * February it is 28 February of a common year. Source: SH-27, ZD-35, SR-30, NT-30; Civil Code (民法典) articles
 * 201, 202. A last day on a public holiday does not move.
 *
 * A negative record without a degree has the term of a general one (一般): a longer term needs a stated reason.
 */
export function visibleUntil(fact: RetainedFact, pack: Pack): string | null {
  if (!fact.negative) return null;
  const { from, terms } = pack.retention;
  const start = from === 'DETERMINATION' ? fact.determinedOn : fact.endedOn;
  return start === null ? null : addPeriod(start, terms[fact.grade ?? 'GENERAL']);
}
