import type { Message } from '../message.ts';

/** A section of the report. */
export interface ReportSection {
  number: number;
  title: Message;
  /** GraphQL types of the records that it shows, in this order. */
  recordTypes: readonly string[];
}

/**
 * 八部分: titles and order of the published layout, 公共信用信息报告标准（2022年版）, for organizations; persons' reports have the same parts. What it names
 * no place for stands under other information, in the eighth. Every record type stands in one section: decision 29.
 */
export const REPORT_SECTIONS: readonly ReportSection[] = [
  {
    number: 1,
    title: { zh: '登记注册基础信息', en: 'Registration' },
    recordTypes: ['Registration', 'ResponsiblePerson', 'Qualification'],
  },
  {
    number: 2,
    title: { zh: '行政管理信息', en: 'Administration' },
    recordTypes: [
      'Permit',
      'Certification',
      'AdministrativePenalty',
      'CoerciveMeasure',
      'Inspection',
      'AdministrativeAct',
    ],
  },
  {
    number: 3,
    title: { zh: '诚实守信相关荣誉信息', en: 'Honors for honesty' },
    recordTypes: ['Honor', 'RedListing', 'Volunteering', 'Donation'],
  },
  {
    number: 4,
    title: { zh: '严重失信主体名单信息', en: 'Lists of the seriously dishonest' },
    recordTypes: ['SevereListing', 'LinkedConduct'],
  },
  {
    number: 5,
    title: { zh: '经营（活动）异常名录（状态）信息', en: 'Lists of abnormal operations' },
    recordTypes: ['AbnormalListing'],
  },
  { number: 6, title: { zh: '信用承诺信息', en: 'Commitments' }, recordTypes: ['Commitment'] },
  { number: 7, title: { zh: '信用评价信息', en: 'Evaluations' }, recordTypes: ['Evaluation'] },
  {
    number: 8,
    title: { zh: '司法判决及其他信息', en: 'Judgments and other information' },
    recordTypes: [
      'Judgment',
      'Enforcement',
      'Arrears',
      'ContractRecord',
      'Declaration',
      'Objection',
      'Repair',
    ],
  },
];

/** Being on a list, or owing, lasts until it ends; any other record is of its day. */
const LASTING: ReadonlySet<string> = new Set(['SevereListing', 'AbnormalListing', 'Enforcement', 'Arrears']);

/** What of a record says when it was. */
export interface RecordDays {
  determinedOn: string | null;
  formedOn: string | null;
  endedOn: string | null;
}

/**
 * Whether a record is one of a period, both days included: made in it or, if it lasts, not over before it. A record that has no day cannot be
 * said to be outside.
 */
export function isOfPeriod(
  recordType: string,
  { determinedOn, formedOn, endedOn }: RecordDays,
  from: string,
  to: string,
): boolean {
  const on = determinedOn ?? formedOn;
  if (on === null) return true;
  if (on > to) return false;
  return LASTING.has(recordType) ? endedOn === null || endedOn >= from : on >= from;
}
