import { isList } from './dueDates.ts';
import type { Message } from './message.ts';
import type { MeasureForce } from './packs/measureList.ts';
import type { Pack, Packs, StatedRule } from './packs/packs.ts';
import type { Rules } from './packs/rules.ts';
import { GRADES, GRADES_ZH, type Grade } from './terms.ts';

/** 措施类别 */
export const MEASURE_KINDS = ['INCENTIVE', 'PUNISHMENT'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** A measure (措施) of the list of a jurisdiction, with its basis. */
export interface Measure {
  code: string;
  name: Message;
  kind: MeasureKind;
  force: MeasureForce;
  /** Least degree of conduct from which it applies; null for incentives. */
  leastGrade: Grade | null;
  listedOnly: boolean;
  /** ISO 8601, from the day of determination; null: as long as the record is shown. */
  term: string | null;
  /** Working days in which the implementing unit answers; null: none are stated. */
  answerWithin: number | null;
  source: string;
  article: string;
  document: string;
  /** Code of the pack that states it. */
  statedBy: string;
}

/** What decides whether a measure may be taken on a record. */
export interface MeasuredRecord {
  recordType: string;
  negative: boolean;
  grade: Grade | null;
}

const LISTS = { incentives: 'INCENTIVE', punishments: 'PUNISHMENT' } as const;
type Entry = NonNullable<Rules['incentives']>['list'][number] & { leastGrade?: Grade };

function listed(rule: StatedRule): Measure[] {
  const kind = LISTS[rule.key as keyof typeof LISTS];
  return (rule.figures['list'] as Entry[]).map((entry) => ({
    ...entry,
    kind,
    leastGrade: entry.leastGrade ?? null,
    term: entry.term ?? null,
    answerWithin: entry.answerWithin ?? null,
    source: entry.source ?? rule.source,
    document: rule.document,
    statedBy: rule.statedBy,
  }));
}

/**
 * 措施清单: the measures that may be taken in a jurisdiction on a day, its own before its parents'. A district's list does not take the place
 * of its city's: its own articles leave open what state and city provide for besides (JS-15 (4), JS-16 (5)).
 * @returns null where no rules are in force.
 */
export function measuresOn(packs: Packs, code: string, date: string): Measure[] | null {
  const found = new Map<string, Measure>();
  const first = packs.jurisdiction(code, date);
  if (!first) return null;
  for (let one = first as typeof first | null; one; ) {
    for (const rule of one.rules.filter(({ key }) => key in LISTS)) {
      for (const measure of listed(rule)) {
        if (!found.has(measure.code)) found.set(measure.code, measure);
      }
    }
    one = one.parent === null ? null : packs.jurisdiction(one.parent, date);
  }
  return [...found.values()];
}

/** Jurisdictions that do not execute measures while the information is being verified [PD-16]. Elsewhere an objection stops none (NT-32). */
export const pausing = (packs: Packs, date: string): string[] =>
  packs.codes().filter((code) => packs.on(code, date)?.measures?.duringVerification === 'NOT_EXECUTED');

/** Negative information whose degree nobody stated is taken for 一般, as for its term. */
const gradeOf = ({ negative, grade }: MeasuredRecord): Grade | null =>
  negative ? (grade ?? 'GENERAL') : null;

/** Whether the degree of a record carries a measure, and so nothing above it is taken [JS-18]. */
export const carries = (record: MeasuredRecord, leastGrade: Grade | null): boolean => {
  if (leastGrade === null) return true;
  const grade = gradeOf(record);
  return grade !== null && GRADES.indexOf(grade) >= GRADES.indexOf(leastGrade);
};

/**
 * Why a measure may not be taken on a record, with the article; null where it may.
 * @param pack rules of the record's jurisdiction
 */
export function unfit(measure: Measure, record: MeasuredRecord, pack: Pack): Message | null {
  const { code, kind, leastGrade, listedOnly } = measure;
  const because = (zh: string, en: string, ...also: Cited[]): Message =>
    citing([measure, ...also], `${code} ${zh}`, `${code} ${en}`);
  if (kind === 'INCENTIVE' && record.negative)
    return because('是激励措施，不适用于失信信息', 'is an incentive and not for negative information');
  if (kind === 'PUNISHMENT' && !record.negative)
    return because('是惩戒措施，只适用于失信信息', 'is a punishment and for negative information only');
  if (listedOnly && !isList(record.recordType))
    return because('只适用于列入红黑名单的信息', 'is for entries of red and black lists only');
  const grade = gradeOf(record);
  if (leastGrade === null || grade === null || carries(record, leastGrade)) return null;
  return because(
    `适用于程度为“${GRADES_ZH[leastGrade]}”及以上的失信行为，该记录为“${GRADES_ZH[grade]}”`,
    `applies from ${leastGrade} on, and the record's degree is ${grade}`,
    ...(pack.proportionality ? [pack.proportionality] : []),
  );
}

/** A provision and its article. */
export interface Cited {
  source: string;
  article: string;
}

/** A sentence with the provisions and articles that it goes by. */
export const citing = (provisions: readonly Cited[], zh: string, en: string): Message => ({
  zh: `${zh}（${provisions.map(({ source, article }) => `${source}，${article}`).join('；')}）`,
  en: `${en} (${provisions.map(({ source, article }) => `${source}, ${article}`).join('; ')})`,
});
